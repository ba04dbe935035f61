//! ch01-window as its user meets it.
#![cfg(target_os = "linux")]
use harness::Chapter;

/// What it has; `tests/features` says how that is tried.
mod features {
    mod idle;
    mod lifecycle;
    mod rest;
}

const CHAPTER: Chapter = Chapter {
    has_page: false,
    ..Chapter::new(env!("CARGO_BIN_EXE_ch01-window"))
};

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    app.wait_for_line("[main] window created");
    app.picture("ch01-window");
    app.snapshot_window("ch01_window_window");
    assert!(app.close().success());
    app.snapshot_output("ch01_window");
}
