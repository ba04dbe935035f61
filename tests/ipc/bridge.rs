//! A window whose preload exposes all kinds of values.
use common::page;
use ipc::{App, BrowserWindow, Result};

const FILES: &[page::File] = &[(
    "/",
    page::HTML,
    "<!doctype html><meta charset=utf-8><title>Bridge</title><h1>Bridge</h1>",
)];

fn main() -> Result {
    App::run(FILES, |app| {
        BrowserWindow::builder("/")
            .title("ipc-bridge")
            .preload(include_str!("../context_bridge/preload.js"))
            .build(app)
    })
}
