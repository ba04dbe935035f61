//! ch07-tauri-preload as its user meets it.
#![cfg(target_os = "linux")]
use harness::{Chapter, Elsewhere, Page, VERSIONS, snapshot_table};
use serde_json::{Value, json};

/// What it has; `tests/features` says how that is tried.
mod features {
    mod abroad;
    mod exposed;
    mod guard;
    mod home;
    mod idle;
    mod lifecycle;
    mod policy;
    mod tauri_files;
}

const CHAPTER: Chapter = Chapter {
    apis: &[VERSIONS],
    globals: &["__preloaded", "ipc"],
    tauris_globals: &[
        "__TAURI_EVENT_PLUGIN_INTERNALS__",
        "__TAURI_INTERNALS__",
        "__internal_unstable_listeners_function_id__",
        "isTauri",
    ],
    ..Chapter::new(env!("CARGO_BIN_EXE_ch07-tauri-preload"))
};

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    app.page();
    app.picture("ch07-tauri-preload");
    app.snapshot_window("ch07_tauri_preload_window");
    assert!(app.close().success());
    app.snapshot_output("ch07_tauri_preload");
}

#[test]
fn the_page_and_its_preload_are_those_of_ch03_byte_for_byte() {
    macro_rules! file {
        ($chapter:literal, $name:literal) => {
            include_bytes!(concat!("../chapters/", $chapter, "/", $name))
        };
    }
    macro_rules! same {
        ($($name:literal)*) => { $(
            let [here, there] = [
                &file!("ch07-tauri-preload", $name)[..],
                &file!("ch03-preload", $name)[..],
            ];
            assert_eq!(here.escape_ascii().to_string(),
                       there.escape_ascii().to_string(), $name);
        )* };
    }
    same!("index.html" "renderer.js" "preload.js");
}

#[test]
fn a_call_through_tauris_own_object_is_refused() {
    let app = CHAPTER.start();
    let page = app.page();
    let rows = [
        "ping",
        "plugin:event|listen",
        "plugin:event|emit",
        "plugin:app|version",
        "plugin:webview|create_webview",
        "plugin:window|set_title",
    ]
    .map(|command| {
        let why = invoke(page, command);
        let why = why.as_str().expect("a refusal is a text");
        [format!("invoke('{command}')"), why.into()]
    });
    let head = ["a script calls", "the promise is rejected with"];
    snapshot_table("ch07_tauri_preload_calls", head, &rows);
}

#[test]
#[ignore = "for a copy whose page may leave: cargo x prove"]
fn a_page_from_elsewhere_has_tauris_object_and_is_refused_every_call() {
    let app = CHAPTER.start();
    let page = app.page();
    let elsewhere = Elsewhere::start();
    page.open(elsewhere.origin());
    let listen = "event.listen not allowed. Permissions associated with this \
                  command: core:event:allow-listen, core:event:default";
    assert_eq!(invoke(page, "ping"), "ping not allowed. Plugin not found");
    assert_eq!(invoke(page, "plugin:event|listen"), listen);
}

/// Without `connect-src` Tauri would answer as well, by its other way.
#[test]
fn a_call_meets_no_refusal_of_the_policy_on_its_way() {
    let app = CHAPTER.start();
    let page = app.page();
    page.run(
        "window.refused = [];
         addEventListener('securitypolicyviolation',
           ({ effectiveDirective, blockedURI }) =>
             refused.push(`${effectiveDirective} ${blockedURI}`));",
    );
    assert_eq!(invoke(page, "ping"), "Command ping not found");
    // It does meet a call to somebody else, so it would have met that one.
    page.run("await fetch('elsewhere:').catch(() => 0)");
    page.wait_until("refused.length");
    let refused = page.run("return refused");
    assert_eq!(refused, json!(["connect-src elsewhere"]));
}

/// What a call through Tauri's own object is refused with.
#[track_caller]
fn invoke(page: Page<'_>, command: &str) -> Value {
    page.run_with(
        "const [command] = arguments;
         return window.__TAURI_INTERNALS__.invoke(command).then(
           (answer) => ['answered', answer], (why) => why);",
        &[command.into()],
    )
}
