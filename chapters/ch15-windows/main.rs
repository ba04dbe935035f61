//! Electron: `event.sender`, `webContents.ipc`, `parent`, `win.on('closed')`.
//! New: each note has a window of its own, and main stands between them.
use common::page;
use ipc::{App, BrowserWindow, Event, Result};
use std::{cell::RefCell, rc::Rc};

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("index.html")),
    ("/renderer.js", page::JS, include_str!("renderer.js")),
    ("/note.html", page::HTML, include_str!("note.html")),
    ("/note.js", page::JS, include_str!("note.js")),
    ("/style.css", page::CSS, common::STYLE),
];

fn main() -> Result {
    App::run(FILES, |app| {
        let main = BrowserWindow::builder("/")
            .title("ch15-windows")
            .preload(include_str!("preload.js"))
            .build(app)?;
        app.on_render_process_gone(|contents, _details| contents.reload());
        app.ipc_main().handle("send-to", send_to)?;
        let ipc = main.web_contents().ipc();
        ipc.handle("new-note", new_note)?;
        ipc.handle("notes", move |_, ()| numbers(&main))
    })
}

/// Opens a note. Its handlers own its text, and go when its window closes.
fn new_note(event: Event, (): ()) -> Result<Vec<u32>> {
    let main = BrowserWindow::from_web_contents(event.sender())?;
    let note = BrowserWindow::builder("/note.html")
        .size(480.0, 360.0)
        .parent(&main)
        .preload(include_str!("note-preload.js"))
        .build(event.app())?;
    note.set_title(&format!("Note {}", note.id()))?;
    let text = Rc::new(RefCell::new(String::new()));
    let (written, ipc) = (text.clone(), note.web_contents().ipc());
    ipc.on("write", move |_, (text,): (String,)| *written.borrow_mut() = text);
    ipc.handle("read", move |_, ()| text.borrow().clone())?;
    let open = numbers(&main);
    note.on_closed(move || {
        main.web_contents().send("notes", (numbers(&main),))
    });
    Ok(open)
}

/// Electron: `win.getChildWindows().map(({ id }) => id)`
fn numbers(main: &BrowserWindow) -> Vec<u32> {
    main.children().iter().map(BrowserWindow::id).collect()
}

/// A page names a note, or none for all of them. Main looks which windows these
/// are, and says who has spoken.
fn send_to(event: Event, (to, text): (Option<u32>, String)) -> Result {
    let from = BrowserWindow::from_web_contents(event.sender())?;
    let mut notes = from.parent().as_ref().unwrap_or(&from).children();
    notes.retain(|note| to.is_none_or(|to| note.id() == to));
    if notes.is_empty() {
        Err("There is no such note")?;
    }
    let message = (from.tao().title(), text);
    notes.iter().try_for_each(|it| it.web_contents().send("message", &message))
}
