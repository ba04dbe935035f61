//! ch13-push as its user meets it. `tests/ipc_push.rs` has what the library does
//! with many messages.
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
fn a_turn_crosses_in_two_and_is_told_to_those_who_listen() {
    let app = CHAPTER.start();
    let page = app.page();
    a_thousand_messages_of_one_turn_cross_in_two(&app, &page);
    who_listens_is_given_no_event_and_a_function_that_ends_it(&app, &page);
}

fn who_listens_is_given_no_event_and_a_function_that_ends_it(
    app: &App,
    page: &Page<'_>,
) {
    page.run(
        "window.heard = [];
         const { copy, onProgress, onceDone } = electronAPI;
         const hear = (name) => (...args) => heard.push([name, ...args]);
         const stop = onProgress(hear('first'));
         onProgress((percent) => { if (percent === 50) stop(); });
         onceDone(hear('done'));
         copy();",
    );
    app.wait_until("a copy", || done(app) == 1);
    page.wait_until("heard.length === 4");
    let first = [0, 25, 50].map(|percent| json!(["first", percent]));
    let heard = [&first[..], &[json!(["done", "4 files"])]].concat();
    assert_eq!(page.run("return heard"), json!(heard));
    // Whoever has listened once is gone, and who has stopped, too.
    page.run("electronAPI.copy()");
    app.wait_until("a second copy", || done(app) == 2);
    page.run("await electronAPI.tally()");
    assert_eq!(page.run("return heard.length"), 4, "heard once");
}

fn a_thousand_messages_of_one_turn_cross_in_two(app: &App, page: &Page<'_>) {
    page.click("#count");
    page.wait_for_text("#answer", "1000 in order");
    app.wait_for_line("[main → renderer] reply #1 \"1000 in order\"");
    let output = app.output();
    let more = output.matches("497 more, in the same crossing").count();
    assert_eq!(more, 2, "crossings of 500 messages");
    assert!(output.lines().count() < 20, "{output}");
}

#[test]
fn main_answers_while_a_thread_works() {
    let app = CHAPTER.start();
    let page = app.page();
    page.run("electronAPI.copy(); await electronAPI.tally();");
    let output = app.output();
    // Then all that it tells would cross together.
    let is_done = output.contains("more, in the same crossing");
    assert!(!is_done, "the copy is done before main answers: {output}");
    app.wait_until("a copy", || done(&app) == 1);
    what_a_page_does_with_an_answer_comes_before_what_is_sent_after_it(&page);
}

/// Both are said within one turn of main's.
fn what_a_page_does_with_an_answer_comes_before_what_is_sent_after_it(
    page: &Page<'_>,
) {
    let heard = page.run(
        "const heard = [];
         const answered = electronAPI.tally().then(
           () => electronAPI.onProgress((percent) => heard.push(percent)));
         electronAPI.copy();
         await answered;
         await electronAPI.tally();
         return heard;",
    );
    assert_eq!(heard, json!([0]), "it listens once it has its answer");
}

#[test]
fn a_page_that_does_not_end_its_turn_leaves_the_window_answering() {
    let app = CHAPTER.start();
    let page = app.page();
    page.run(
        "addEventListener('keydown', () => {
           for (let n = 1; n <= 1_000_000; n++) electronAPI.count(n);
         });",
    );
    app.press("u");
    let crossings =
        || app.output().matches("more, in the same crossing").count();
    app.wait_until("many messages", || crossings() > 50);
    let before = crossings();
    app.close_window("ch13-push");
    app.wait_for_line("[main] close requested");
    assert!(crossings() < before + 1_000, "{before} {}", crossings());
}

/// 300,000 messages, as quickly as a page can post: it writes them once.
#[test]
fn a_flood_leaves_the_window_answering() {
    let app = CHAPTER.start();
    app.page().run(
        r#"const text = Array(500).fill('["d",null,"count",[1]]').join('\n');
           for (let n = 0; n < 600; n++)
             webkit.messageHandlers.ipc.postMessage(text);"#,
    );
    let crossings =
        || app.output().matches("more, in the same crossing").count();
    app.wait_until("a few of them", || crossings() > 5);
    app.close_window("ch13-push");
    app.wait_for_line("[main] close requested");
    let seen = crossings();
    assert!(seen < 500, "main has read {seen} of 600 crossings first");
}
