//! ch11-values as its user meets it. What crosses, and what does not, is tried
//! value by value in `tests/ipc_values.rs`.
#![cfg(target_os = "linux")]
use harness::{Chapter, Page, VERSIONS};
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
    mod ipc_reload;
    mod ipc_values;
    mod lifecycle;
    mod policy;
}

const CHAPTER: Chapter = Chapter {
    apis: &[VERSIONS, ("electronAPI", &["echo", "addNote"])],
    globals: &["__ipc", "__preloaded"],
    call: "electronAPI.echo(1)",
    ..Chapter::new(env!("CARGO_BIN_EXE_ch11-values"))
};

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    let page = app.page();
    page.click("#echo");
    page.wait_until("document.querySelectorAll('#values li').length === 7");
    page.click("#note");
    page.wait_until("answer.textContent.startsWith('Map: errands,')");
    page.click("#wrong");
    page.wait_for_text(
        "#answer",
        "TypeError: argument 1, .written: expected a Date, found a string",
    );
    page.click("#function");
    page.wait_for_text(
        "#answer",
        "Error: An object could not be cloned: \
         argument 1, .list[1] is a function",
    );
    app.picture("ch11-values");
    app.snapshot_window("ch11_values_window");
    assert!(app.close().success());
    app.snapshot_output("ch11_values");
}

/// Each sample comes back as what it was.
#[test]
fn what_json_has_not_comes_back_as_it_was() {
    let app = CHAPTER.start();
    let page = app.page();
    page.click("#echo");
    page.wait_until("document.querySelectorAll('#values li').length === 7");
    let seen = page.run(
        "return [...document.querySelectorAll('#values li')]
           .map((item) => item.textContent.split(':')[0]);",
    );
    let kinds =
        ["Undefined", "Number", "BigInt", "Date", "Uint8Array", "Map", "Error"];
    assert_eq!(seen, json!(kinds));
    a_note_is_answered_with_a_map_of_dates(&page);
    a_note_without_tags_is_refused_by_main(&page);
}

fn a_note_is_answered_with_a_map_of_dates(page: &Page<'_>) {
    let answer = page.run(
        "const tags = new Set(['work', 'errands']);
         const note = { title: 'a', written: new Date(5), tags };
         const dates = (it) => it instanceof Map
           ? [...it].map(([tag, used]) => [tag, used.getTime()]) : it;
         return electronAPI.addNote(note).then(dates, String);",
    );
    assert_eq!(answer, json!([["work", 5], ["errands", 5]]));
}

fn a_note_without_tags_is_refused_by_main(page: &Page<'_>) {
    let refused = page.run(
        "const note = { title: 'a', written: new Date(), tags: new Set() };
         return electronAPI.addNote(note).catch((why) => why.message);",
    );
    assert_eq!(refused, "A note has a tag at least");
}
