//! ch03-preload as its user meets it.
#![cfg(target_os = "linux")]
use harness::{Chapter, VERSIONS};
use std::process::Command;

/// What it has; `tests/features` says how that is tried.
mod features {
    mod files;
    mod frozen;
    mod guard;
    mod home;
    mod idle;
    mod lifecycle;
    mod policy;
}

const CHAPTER: Chapter = Chapter {
    apis: &[VERSIONS],
    ..Chapter::new(env!("CARGO_BIN_EXE_ch03-preload"))
};

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    app.page();
    app.picture("ch03-preload");
    app.snapshot_window("ch03_preload_window");
    assert!(app.close().success());
    app.snapshot_output("ch03_preload");
}

#[test]
fn the_versions_are_true() {
    let app = CHAPTER.start();
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
