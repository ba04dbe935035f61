//! ch02-page as its user meets it.
#![cfg(target_os = "linux")]
use harness::Chapter;

/// What it has; `tests/features` says how that is tried.
mod features {
    mod abroad;
    mod files;
    mod home;
    mod idle;
    mod lifecycle;
    mod policy;
    mod rest;
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

#[test]
fn what_the_page_may_not_do_is_said_in_a_line_each() {
    let app = CHAPTER.start();
    let page = app.page();
    app.wait_for_line("[main] loaded app://localhost/");
    for (link, line) in [
        (
            "<a id=link href=https://example.com/>Out</a>",
            "navigation to https://example.com/",
        ),
        (
            "<a id=link href=/ target=_blank>A new window</a>",
            "new window for app://localhost/",
        ),
        (
            "<a id=link href=data:text/plain,x download=x.desktop>Save</a>",
            "navigation to data:text/plain,x",
        ),
    ] {
        page.run_with("document.body.innerHTML = arguments[0]", &[link.into()]);
        page.click("#link");
        app.wait_for_line(&format!("[main] refused: {line}"));
    }
    assert!(app.close().success());
    app.snapshot_output("ch02_page_stays_at_home");
}
