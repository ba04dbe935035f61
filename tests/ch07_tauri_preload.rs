//! ch07-tauri-preload as its user meets it.
#![cfg(target_os = "linux")]
use harness::{Chapter, Elsewhere, VERSIONS};
use serde_json::json;

/// What it has; `tests/features` says how that is tried.
mod features {
    mod abroad;
    mod exposed;
    mod guard;
    mod home;
    mod idle;
    mod lifecycle;
    mod policy;
    mod rest;
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
    let calls = [
        "'ping'",
        "'plugin:event|listen'",
        "'plugin:event|emit'",
        "'plugin:app|version'",
        "'plugin:webview|create_webview'",
        "'plugin:window|set_title'",
    ];
    page.snapshot_refusals("ch07_tauri_preload_calls", &calls);
}

#[test]
#[ignore = "for a copy whose page may leave: cargo x prove"]
fn a_page_from_elsewhere_has_tauris_object_and_is_refused_every_call() {
    let app = CHAPTER.start();
    let page = app.page();
    let _elsewhere = Elsewhere::replacing(&page);
    let listen = "event.listen not allowed. Permissions associated with this \
                  command: core:event:allow-listen, core:event:default";
    let ping = "ping not allowed. Plugin not found";
    assert_eq!(page.invoke("'ping'"), Err(json!(ping)));
    assert_eq!(page.invoke("'plugin:event|listen'"), Err(json!(listen)));
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
    let not_found = "Command ping not found";
    assert_eq!(page.invoke("'ping'"), Err(json!(not_found)));
    // It does meet a call to somebody else, so it would have met that one.
    page.run("await fetch('elsewhere:').catch(() => 0)");
    page.wait_until("refused.length");
    let refused = page.run("return refused");
    assert_eq!(refused, json!(["connect-src elsewhere"]));
}
