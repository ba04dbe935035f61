//! ch03-preload as its user meets it.
#![cfg(target_os = "linux")]
use harness::App;
use serde_json::json;
use std::process::Command;

const CHAPTER: &str = env!("CARGO_BIN_EXE_ch03-preload");

#[test]
fn plays_as_the_book_shows() {
    let app = App::start(CHAPTER);
    app.page();
    app.picture("ch03-preload");
    app.snapshot_window("ch03_preload_window");
    assert!(app.close().success());
    app.snapshot_output("ch03_preload");
}

#[test]
fn the_versions_are_true() {
    let app = App::start(CHAPTER);
    let installed = Command::new("pkg-config")
        .args(["--modversion", "webkit2gtk-4.1"])
        .output()
        .unwrap();
    let webview = String::from_utf8(installed.stdout).unwrap();
    // The versions of wry and tao are held to Cargo.lock in `common`.
    let info = format!(
        "This app is using WebView (v{}), wry (v{}), and tao (v{})",
        webview.trim(),
        common::versions::WRY,
        common::versions::TAO,
    );
    assert_eq!(app.page().text("#info"), info);
}

#[test]
fn what_is_exposed_cannot_be_replaced_removed_or_changed() {
    let app = App::start(CHAPTER);
    let survived = app.page().run(
        "'use strict';
         const { versions } = window;
         const refused = [
           () => { window.versions = {}; },
           () => { delete window.versions; },
           () => { Object.defineProperty(window, 'versions', { value: 1 }); },
           () => { versions.wry = () => 'forged'; },
           () => { versions.more = 1; },
           () => { delete versions.wry; },
         ].map((attempt) => {
           try { attempt(); return 'nothing'; }
           catch (error) { return error.name; }
         });
         return [refused, window.versions === versions, Object.keys(versions)];",
    );
    let refused = ["TypeError"; 6];
    assert_eq!(survived, json!([refused, true, ["webview", "wry", "tao"]]));
}

#[test]
fn only_the_top_frame_of_our_own_page_gets_it() {
    let app = App::start(CHAPTER);
    let page = app.page();
    let in_frames = page.run(
        "const types = [];
         for (const src of ['about:blank', '/']) {
           const frame = document.createElement('iframe');
           const loaded = new Promise((done) => { frame.onload = done; });
           frame.src = src;
           document.body.append(frame);
           await loaded;
           types.push(typeof frame.contentWindow.versions);
         }
         return types;",
    );
    assert_eq!(in_frames, json!(["undefined", "undefined"]));

    page.run("location = 'app://elsewhere/'");
    page.wait_until("location.host === 'elsewhere' && document.body");
    assert_eq!(page.run("return typeof window.versions"), "undefined");
}

/// The preload runs again for it, in a window whose page may have put
/// functions of its own in place of the ones that the preload calls.
#[test]
fn a_document_opened_anew_keeps_what_was_exposed_and_is_given_nothing() {
    let app = App::start(CHAPTER);
    let kept = app.page().run(
        "const { versions } = window;
         const seen = [];
         Object.freeze = (api) => seen.push(api);
         document.open();
         document.write('<p>new');
         document.close();
         return [window.versions === versions, seen.length];",
    );
    assert_eq!(kept, json!([true, 0]));
}

#[test]
fn the_preload_leaves_no_other_global() {
    let app = App::start(CHAPTER);
    let names = app.page().run(
        "const frame = document.createElement('iframe');
         document.body.append(frame);
         const usual = Object.getOwnPropertyNames(frame.contentWindow);
         return Object.getOwnPropertyNames(window)
           .filter((name) => !usual.includes(name) && !/^\\d+$/.test(name));",
    );
    assert_eq!(names, json!(["versions"]));
}
