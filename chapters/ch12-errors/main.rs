//! Electron: a rejected `ipcRenderer.invoke`, `render-process-gone`.
//! New: every call settles, and nothing that a page sends ends the program.
use common::page;
use ipc::{App, BrowserWindow, Error, Event, Promise, Result};
use std::thread;

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("index.html")),
    ("/renderer.js", page::JS, include_str!("renderer.js")),
    ("/style.css", page::CSS, common::STYLE),
];

fn main() -> Result {
    App::run(FILES, |app| {
        BrowserWindow::builder("/")
            .title("ch12-errors")
            .preload(include_str!("preload.js"))
            .build(app)?;
        let ipc_main = app.ipc_main();
        ipc_main.handle("ping", |_, ()| "Pong")?;
        ipc_main.handle("divide", divide)?;
        ipc_main.handle("forget", forget)?;
        // Electron: app.on('render-process-gone', …)
        app.on_render_process_gone(|contents, _details| contents.reload());
        Ok(())
    })
}

/// Fails by a zero, and panics where the result is no `i32`.
fn divide(_event: Event, (a, b): (i32, i32)) -> Result<i32> {
    if b == 0 {
        return Err(Error::new("RangeError", format!("{a} by zero")));
    }
    Ok(a / b)
}

/// Gives a promise, and lets its resolver go without a word.
fn forget(_event: Event, (): ()) -> Promise<String> {
    let (promise, resolver) = ipc::with_resolvers();
    thread::spawn(move || drop(resolver));
    promise
}
