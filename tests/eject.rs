//! A chapter that is ejected is a program that works by itself.
#![cfg(target_os = "linux")]
use harness::App;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use workshop::{
    build_as_tests, cargo, chapters, compile_tests_of, eject, is_tauri, root,
};

#[test]
fn the_first_the_sixth_and_the_last_with_tauri_build_and_run() {
    let first = App::start(build("ch01-window", "ejected-window"));
    assert!(first.close().success());

    let sixth = App::start(build("ch06-open-file", "ejected-app"));
    assert_eq!(sixth.windows()[0].title, "ejected-app");
    let page = sixth.page();
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    assert!(sixth.close().success());

    let mut chapters = chapters().expect("they can be read");
    chapters.retain(|chapter| is_tauri(chapter));
    let last = chapters.last().expect("part III has chapters");
    let tauri = App::start(build(last, "ejected-tauri"));
    let info = tauri.page().text("#info");
    assert!(info.starts_with("This app is using WebView (v"), "{info}");
    // It may have more than one.
    for window in tauri.windows() {
        tauri.close_window(&window.title);
    }
    assert!(tauri.wait_for_exit().success());

    // What is ejected has another `common`; ours still has its own.
    compile_tests_of("ch06-open-file").expect("it builds with its tests");
    let ours = Command::new(root().join("target/debug/ch06-open-file"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .expect("it starts");
    let said = String::from_utf8_lossy(&ours.stderr);
    assert!(said.contains("let `cargo x run` play it"), "{said}");
}

#[test]
fn the_first_on_the_library_builds_with_the_library_alone_and_runs() {
    let app = App::start(build("ch11-values", "ejected-library"));
    let library = root().join("target/tmp/eject/ejected-library/common/ipc");
    assert!(library.join("lib.rs").is_file());
    for left in ["examples", "tests", "fuzz"] {
        assert!(!library.join(left).exists(), "{left} comes along");
    }
    for window in app.windows() {
        app.close_window(&window.title);
    }
    assert!(app.wait_for_exit().success());
}

/// Ejects a chapter and builds it as its new owner would, except that what
/// both depend on is not compiled again: it is taken from the tests' build.
fn build(chapter: &str, name: &str) -> PathBuf {
    let target = root().join("target");
    let folder = target.join("tmp/eject").join(name);
    let parent = folder.parent().expect("it is below target");
    fs::create_dir_all(parent).expect("target can be written");
    // What an earlier run of this test has left.
    let _ = fs::remove_dir_all(&folder);
    eject(chapter, &folder).expect("it is ejected");
    // Its Cargo.lock is complete as it is.
    let locked = cargo(&["tree", "--quiet", "--locked", "--depth", "0"])
        .current_dir(&folder)
        .output()
        .expect("cargo starts");
    let said = String::from_utf8_lossy(&locked.stderr);
    assert!(locked.status.success(), "{said}");
    build_as_tests(chapter, &folder).expect("it is ours to change");
    let mut build = cargo(&["build", "--quiet", "--bins", "--tests"]);
    build.arg("--target-dir").arg(&target).current_dir(&folder);
    let built = build.output().expect("cargo starts");
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{said}");
    assert!(said.is_empty(), "it builds without a warning: {said}");
    target.join("debug").join(name)
}
