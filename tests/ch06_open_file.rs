//! ch06-open-file as its user meets it, with the real file dialog.
#![cfg(target_os = "linux")]
use harness::{Chapter, VERSIONS};

/// What it has; `tests/features` says how that is tried.
mod features {
    mod answers;
    mod dialog;
    mod exposed;
    mod files;
    mod flat;
    mod guard;
    mod idle;
    mod lifecycle;
    mod messages;
    mod policy;
    mod title;
}

const CHAPTER: Chapter = Chapter {
    apis: &[VERSIONS, ("electronAPI", &["setTitle", "ping", "openFile"])],
    globals: &["__settle", "ipc"],
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
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    page.click("#btn");
    app.file_dialog().choose(&notes);
    page.wait_for_text("#filePath", notes.to_str().unwrap());
    app.picture("ch06-open-file");
    app.snapshot_window("ch06_open_file_window");
    assert!(app.close().success());
    app.snapshot_output("ch06_open_file");
}
