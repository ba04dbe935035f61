//! ch08-tauri-invoke as its user meets it, with the real file dialog.
#![cfg(target_os = "linux")]
use harness::{App, Chapter, Elsewhere, Page, VERSIONS, snapshot_table};
use serde_json::{Value, json};
use std::fs;
use tauri::test::{
    INVOKE_KEY, get_ipc_response, mock_builder, mock_context, noop_assets,
};
use tauri::{WebviewWindowBuilder, ipc::CallbackFn, webview::InvokeRequest};

#[expect(dead_code, reason = "its main is not called here")]
#[path = "../chapters/ch08-tauri-invoke/main.rs"]
mod chapter;

/// What it has; `tests/features` says how that is tried.
mod features {
    mod abroad;
    mod answers;
    mod dialog;
    mod exposed;
    mod flat;
    mod guard;
    mod home;
    mod idle;
    mod lifecycle;
    mod policy;
    mod tauri_files;
    mod title;
}

const CHAPTER: Chapter = Chapter {
    apis: &[VERSIONS, ("electronAPI", &["setTitle", "ping", "openFile"])],
    globals: &["__preloaded", "ipc"],
    tauris_globals: &[
        "__TAURI_EVENT_PLUGIN_INTERNALS__",
        "__TAURI_IIFE__",
        "__TAURI_INTERNALS__",
        "__TAURI_PLUGIN_DIALOG__",
        "__internal_unstable_listeners_function_id__",
        "isTauri",
    ],
    call: "electronAPI.ping()",
    ..Chapter::new(env!("CARGO_BIN_EXE_ch08-tauri-invoke"))
};

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    let notes = app.file("notes.txt");
    let page = app.page();
    page.type_into("#title", "My notes");
    page.click("#title-form button");
    app.wait_for_title("My notes");
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    page.click("#btn");
    app.file_dialog().choose(&notes);
    page.wait_for_text("#filePath", notes.to_str().unwrap());
    app.picture("ch08-tauri-invoke");
    app.snapshot_window("ch08_tauri_invoke_window");
    assert!(app.close().success());
    app.snapshot_output("ch08_tauri_invoke");
}

#[test]
fn the_page_is_the_one_of_ch06_byte_for_byte() {
    for name in ["index.html", "renderer.js"] {
        let read = |chapter| {
            // Cargo runs a test in the folder of its package.
            fs::read(format!("../{chapter}/{name}")).unwrap()
        };
        assert!(read("ch06-open-file") == read("ch08-tauri-invoke"), "{name}");
    }
}

/// A command's answer, asked for without a window or a page.
fn answer(command: &str, arguments: Value) -> Result<Value, Value> {
    let app = mock_builder()
        .invoke_handler(chapter::commands())
        .build(mock_context(noop_assets()))
        .expect("a mock needs nothing");
    let window = WebviewWindowBuilder::new(&app, "main", Default::default())
        .build()
        .expect("it is the first of that label");
    let call = InvokeRequest {
        cmd: command.into(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: common_tauri::ORIGIN.parse().expect("it is a URL"),
        body: arguments.into(),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.into(),
    };
    get_ipc_response(&window, call)
        .map(|body| body.deserialize().expect("it is JSON"))
}

#[test]
fn commands_answer_without_a_window() {
    assert_eq!(answer("ping", json!({})), Ok(json!("Pong")));
    assert_eq!(answer("set_title", json!({ "title": "A" })), Ok(Value::Null));

    let refused = answer("set_title", json!({ "title": "A\n" })).unwrap_err();
    assert_eq!(refused["kind"], "Title");

    let missing = answer("set_title", json!({ "Title": "A" })).unwrap_err();
    assert_eq!(
        missing,
        "invalid args `title` for command `set_title`: \
         command set_title missing required key title"
    );
    let unknown = answer("quit", json!({})).unwrap_err();
    assert_eq!(unknown, "Command quit not found");
}

#[test]
fn a_dialogs_refusal_has_a_kind_and_a_reload_under_it_calls_again() {
    let app = CHAPTER.start();
    let page = app.page();
    a_reload_under_an_open_dialog_calls_again_and_the_new_page_works(
        &app, &page,
    );
    page.reload();
    a_refusal_is_an_error_that_has_its_kind_for_a_name(&app, &page);
}

/// The page that goes gives up its request, and its script, which takes that
/// for a failure, sends the call once more by the other way.
fn a_reload_under_an_open_dialog_calls_again_and_the_new_page_works(
    app: &App,
    page: &Page<'_>,
) {
    page.click("#btn");
    let dialog = app.file_dialog();
    page.reload();
    let refused = r#"[main → renderer] reply open_file {"Err":{"kind":"DialogIsOpen","message":"A file dialog is open already"}}"#;
    app.wait_for_line(refused);
    let calls = "[renderer → main] invoke open_file {}";
    let output = app.output();
    assert_eq!(output.lines().filter(|&line| line == calls).count(), 2);

    page.run(LISTEN);
    page.click("#btn");
    page.wait_for_text("#filePath", "A file dialog is open already");
    dialog.cancel();
    app.wait_for_line(r#"[main → renderer] reply open_file {"Ok":null}"#);
    page.click("#btn");
    let dialog = app.file_dialog();
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    // The answer that nobody waits for has changed nothing and said nothing.
    assert_eq!(page.text("#filePath"), "A file dialog is open already");
    assert_eq!(page.run("return heard"), json!([["log", "Pong"]]));
    dialog.cancel();
    page.wait_for_text("#filePath", "No file chosen");
}

fn a_refusal_is_an_error_that_has_its_kind_for_a_name(
    app: &App,
    page: &Page<'_>,
) {
    page.click("#btn");
    let dialog = app.file_dialog();
    let refused = page.run(
        "return electronAPI.openFile().catch((why) =>
           [why instanceof Error, why.name, why.message])",
    );
    let message = "A file dialog is open already";
    assert_eq!(refused, json!([true, "DialogIsOpen", message]));
    dialog.cancel();
    page.wait_for_text("#filePath", "No file chosen");

    // This kind holds a path, which is for the message alone.
    page.run(
        "window.refused = electronAPI.openFile().catch((why) => why.name);",
    );
    app.file_dialog().choose("/dev/null");
    assert_eq!(page.run("return window.refused"), "NotAFile");
}

#[test]
fn a_call_goes_tauris_way_and_is_answered_or_refused_with_a_reason() {
    let app = CHAPTER.start();
    let page = app.page();
    no_plugins_command_is_allowed(&app, &page);
    a_call_is_one_request_and_its_response(&page);
    page.reload();
    a_refused_title_is_told_in_the_inspector(&app, &page);
    a_call_that_does_not_fit_is_refused_with_a_reason(&app, &page);
    a_title_arrives_as_it_was_sent_and_what_is_too_much_is_ignored(&app, &page);
    an_empty_title_is_a_title(&app, &page);
    what_tauri_leaves_in_the_page_calls_every_command(&app, &page);
    a_document_opened_anew_has_tauris_global_again(&page);
}

/// What Tauri refuses is not printed: it never gets as far as the commands.
fn no_plugins_command_is_allowed(app: &App, page: &Page<'_>) {
    let calls = [
        "'plugin:dialog|open', {}",
        "'plugin:window|set_title', { value: 'A' }",
        "'plugin:nope|open', {}",
    ];
    page.snapshot_refusals("ch08_tauri_invoke_plugins", &calls);
    let dialog = "return __TAURI_PLUGIN_DIALOG__.open().catch(String)";
    let refused = page.run(dialog);
    let refused = refused.as_str().expect("a refusal is a text");
    assert!(refused.starts_with("dialog.open not allowed"), "{refused}");
    assert_eq!(page.invoke("'ping'"), Ok(json!("Pong")));
    app.wait_for_line("[main → renderer] reply ping \"Pong\"");
    assert_eq!(app.output().lines().count(), 4);
    assert!(!app.has_dialog());
}

/// Without `ipc:` in the page's policy, Tauri would do without the request.
fn a_call_is_one_request_and_its_response(page: &Page<'_>) {
    page.run(LISTEN);
    let seen = page.run(
        "const requests = [];
         const answers = [];
         const fetch = window.fetch;
         const watched = async (url, { method, body, headers }) => {
           // A page that replaces fetch sees Tauri's key as well.
           const request = [method, url, body, headers.get('content-type'),
                            headers.has('tauri-invoke-key')];
           requests.push(request);
           const response = await fetch(url, { method, body, headers });
           request.push(response.status, await response.clone().text(),
             response.headers.get('tauri-response'));
           return response;
         };
         window.fetch = (...request) => {
           answers.push(watched(...request));
           return answers.at(-1);
         };
         electronAPI.setTitle('A\\n');
         await electronAPI.ping();
         await Promise.allSettled(answers);
         return requests;",
    );
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let rows = [
        "method",
        "address",
        "body",
        "Content-Type",
        "has the invoke key",
        "status",
        "answer",
        "Tauri-Response",
    ];
    let rows = (0..).zip(rows).map(|(row, name): (usize, _)| {
        [name.to_owned(), text(&seen[0][row]), text(&seen[1][row])]
    });
    let rows: Vec<_> = rows.collect();
    let head = ["of the call", "setTitle('A\\n')", "ping()"];
    snapshot_table("ch08_tauri_invoke_requests", head, &rows);
    // No word of Tauri's about another way.
    page.wait_until("heard.length > 0");
    let heard = page.run("return heard.map(([kind]) => kind)");
    assert_eq!(heard, json!(["error"]));
}

/// Nobody waits for `setTitle`, so the inspector is where it tells.
fn a_refused_title_is_told_in_the_inspector(app: &App, page: &Page<'_>) {
    let told = page.run(
        "const errors = [];
         const told = () => new Promise((done) => {
           console.error = ({ name, message }) => {
             errors.push([name, message]);
             done();
           };
         });
         for (const title of ['A\\n', 5]) {
           const errorIsTold = told();
           errors.push(String(electronAPI.setTitle(title)));
           await errorIsTold;
         }
         return errors;",
    );
    let ours = "at most 100 characters, and no control characters";
    let tauris = "invalid args `title` for command `set_title`: \
                  invalid type: integer `5`, expected a string";
    assert_eq!(
        told,
        json!(["undefined", ["Title", ours], "undefined", ["Error", tauris]])
    );
    assert_eq!(app.window().title, "ch08-tauri-invoke");
}

fn a_call_that_does_not_fit_is_refused_with_a_reason(
    app: &App,
    page: &Page<'_>,
) {
    let calls = [
        "'nope'",
        "'set_title', {}",
        "'set_title', { Title: 'A' }",
        "'set_title', { title: 5 }",
        "'set_title', { title: null }",
        "'set_title', new Uint8Array([65])",
        // What is not Unicode, and what is too deep, is not even read.
        "'set_title', { title: '\\ud800' }",
        "'set_title', { title: JSON.parse('['.repeat(200) + ']'.repeat(200)) }",
    ];
    page.snapshot_refusals("ch08_tauri_invoke_calls", &calls);
    let title = json!({
        "kind": "Title",
        "message": "at most 100 characters, and no control characters",
    });
    for text in [
        "'A\\nB'",
        "'A\\0B'",
        "'\\u009b'",
        "'A'.repeat(101)",
        "'A'.repeat(1 << 20)",
    ] {
        let call = format!("'set_title', {{ title: {text} }}");
        assert_eq!(page.invoke(&call), Err(title.clone()), "{call}");
    }
    assert_eq!(app.window().title, "ch08-tauri-invoke");
    assert_eq!(page.invoke("'ping'"), Ok(json!("Pong")));
}

fn a_title_arrives_as_it_was_sent_and_what_is_too_much_is_ignored(
    app: &App,
    page: &Page<'_>,
) {
    for title in ["'\"`</script>${1}\\\u{2028}\u{2029}", "<b>😀é", "𝒳x"] {
        let call =
            format!("'set_title', {{ title: {}, size: 1 }}", json!(title));
        assert_eq!(page.invoke(&call), Ok(Value::Null), "{call}");
        app.wait_for_title(title);
    }
    let call = "'set_title', { title: '😀'.repeat(100), window: 'other' }";
    assert_eq!(page.invoke(call), Ok(Value::Null));
    app.wait_for_title(&"😀".repeat(100));
    // A command without arguments takes any.
    assert_eq!(page.invoke("'ping', new Uint8Array(3)"), Ok(json!("Pong")));
    app.wait_for_line("[renderer → main] invoke ping 3 bytes");
}

fn an_empty_title_is_a_title(app: &App, page: &Page<'_>) {
    let call = "'set_title', { title: '' }";
    assert_eq!(page.invoke(call), Ok(Value::Null));
    app.wait_for_title("");
    assert_eq!(page.invoke("'ping'"), Ok(json!("Pong")));
}

fn what_tauri_leaves_in_the_page_calls_every_command(
    app: &App,
    page: &Page<'_>,
) {
    let past_the_preload = page.run(
        "return Promise.all([
           __TAURI_INTERNALS__.invoke('set_title', { title: 'Past it' }),
           __TAURI_IIFE__.core.invoke('ping'),
         ]);",
    );
    assert_eq!(past_the_preload, json!([null, "Pong"]));
    app.wait_for_title("Past it");
    // That there are no others is the feature `exposed`'s.
    let names = CHAPTER.all_globals();
    let kind = |name: &&str| {
        let kind = page.run(&format!("return typeof window.{name}"));
        [name.to_string(), kind.as_str().expect("it is a text").into()]
    };
    let rows: Vec<_> = names.iter().map(kind).collect();
    let head = ["a name in window", "its type"];
    snapshot_table("ch08_tauri_invoke_globals", head, &rows);
}

/// Tauri's script runs again in it, and the preload's first line returns.
fn a_document_opened_anew_has_tauris_global_again(page: &Page<'_>) {
    assert_eq!(page.run("return typeof window.__TAURI__"), "undefined");
    let anew = page.run(
        "const { electronAPI } = window;
         document.open();
         document.write('<p>new');
         document.close();
         return [typeof window.__TAURI__, window.electronAPI === electronAPI,
                 await __TAURI__.core.invoke('ping'),
                 await electronAPI.ping()];",
    );
    assert_eq!(anew, json!(["object", true, "Pong", "Pong"]));
}

#[test]
#[ignore = "for a copy whose page may leave: cargo x prove"]
fn a_page_from_elsewhere_has_tauris_global_and_is_refused_every_command() {
    let app = CHAPTER.start();
    let page = app.page();
    let _elsewhere = Elsewhere::replacing(&page);
    let has = "return [typeof window.__TAURI__, typeof window.electronAPI,
                       typeof window.versions]";
    assert_eq!(page.run(has), json!(["object", "undefined", "undefined"]));
    for command in ["ping", "set_title", "open_file", "nope"] {
        let call = format!("'{command}', {{ title: 'A' }}");
        let why = format!("{command} not allowed. Plugin not found");
        assert_eq!(page.invoke(&call), Err(json!(why)));
    }
    let call = "return fetch('ipc://localhost/ping', { method: 'POST' })
                  .then((response) => response.text())";
    assert_eq!(page.run(call), "missing Tauri-Invoke-Key header");
    // Nothing of it was printed, for nothing came as far as the commands.
    page.open("tauri://localhost/");
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    app.wait_for_line("[main → renderer] reply ping \"Pong\"");
    assert_eq!(app.output().lines().count(), 4);
    assert_eq!(app.window().title, "ch08-tauri-invoke");
}

/// Keeps what is said to the inspector, too, in `heard`.
const LISTEN: &str = "window.heard = [];
    for (const kind of ['log', 'warn', 'error'])
      console[kind] = (...what) => heard.push([kind, what.join(' ')]);";
