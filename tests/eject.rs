//! A chapter that is ejected is a program that works by itself.
#![cfg(target_os = "linux")]
use harness::App;
use std::fs;
use std::path::PathBuf;
use workshop::{cargo, eject, root};

#[test]
fn the_first_and_the_last_chapter_build_and_run() {
    let first = App::start(build("ch01-window", "ejected-window"));
    assert!(first.close().success());

    let last = App::start(build("ch06-open-file", "ejected-app"));
    let page = last.page();
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    assert!(last.close().success());
}

/// Ejects a chapter and builds it as its new owner would, except that what
/// both depend on is not compiled again.
fn build(chapter: &str, name: &str) -> PathBuf {
    let target = root().join("target");
    let folder = target.join("tmp/eject").join(name);
    let parent = folder.parent().expect("it is below target");
    fs::create_dir_all(parent).expect("target can be written");
    // What an earlier run of this test has left.
    let _ = fs::remove_dir_all(&folder);
    eject(chapter, &folder).expect("it is ejected");
    let mut build = cargo(&["build", "--quiet", "--locked"]);
    build.arg("--target-dir").arg(&target).current_dir(&folder);
    let built = build.output().expect("cargo starts");
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{said}");
    assert!(said.is_empty(), "it builds without a warning: {said}");
    target.join("debug").join(name)
}
