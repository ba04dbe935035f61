//! ch12-errors as its user meets it. The attacks are in `tests/features`.
#![cfg(target_os = "linux")]
use harness::{Chapter, VERSIONS};

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
        ("electronAPI", &["ping", "divide", "forget", "multiply"]),
    ],
    globals: &["__ipc", "__preloaded"],
    call: "electronAPI.ping()",
    ..Chapter::new(env!("CARGO_BIN_EXE_ch12-errors"))
};

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    let page = app.page();
    for (button, answer) in [
        ("ping", "Pong"),
        ("divide", "3"),
        ("zero", "RangeError: 7 by zero"),
        ("overflow", "Error: main panicked: attempt to divide with overflow"),
        ("seven", "TypeError: argument 1: expected a number, found a string"),
        ("multiply", "Error: No handler registered for 'multiply'"),
        ("forget", "Error: reply was never sent"),
    ] {
        page.click(&format!("#{button}"));
        page.wait_for_text("#answer", answer);
    }
    app.picture("ch12-errors");
    app.snapshot_window("ch12_errors_window");
    page.click("#attack");
    app.wait_for_line("[main] refused: a message that is no text");
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    assert!(app.close().success());
    app.snapshot_output("ch12_errors");
}

#[test]
fn a_panic_rejects_its_call_and_the_next_is_answered() {
    let app = CHAPTER.start();
    let page = app.page();
    // A program that ends of it gives the script no answer.
    let _ = page.try_run("document.getElementById('overflow').click()", &[]);
    let why = "Error: main panicked: attempt to divide with overflow";
    page.wait_for_text("#answer", why);
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
}
