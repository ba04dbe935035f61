//! The library as a host of the benchmark: an app as one would write it, which
//! prints nothing of what crosses.
use common::{page, transcript};
use ipc::{App, BrowserWindow, Bytes, IpcMain, Result};
use std::{cell::Cell, env, rc::Rc};

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("../../page/index.html")),
    ("/renderer.js", page::JS, include_str!("../../page/renderer.js")),
    ("/style.css", page::CSS, common::STYLE),
];

fn main() -> Result {
    transcript::off();
    App::run(FILES, |app| {
        answer(app.ipc_main())?;
        BrowserWindow::builder("/")
            .title("bench-library")
            .preload(include_str!("preload.js"))
            .build(app)
    })
}

fn answer(ipc_main: &IpcMain) -> Result {
    let plan = env::var("BENCH_PLAN").unwrap_or("[]".into());
    ipc_main.handle("plan", move |_, ()| plan.clone())?;
    ipc_main.on("ready", |_, ()| println!("ready"));
    ipc_main.handle("ping", |_, ()| "Pong")?;
    ipc_main.handle("echo", |_, (text,): (String,)| text)?;
    ipc_main.handle("bytes", |_, (bytes,): (Bytes,)| bytes)?;
    let counted = Rc::new(Cell::new(0));
    let tally = counted.clone();
    ipc_main.on("count", move |_, (_n,): (u32,)| counted.update(|it| it + 1));
    ipc_main.handle("tally", move |_, ()| tally.get())?;
    ipc_main.on("report", |_, (line,): (String,)| println!("{line}"));
    Ok(())
}
