//! ch15-windows as its user meets it. `tests/ipc_windows.rs` has what the library
//! does with several windows.
#![cfg(target_os = "linux")]
use harness::{App, Chapter, Page, VERSIONS};
use serde_json::json;

/// What it has; `tests/features` says how that is tried.
mod features {
    pub mod abroad;
    mod exposed;
    mod files;
    mod flat;
    mod guard;
    pub mod home;
    mod idle;
    mod ipc_bridge;
    mod ipc_envelopes;
    mod ipc_gone;
    mod ipc_hostile;
    mod lifecycle;
    pub mod policy;
}

const CHAPTER: Chapter = Chapter {
    apis: &[
        VERSIONS,
        ("electronAPI", &["newNote", "notes", "onNotes", "sendToAll"]),
    ],
    globals: &["__ipc", "__preloaded"],
    call: "electronAPI.notes().then(String)",
    ..Chapter::new(env!("CARGO_BIN_EXE_ch15-windows"))
};

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    let main = app.page();
    main.wait_for_text("#notes", "none");
    main.click("#new");
    let milk = note(&app, 2);
    main.click("#new");
    let bread = note(&app, 3);
    main.wait_for_text("#notes", "2, 3");
    milk.type_into("#text", "Milk");
    send(&milk, "3", "and bread?");
    milk.wait_for_text("#heard", "Sent to 3");
    bread.wait_for_text("#heard", "Note 2: and bread?");
    app.picture("ch15-windows");
    app.snapshot_window("ch15_windows_window");
    app.close_window("Note 2");
    main.wait_for_text("#notes", "3");
    assert!(app.close().success());
    app.snapshot_output("ch15_windows");
}

/// The page of a note that has been opened, once main has given it its text.
fn note(app: &App, number: u32) -> Page<'_> {
    app.wait_for_line(&format!("[main → renderer {number}] reply #1 \"\""));
    app.page_of(&format!("Note {number}"))
}

fn send(note: &Page<'_>, to: &str, text: &str) {
    note.type_into("#to", to);
    note.type_into("#message", text);
    note.click("#send button");
}

/// A program with two notes, and its pages.
fn with_notes(app: &App) -> [Page<'_>; 3] {
    let main = app.page();
    main.click("#new");
    main.wait_for_text("#notes", "2");
    main.click("#new");
    main.wait_for_text("#notes", "2, 3");
    [main, note(app, 2), note(app, 3)]
}

#[test]
fn notes_are_apart_and_main_stands_between_them() {
    let app = CHAPTER.start();
    let [main, milk, bread] = with_notes(&app);
    each_note_keeps_its_own_text_also_where_its_page_is_loaded_anew(
        &milk, &bread,
    );
    a_note_may_do_what_a_note_may(&app, &milk);
    main_delivers_a_message_to_the_notes_that_are_meant([&main, &milk, &bread]);
    assert!(!app.output().contains("[main → renderer] send message"));
    features::policy::holds(&milk);
    features::home::stays_at_home(&app, &bread);
    a_note_goes_from_the_list_when_it_is_closed_by_whomever(&app, &main, &milk);
}

fn each_note_keeps_its_own_text_also_where_its_page_is_loaded_anew(
    milk: &Page<'_>,
    bread: &Page<'_>,
) {
    milk.run("note.write('Milk'); await note.read();");
    bread.run("note.write('Bread'); await note.read();");
    milk.reload();
    milk.wait_until("document.getElementById('text').value !== ''");
    assert_eq!(milk.run("return note.read()"), "Milk");
    assert_eq!(bread.run("return note.read()"), "Bread");
}

fn a_note_may_do_what_a_note_may(app: &App, milk: &Page<'_>) {
    let keys = milk.run("return [Object.keys(note), typeof electronAPI]");
    let keys_of_note = ["read", "write", "sendTo", "onMessage"];
    assert_eq!(keys, json!([keys_of_note, "undefined"]));
    // Past its preload, it can ask for what is the main window's alone.
    for channel in ["new-note", "notes"] {
        milk.run(&format!(
            r#"webkit.messageHandlers.ipc.postMessage('["d",7,"{channel}",[]]')"#
        ));
        app.wait_for_line(&format!(
            "[main → renderer 2] error #7 {{\"$error\":[\"Error\",\"No handler \
             registered for '{channel}'\"]}}"
        ));
    }
}

fn main_delivers_a_message_to_the_notes_that_are_meant(
    [main, milk, bread]: [&Page<'_>; 3],
) {
    for page in [milk, bread] {
        page.run(
            "window.heard = [];
             note.onMessage((...message) => heard.push(message));",
        );
    }
    milk.run("await note.sendTo(3, 'to one');");
    main.run("await electronAPI.sendToAll('to all');");
    // What was sent before an answer has come before it.
    for page in [milk, bread] {
        page.run("await note.read()");
    }
    let all = json!(["ch15-windows", "to all"]);
    assert_eq!(bread.run("return heard"), json!([["Note 2", "to one"], all]));
    assert_eq!(milk.run("return heard"), json!([all]));
    // The main window has a number, too, and is no note.
    for to in [1, 4] {
        send(milk, &to.to_string(), "who is there?");
        milk.wait_for_text("#heard", "There is no such note");
    }
    let why = milk.run(
        "return note.sendTo('3', 'a text').catch(({ message }) => message)",
    );
    assert_eq!(why, "argument 1: expected a number, found a string");
}

fn a_note_goes_from_the_list_when_it_is_closed_by_whomever(
    app: &App,
    main: &Page<'_>,
    milk: &Page<'_>,
) {
    app.close_window("Note 3");
    main.wait_for_text("#notes", "2");
    milk.run("setTimeout(close)");
    main.wait_for_text("#notes", "none");
    main.type_into("#message", "to nobody");
    main.click("#send button");
    main.wait_for_text("#outcome", "There is no such note");
}

#[test]
#[ignore = "for a copy whose page may leave: cargo x prove"]
fn a_note_saves_nothing_and_opens_no_window() {
    let app = CHAPTER.start();
    let [_, milk, _] = with_notes(&app);
    features::abroad::saves_nothing(&app, &milk);
}
