//! Each call is answered, and what has been answered is forgotten.
use crate::CHAPTER;
use harness::Page;
use serde_json::json;

/// Tauri numbers its calls at random and does not look for a clash, so of 2,000
/// at once there it could lose one.
fn at_once() -> usize {
    if CHAPTER.is_tauri() { 100 } else { 2_000 }
}

#[test]
fn many_pings_are_answered_and_forgotten_and_a_stranger_is_refused() {
    let app = CHAPTER.start();
    let page = app.page();
    an_answer_is_logged_to_the_console(&page);
    two_thousand_pings_are_answered_and_forgotten(&page);
    // Tauri has words of its own for that.
    if !CHAPTER.is_tauri() {
        page.run("ipc.postMessage('[0,\"nobody\",[]]')");
        let why = r#""No handler registered for 'nobody'""#;
        app.wait_for_line(&format!("[main → renderer] error #0 {why}"));
        page.run("ipc.postMessage('[null,\"nobody\",[]]')");
        let why = "No listener registered for 'nobody'";
        app.wait_for_line(&format!("[main] refused: {why}"));
        // An answer to a call that this page has not made is none of its own.
        page.run("__settle('[0,\"reply\",1]'); __settle('[0,\"error\",1]');");
    }
}

fn an_answer_is_logged_to_the_console(page: &Page<'_>) {
    page.run("console.log = (text) => { window.logged = text; }");
    page.click("#ping");
    page.wait_until("window.logged === 'Pong'");
}

fn two_thousand_pings_are_answered_and_forgotten(page: &Page<'_>) {
    // The map of the calls that wait is the preload's own: it is the one to
    // which a call adds.
    let seen = page.run_with(
        "const [atOnce] = arguments;
         let calls = window.__TAURI_INTERNALS__?.callbacks;
         const { set } = Map.prototype;
         Map.prototype.set = function (...entry) {
           calls ??= this;
           return set.apply(this, entry);
         };
         const first = electronAPI.ping();
         Map.prototype.set = set;
         await first;
         const before = calls.size;
         // What cannot be written as a message is not kept either.
         await electronAPI.repeat?.(1n, 0).catch(() => 0);
         let pongs = 0;
         while (pongs < 2000) {
           const pings = Array.from({ length: atOnce }, electronAPI.ping);
           const waiting = calls.size - before;
           const answers = await Promise.all(pings);
           pongs += answers.filter((answer) => answer === 'Pong').length;
           if (waiting < atOnce) return `only ${waiting} wait`;
         }
         return [pongs, calls.size - before];",
        &[at_once().into()],
    );
    assert_eq!(seen, json!([2_000, 0]));
}
