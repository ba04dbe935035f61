//! ch13-push as its user meets it. `tests/ipc_push.rs` has what the library does
//! with many messages.
#![cfg(target_os = "linux")]
use harness::{App, Chapter, VERSIONS};
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
    mod lifecycle;
    mod policy;
}

const CHAPTER: Chapter = Chapter {
    apis: &[
        VERSIONS,
        ("electronAPI", &["copy", "onProgress", "onceDone", "count", "tally"]),
    ],
    globals: &["__ipc", "__preloaded"],
    call: "electronAPI.tally()",
    ..Chapter::new(env!("CARGO_BIN_EXE_ch13-push"))
};

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    let page = app.page();
    page.click("#copy");
    page.wait_for_text("#done", "4 files are copied");
    page.wait_for_text("#progress", "100 %");
    page.click("#stop");
    page.click("#copy");
    app.wait_until("a second copy", || done(&app) == 2);
    page.wait_for_text("#progress", "nobody listens");
    page.click("#count");
    page.wait_for_text("#answer", "1000 in order");
    app.picture("ch13-push");
    app.snapshot_window("ch13_push_window");
    assert!(app.close().success());
    app.snapshot_output("ch13_push");
}

/// How often main has said that it is done.
fn done(app: &App) -> usize {
    app.output().matches("[main → renderer] send done ").count()
}

#[test]
fn who_listens_is_given_no_event_and_a_function_that_ends_it() {
    let app = CHAPTER.start();
    let page = app.page();
    page.run(
        "window.heard = [];
         const { copy, onProgress, onceDone } = electronAPI;
         const hear = (name) => (...args) => heard.push([name, ...args]);
         const stop = onProgress(hear('first'));
         onProgress((percent) => { if (percent === 50) stop(); });
         onceDone(hear('done'));
         copy();",
    );
    app.wait_until("a copy", || done(&app) == 1);
    page.wait_until("heard.length === 4");
    let first = [0, 25, 50].map(|percent| json!(["first", percent]));
    let heard = [&first[..], &[json!(["done", "4 files"])]].concat();
    assert_eq!(page.run("return heard"), json!(heard));
    // Whoever has listened once is gone, and who has stopped, too.
    page.run("electronAPI.copy()");
    app.wait_until("a second copy", || done(&app) == 2);
    page.run("await electronAPI.tally()");
    assert_eq!(page.run("return heard.length"), 4);
}
