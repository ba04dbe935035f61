//! ch06-open-file as its user meets it, with the real file dialog.
#![cfg(target_os = "linux")]
use harness::{Chapter, Elsewhere, VERSIONS};
use serde_json::json;

/// What it has; `tests/features` says how that is tried.
mod features {
    mod abroad;
    mod answers;
    mod dialog;
    mod exposed;
    mod files;
    mod flat;
    mod guard;
    mod home;
    mod idle;
    mod lifecycle;
    mod messages;
    mod policy;
    mod title;
}

const CHAPTER: Chapter = Chapter {
    apis: &[VERSIONS, ("electronAPI", &["setTitle", "ping", "openFile"])],
    globals: &["__preloaded", "__settle", "ipc"],
    call: "electronAPI.ping()",
    ..Chapter::new(env!("CARGO_BIN_EXE_ch06-open-file"))
};

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    let notes = app.file("notes.txt");
    let page = app.page();
    page.type_into("#title", "My notes");
    page.click("#title-form button");
    app.wait_for_title("My notes");
    page.click("#btn");
    let dialog = app.file_dialog();
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    dialog.choose(&notes);
    page.wait_for_text("#filePath", notes.to_str().unwrap());
    app.picture("ch06-open-file");
    app.snapshot_window("ch06_open_file_window");
    assert!(app.close().success());
    app.snapshot_output("ch06_open_file");
}

/// An answer goes to the page that is there when it comes: so the page stays
/// at home.
#[test]
#[ignore = "for a copy whose page may leave: cargo x prove"]
fn a_foreign_page_could_read_a_late_answer() {
    let app = CHAPTER.start();
    let notes = app.file("notes.txt");
    let page = app.page();
    page.click("#btn");
    let dialog = app.file_dialog();
    let _elsewhere = Elsewhere::replacing(&page);
    page.run("window.__settle = (answer) => { window.read = answer; }");
    dialog.choose(&notes);
    page.wait_until("window.read");
    let path = notes.to_str().expect("its name is plain");
    let answer = json!([1, "reply", path]).to_string();
    assert_eq!(page.run("return window.read"), answer);
}
