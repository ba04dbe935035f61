//! What an attacker in the page tries against the library. What a chapter on it
//! can be tried with, too, is in `tests/features`.
#![cfg(target_os = "linux")]
use harness::{App, Chapter, Page};
use probe::{HOSTILE, goes_on};
use serde_json::{Value, json};
use std::slice::from_ref;

#[path = "ipc/probe.rs"]
mod probe;

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
fn a_sandboxed_frame_ends_no_program_and_settles_no_call_of_the_page() {
    let app = CHAPTER.start();
    let page = app.page();
    page.run(FRAME);
    a_frame_calls_main_and_settles_no_promise_of_the_page(&app, &page);
    whatever_a_frame_posts_the_program_goes_on(&app, &page);
    assert!(app.close().success());
    assert_eq!(app.errors(), "");
}

fn whatever_a_frame_posts_the_program_goes_on(app: &App, page: &Page<'_>) {
    let names = page.run(&format!("{HOSTILE} return Object.keys(hostile)"));
    for name in names.as_array().expect("they are a list") {
        page.run_with("await tell({ name: arguments[0] })", from_ref(name));
        goes_on(app, page);
    }
}

/// A frame knows the name of no document but its own, and what it is answered
/// with goes to the page, where nobody waits for it.
fn a_frame_calls_main_and_settles_no_promise_of_the_page(
    app: &App,
    page: &Page<'_>,
) {
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
    goes_on(app, page);
    let answers = || app.output().matches("\"forged\"\n").count();
    app.wait_until("nine answers", || answers() == 9);
    assert_eq!(page.run("return settled"), 0);
}

/// What it puts in the place of the page's functions is called by the page
/// alone: it learns no document's name, and guesses none.
#[test]
fn the_page_reads_no_message_of_its_preload_and_forges_no_answer_to_it() {
    let app = CHAPTER.start();
    let page = app.page();
    let seen = page.run(
        "const read = [];
         const listen = (it, name) => {
           const { [name]: own } = it;
           it[name] = function (...args) {
             read.push(name);
             return own.apply(this, args);
           };
         };
         const pipe = webkit.messageHandlers.ipc;
         listen(Object.getPrototypeOf(pipe), 'postMessage');
         listen(pipe, 'postMessage');
         listen(JSON, 'parse');
         listen(JSON, 'stringify');
         listen(crypto, 'randomUUID');
         let settled = 0;
         const { invoke } = electron.ipcRenderer;
         invoke('never').finally(() => { settled++; });
         const pong = await invoke('ping');
         for (const document of [null, '', 'undefined', crypto.randomUUID()])
           for (let id = 0; id < 9; id++)
             for (const kind of ['reply', 'error', '__proto__'])
               try { __ipc(JSON.stringify([document, id, kind, 1])); } catch {}
         await invoke('ping');
         const ours = ['randomUUID', 'stringify'];
         return [pong, settled, read.filter((it) => !ours.includes(it))];",
    );
    assert_eq!(seen, json!(["Pong", 0, []]));
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
    let [_, why] = words(outcome(&page, "no-number"));
    assert!(why.contains("18446744073709551615"), "{why}");
    assert_eq!(outcome(&page, "ping"), json!(["answered", "Pong"]));
    an_error_that_is_too_long_is_refused_by_its_length(&page);
    a_message_of_too_many_values_is_refused_and_its_caller_told(&app, &page);
    a_listener_that_panics_stops_no_other(&app, &page);
    assert!(app.close().success());
}

/// `ipc_main` has the same of an answer.
fn an_error_that_is_too_long_is_refused_by_its_length(page: &Page<'_>) {
    let [name, why] = words(outcome(page, "fail-at-length"));
    assert_eq!(name, "RangeError");
    assert!(why.contains("at most 67108864"), "{why}");
    assert_eq!(outcome(page, "ping"), json!(["answered", "Pong"]));
}

/// A preload refuses them at the call. A page may write its messages by hand.
fn a_message_of_too_many_values_is_refused_and_its_caller_told(
    app: &App,
    page: &Page<'_>,
) {
    page.run(&format!(
        "const zeros = '0,'.repeat({});
         webkit.messageHandlers.ipc.postMessage(`[\"d\",7,\"echo\",[${{zeros}}0]]`);",
        ipc::MAX_VALUES
    ));
    let answer = "[main → renderer] error #7 {\"$error\":[\"Error\",\"more than \
                  4194304 values in a message at line 1";
    app.wait_until("an answer", || app.output().contains(answer));
    goes_on(app, page);
}

fn a_listener_that_panics_stops_no_other(app: &App, page: &Page<'_>) {
    page.run("electron.ipcRenderer.send('broken')");
    app.wait_for_line("[main] refused: main panicked: a listener's mistake");
    app.wait_for_line("[main] the next listener runs");
    goes_on(app, page);
}

/// What the promise of a call comes to.
fn outcome(page: &Page<'_>, channel: &str) -> Value {
    let call = "return outcome(ipcRenderer.invoke(arguments[0]))";
    page.run_with(&format!("{OUTCOME} {call}"), &[channel.into()])
}

fn words(outcome: Value) -> [String; 2] {
    serde_json::from_value(outcome).expect("a name and a message")
}

/// Four messages fill main; spaces are as long as anything, and soon read.
#[test]
#[ignore = "takes 20 s in a debug build; limits.rs has a quick one"]
fn more_bytes_than_may_wait_are_refused_until_their_page_is_gone() {
    let mut app = CHAPTER.start();
    let page = app.page();
    page.run(
        "const room = ' '.repeat(64 * 1024 * 1024 - 1024);
         const { ipc } = webkit.messageHandlers;
         for (const [id, channel] of
              [[1, 'never'], [null, 'endless'], [2, 'never'], [3, 'never']])
           ipc.postMessage(`[\"d\",${id},\"${channel}\",[]${room}]`);
         ipc.postMessage(`[\"d\",4,\"never\",[]${room}]`);",
    );
    let full =
        r#"["Error","Main has too many messages to answer: try again later"]"#;
    app.wait_for_line(&format!(
        "[main → renderer] error #4 {{\"$error\":{full}}}"
    ));
    // There is room for a short one.
    goes_on(&app, &page);
    app.kill_page();
    let page = app.page();
    page.run(
        "const room = ' '.repeat(64 * 1024 * 1024 - 1024);
         const { ipc } = webkit.messageHandlers;
         ipc.postMessage(`[\"d\",5,\"ping\",[]${room}]`);",
    );
    app.wait_for_line("[main → renderer] reply #5 \"Pong\"");
    assert!(app.close().success());
}

#[test]
fn twenty_thousand_calls_that_wait_and_sends_that_nobody_hears() {
    let app = CHAPTER.start();
    let page = app.page();
    let pong = page.run(
        "const { invoke, send } = electron.ipcRenderer;
         window.settled = 0;
         const settle = () => { settled++; };
         for (let i = 0; i < 20_000; i++) {
           invoke('never').then(settle, settle);
           send('nobody', i);
         }
         return invoke('ping');",
    );
    assert_eq!(pong, "Pong");
    assert_eq!(page.run("return settled"), 0);
    assert!(app.close().success());
    assert_eq!(app.errors(), "");
}

/// Another thread answers when nobody waits any more.
#[test]
fn a_window_that_closes_under_its_calls_ends_the_program_well() {
    for close in ["setTimeout(close)", "0"] {
        let app = CHAPTER.start();
        app.page().run(&format!(
            "for (let i = 0; i < 100; i++)
               for (const channel of ['never', 'echo-later', 'panic-later'])
                 electron.ipcRenderer.invoke(channel, i).catch(() => 0);
             {close}"
        ));
        let ended = match close {
            "0" => app.close(),
            _ => app.wait_for_exit(),
        };
        assert!(ended.success(), "{ended}: {}", app.errors());
        let errors = app.errors();
        let others = errors.lines().filter(|it| it.contains("CRITICAL"));
        assert_eq!(others.collect::<Vec<_>>(), [""; 0]);
    }
}
