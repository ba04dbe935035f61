//! Electron: the structured clone algorithm, between page and main.
//! New: the bridge is a library, and carries values that JSON does not have.
use common::{page, transcript::line};
use ipc::{App, BrowserWindow, Bytes, Date, Event, Map, Result, Set, Value};
use serde::Deserialize;

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("index.html")),
    ("/renderer.js", page::JS, include_str!("renderer.js")),
    ("/style.css", page::CSS, common::STYLE),
];

fn main() -> Result {
    App::run(FILES, |app| {
        BrowserWindow::builder("/")
            .title("ch11-values")
            .preload(include_str!("preload.js"))
            .build(app)?;
        let ipc_main = app.ipc_main();
        ipc_main.handle("echo", echo)?;
        ipc_main.handle("notes:add", add_note)
    })
}

/// Electron: `ipcMain.handle('echo', (_event, value) => value)`
fn echo(_event: Event, (value,): (Value,)) -> Value {
    line("main", format!("has {value:?}"));
    value
}

/// What a page has to send for a note: see `add_note`.
#[derive(Deserialize)]
struct Note {
    title: String,
    written: Date,
    tags: Set<String>,
    picture: Option<Bytes>,
}

/// Adds a note, and answers with when each of its tags was last used.
fn add_note(_event: Event, (note,): (Note,)) -> Result<Map<String, Date>> {
    let Note { title, written, tags: Set(tags), picture } = note;
    if tags.is_empty() {
        Err("A note has a tag at least")?;
    }
    let bytes = picture.map_or(0, |Bytes(bytes)| bytes.len());
    line("main", format!("adds {title:?} with {bytes} bytes"));
    Ok(Map(tags.into_iter().map(|tag| (tag, written)).collect()))
}
