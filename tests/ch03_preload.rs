//! ch03-preload as its user meets it.
#![cfg(target_os = "linux")]
use harness::{Chapter, VERSIONS};

/// What it has; `tests/features` says how that is tried.
mod features {
    mod abroad;
    mod exposed;
    mod files;
    mod guard;
    mod home;
    mod idle;
    mod lifecycle;
    mod policy;
    mod rest;
}

const CHAPTER: Chapter = Chapter {
    apis: &[VERSIONS],
    globals: &["__preloaded"],
    ..Chapter::new(env!("CARGO_BIN_EXE_ch03-preload"))
};

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    app.page();
    app.picture("ch03-preload");
    app.snapshot_window("ch03_preload_window");
    assert!(app.close().success());
    app.snapshot_output("ch03_preload");
}
