//! Electron: `webContents.send`, `ipcRenderer.on`, `once` and `off`.
//! New: a thread speaks to the page, and many messages cross together.
use common::page;
use ipc::{App, BrowserWindow, Event, IpcMain, Remote, Result};
use std::{cell::Cell, rc::Rc, thread, time::Duration};

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("index.html")),
    ("/renderer.js", page::JS, include_str!("renderer.js")),
    ("/style.css", page::CSS, common::STYLE),
];

fn main() -> Result {
    App::run(FILES, |app| {
        BrowserWindow::builder("/")
            .title("ch13-push")
            .preload(include_str!("preload.js"))
            .build(app)?;
        app.on_render_process_gone(|contents, _details| contents.reload());
        app.ipc_main().on("copy", copy);
        count(app.ipc_main())
    })
}

/// Electron: `ipcMain.on('copy', (event) => { … })`
fn copy(event: Event, (): ()) -> Result {
    event.reply("progress", (0,))?;
    let page = event.sender().remote();
    thread::spawn(move || copy_to(&page));
    Ok(())
}

/// Tells the page how far it is. (It waits where another program would copy.)
fn copy_to(page: &Remote) -> Result {
    for percent in [25, 50, 75, 100] {
        thread::sleep(Duration::from_millis(100));
        page.send("progress", (percent,))?;
    }
    page.send("done", ("4 files",))
}

/// Counts what comes, and sees whether it comes as 1, 2, 3, …
fn count(ipc_main: &IpcMain) -> Result {
    let seen = Rc::new(Cell::new((0, true)));
    let tally = seen.clone();
    ipc_main.on("count", move |_, (n,): (u32,)| {
        let (count, in_order) = seen.get();
        seen.set((count + 1, in_order && n == count + 1));
    });
    ipc_main.handle("tally", move |_, ()| match tally.replace((0, true)) {
        (count, true) => format!("{count} in order"),
        (count, false) => format!("{count} in disorder"),
    })
}
