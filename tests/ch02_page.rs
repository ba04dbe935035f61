//! ch02-page as its user meets it.
#![cfg(target_os = "linux")]
use harness::Chapter;

/// What it has; `tests/features` says how that is tried.
mod features {
    mod files;
    mod home;
    mod idle;
    mod lifecycle;
    mod policy;
}

const CHAPTER: Chapter = Chapter::new(env!("CARGO_BIN_EXE_ch02-page"));

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    let page = app.page();
    app.wait_for_line("[main] loaded app://localhost/");
    app.picture("ch02-page");
    app.snapshot_window("ch02_page_window");
    page.click("#missing");
    app.wait_for_line("[main] loaded app://localhost/missing.html");
    page.wait_for_text("h1", "Not found");
    assert!(app.close().success());
    app.snapshot_output("ch02_page");
}
