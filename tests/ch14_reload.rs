//! ch14-reload as its user meets it. `tests/ipc_reload.rs` has what the library
//! does with documents that come and go.
#![cfg(target_os = "linux")]
use harness::{App, Chapter, Page, VERSIONS};
use serde_json::json;

/// What it has; `tests/features` says how that is tried.
mod features {
    mod abroad;
    mod exposed;
    mod files;
    mod flat;
    mod guard;
    mod home;
    mod idle;
    mod ipc_bridge;
    mod ipc_envelopes;
    mod ipc_gone;
    mod ipc_hostile;
    mod ipc_reload;
    mod lifecycle;
    mod policy;
}

const CHAPTER: Chapter = Chapter {
    apis: &[
        VERSIONS,
        ("electronAPI", &["onWelcome", "ask", "answer", "reload", "ping"]),
    ],
    globals: &["__ipc", "__preloaded"],
    call: "electronAPI.ping()",
    ..Chapter::new(env!("CARGO_BIN_EXE_ch14-reload"))
};

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    let page = app.page();
    is_shown(&app, &page, 1, "Welcome!");
    page.click("#ask");
    page.wait_for_text("#answer", "…");
    page.click("#reload");
    is_shown(&app, &page, 2, "Welcome back!");
    page.click("#ask");
    page.wait_for_text("#answer", "…");
    page.click("#reply");
    app.wait_for_line("[main] reply #1 is for a document that is gone");
    page.wait_for_text("#answer", "…");
    page.click("#reply");
    page.wait_for_text("#answer", "answer 2");
    app.picture("ch14-reload");
    app.snapshot_window("ch14_reload_window");
    assert!(app.close().success());
    app.snapshot_output("ch14_reload");
}

/// Waits until a document shows its number and what main has sent for it.
#[track_caller]
fn is_shown(app: &App, page: &Page<'_>, number: u32, welcome: &str) {
    let number = format!("document {number}");
    app.wait_for_line(&format!("[main] the page shows: {number}"));
    page.wait_for_text("#welcome", welcome);
    page.wait_for_text("#documents", &number);
}

#[test]
fn each_document_is_welcomed_and_counted() {
    let app = CHAPTER.start();
    let page = app.page();
    // Sent before it was there.
    is_shown(&app, &page, 1, "Welcome!");
    // Sent while the one before was there.
    page.click("#reload");
    is_shown(&app, &page, 2, "Welcome back!");
    page.reload();
    page.wait_for_text("#documents", "document 3");
    page.open("app://localhost/?other");
    page.wait_for_text("#documents", "document 4");
}

#[test]
fn a_call_is_settled_by_its_own_answer_or_not_at_all() {
    let app = CHAPTER.start();
    let page = app.page();
    page.wait_for_text("#documents", "document 1");
    a_late_answer_settles_nothing_in_the_next_document(&app, &page);
    a_page_that_comes_back_settles_its_calls_and_is_spoken_to(&app, &page);
}

/// Both documents count their calls from 1 on.
fn a_late_answer_settles_nothing_in_the_next_document(
    app: &App,
    page: &Page<'_>,
) {
    page.run("electronAPI.ask()");
    app.wait_for_line("[renderer → main] invoke #1 ask []");
    page.reload();
    let seen = page.run(
        "const asked = electronAPI.ask();
         electronAPI.answer();
         electronAPI.answer();
         return await asked;",
    );
    assert_eq!(seen, "answer 2");
}

fn a_page_that_comes_back_settles_its_calls_and_is_spoken_to(
    app: &App,
    page: &Page<'_>,
) {
    app.wait_for_line("[main] the page shows: document 2");
    page.run(
        "window.seen = [];
         electronAPI.ask().catch(({ message }) => seen.push(message));
         await electronAPI.ping();
         setTimeout(() => { location.search = 'other'; });",
    );
    app.wait_for_line("[main] the page shows: document 3");
    page.run("setTimeout(() => history.back())");
    // It is there again: main tells it its number.
    app.wait_for_line("[main] the page shows: document 4");
    page.wait_until("window.seen?.length === 1");
    let left = "The page was left before main answered";
    assert_eq!(page.run("return seen"), json!([left]));
}
