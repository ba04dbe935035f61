//! The three patterns of Electron's guide to IPC, in one window.
use common::{dialog, menu, page};
use ipc::{App, BrowserWindow, Event, Result};

const FILES: &[page::File] = &[
    (
        "/",
        page::HTML,
        include_str!("../../../chapters/ch10-context-bridge/index.html"),
    ),
    (
        "/renderer.js",
        page::JS,
        include_str!("../../../chapters/ch10-context-bridge/renderer.js"),
    ),
    ("/style.css", page::CSS, common::STYLE),
];

const COUNTER: &[menu::Item] =
    &[("up", "Count up", "CmdOrCtrl+U"), ("down", "Count down", "CmdOrCtrl+D")];

fn main() -> Result {
    App::run(FILES, |app| {
        let win = BrowserWindow::builder("/")
            .title("patterns")
            .preload(include_str!(
                "../../../chapters/ch10-context-bridge/preload.js"
            ))
            .build(app)?;
        let ipc_main = app.ipc_main();
        ipc_main.on("set-title", set_title);
        ipc_main.on("counter-value", |_, (_value,): (f64,)| ());
        ipc_main.handle("ping", |_, ()| "Pong")?;
        ipc_main.handle("dialog:openFile", open_file)?;
        let page = win.web_contents().remote();
        Ok(menu::show(win.tao(), "Counter", COUNTER, move |item| {
            let step = if item == "up" { 1 } else { -1 };
            let _ = page.send("update-counter", (step,));
        })?)
    })
}

fn set_title(event: Event, (title,): (String,)) -> Result {
    if title.chars().count() > 100 {
        Err("A title has at most 100 characters")?;
    }
    BrowserWindow::from_web_contents(event.sender())?.set_title(&title)
}

async fn open_file(event: Event, (): ()) -> Result<Option<String>> {
    let win = BrowserWindow::from_web_contents(event.sender())?;
    Ok(dialog::show_open_dialog(win.tao()).await?)
}
