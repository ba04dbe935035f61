//! What an attacker in the page tries against the library. What a chapter on it
//! can be tried with, too, is in `tests/features`.
#![cfg(target_os = "linux")]
use features::ipc_hostile::{HOSTILE, goes_on, post};
use harness::{App, Chapter, Page};
use serde_json::{Value, json};

mod features {
    pub mod ipc_envelopes;
    pub mod ipc_gone;
    pub mod ipc_hostile;
}

const CHAPTER: Chapter = Chapter {
    call: "return electron.ipcRenderer.invoke('ping')",
    ..Chapter::new(env!("CARGO_BIN_EXE_ipc-cases"))
};

/// What a promise comes to.
const OUTCOME: &str = "
    const { ipcRenderer } = electron;
    const outcome = (promise) => promise.then(
      (answer) => ['answered', answer],
      ({ name, message }) => [name, message]);";

/// A frame that may not even see its page, with `/frame.js` in it; `tell(it)`
/// has it post something.
const FRAME: &str = r#"
    const frame = document.createElement('iframe');
    frame.sandbox = 'allow-scripts';
    frame.srcdoc = `<script src=${location.origin}/frame.js></script>`;
    const loaded = new Promise((done) => { frame.onload = done; });
    document.body.append(frame);
    await loaded;
    window.tell = (it) => new Promise((done) => {
      addEventListener('message', done, { once: true });
      frame.contentWindow.postMessage(it, '*');
    });"#;

#[test]
fn whatever_a_sandboxed_frame_posts_the_program_goes_on() {
    let app = CHAPTER.start();
    let page = app.page();
    page.run(FRAME);
    let names = page.run(&format!("{HOSTILE} return Object.keys(hostile)"));
    for name in names.as_array().unwrap() {
        page.run_with("await tell({ name: arguments[0] })", &[name.clone()]);
        goes_on(&app, &page);
    }
    assert!(app.close().success());
    assert_eq!(app.errors(), "");
}

/// A frame knows the name of no document but its own, and what it is answered
/// with goes to the page, where nobody waits for it.
#[test]
fn a_frame_calls_main_and_settles_no_promise_of_the_page() {
    let app = CHAPTER.start();
    let page = app.page();
    page.run(FRAME);
    page.run(
        "window.settled = 0;
        for (let i = 0; i < 3; i++)
          electron.ipcRenderer.invoke('never').finally(() => { settled++; });",
    );
    for document in ["\"\"", "\"frame\"", "\"undefined\""] {
        for id in 1..4 {
            let text = format!(r#"[{document},{id},"echo",["forged"]]"#);
            page.run_with("await tell({ text: arguments[0] })", &[text.into()]);
        }
    }
    goes_on(&app, &page);
    let answers = app.output().matches("\"forged\"\n").count();
    assert_eq!(answers, 9, "{}", app.output());
    assert_eq!(page.run("return settled"), 0);
}

/// It would have to know the name of its document, which nothing tells it.
#[test]
fn a_page_does_not_see_what_its_preload_posts_and_can_forge_no_answer() {
    let app = CHAPTER.start();
    let seen = app.page().run(
        "const pipe = webkit.messageHandlers.ipc;
         const seen = [];
         pipe.postMessage = (text) => seen.push(text);
         const answer = electron.ipcRenderer.invoke('ping');
         for (const document of [null, 'd'])
           __ipc(JSON.stringify([document, 1, 'reply', 'forged']));
         seen.push(await answer);
         delete pipe.postMessage;
         return seen;",
    );
    assert_eq!(seen, json!(["Pong"]));
}

/// The page posts what looks like its preload's call, and is none.
#[test]
fn what_is_wrong_with_a_message_rejects_no_other_promise() {
    let app = CHAPTER.start();
    let page = app.page();
    let seen = page.run(&format!(
        "{OUTCOME}
         const others = ['never', 'echo-later'].map(
           (it) => outcome(ipcRenderer.invoke(it, 'mine')));
         const pipe = webkit.messageHandlers.ipc;
         for (const id of [1, 2])
           pipe.postMessage(JSON.stringify(['d', id, 'ping']));
         const pending = Promise.resolve('pending');
         return [await others[1], await Promise.race([others[0], pending])];"
    ));
    app.wait_for_line(
        r#"[main → renderer] error #1 {"$error":["Error","a message has 4 parts, this one 3"]}"#,
    );
    assert_eq!(seen, json!([["answered", "mine"], "pending"]));
}

#[test]
fn every_call_settles_whatever_its_handler_does() {
    let app = CHAPTER.start();
    let page = app.page();
    for (channel, why) in [
        ("panic", json!(["Error", "main panicked: a mistake of main's"])),
        ("panic-later", json!(["Error", "main panicked: a later mistake"])),
        ("forget", json!(["Error", "reply was never sent"])),
        ("fail", json!(["RangeError", "out of reach"])),
        ("fail-later", json!(["RangeError", "out of reach"])),
        ("nobody", json!(["Error", "No handler registered for 'nobody'"])),
    ] {
        assert_eq!(outcome(&page, channel), why);
        assert_eq!(outcome(&page, "ping"), json!(["answered", "Pong"]));
    }
    let [name, why] = words(outcome(&page, "too-long"));
    assert_eq!(name, "RangeError");
    assert!(why.contains("at most 67108864"), "{why}");
    let [_, why] = words(outcome(&page, "no-number"));
    assert!(why.contains("18446744073709551615"), "{why}");
    assert_eq!(outcome(&page, "ping"), json!(["answered", "Pong"]));
    assert!(app.close().success());
}

#[test]
fn a_listener_that_panics_stops_no_other() {
    let app = CHAPTER.start();
    let page = app.page();
    page.run("electron.ipcRenderer.send('broken')");
    app.wait_for_line("[main] refused: main panicked: a listener's mistake");
    app.wait_for_line("[main] the next listener runs");
    goes_on(&app, &page);
}

/// What the promise of a call comes to.
fn outcome(page: &Page<'_>, channel: &str) -> Value {
    let call = "return outcome(ipcRenderer.invoke(arguments[0]))";
    page.run_with(&format!("{OUTCOME} {call}"), &[channel.into()])
}

fn words(outcome: Value) -> [String; 2] {
    serde_json::from_value(outcome).expect("a name and a message")
}
