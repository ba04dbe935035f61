//! ch08-tauri-invoke as its user meets it, with the real file dialog.
#![cfg(target_os = "linux")]
use harness::App;
use std::{fs, path::PathBuf};

const CHAPTER: &str = env!("CARGO_BIN_EXE_ch08-tauri-invoke");

#[test]
fn plays_as_the_book_shows() {
    let app = App::start(CHAPTER);
    let notes = file(&app, "notes.txt");
    let page = app.page();
    page.type_into("#title", "My notes");
    page.click("#title-form button");
    app.wait_for_title("My notes");
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    page.click("#btn");
    app.file_dialog().choose(&notes);
    page.wait_for_text("#filePath", notes.to_str().unwrap());
    app.picture("ch08-tauri-invoke");
    app.snapshot_window("ch08_tauri_invoke_window");
    assert!(app.close().success());
    app.snapshot_output("ch08_tauri_invoke");
}

/// Makes a file in the private HOME and gives its path.
fn file(app: &App, name: &str) -> PathBuf {
    let path = app.home().join(name);
    let folder = path.parent().expect("it is in HOME");
    fs::create_dir_all(folder).expect("HOME can be written");
    fs::write(&path, "").expect("HOME can be written");
    path
}
