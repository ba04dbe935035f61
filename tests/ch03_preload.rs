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
    pub mod idle;
    mod lifecycle;
    mod policy;
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

#[test]
fn an_idle_program_uses_no_cpu() {
    let app = CHAPTER.start();
    // Before, the event loop may not turn yet, or wait for the page's process.
    app.wait_for_line("[main] ready");
    app.page();
    features::idle::uses_no_cpu(&app);
}
