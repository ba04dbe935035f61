//! ch10's page, on the library: the example `patterns`.
#![cfg(target_os = "linux")]
use harness::{App, Key};
use std::env;

/// It is built with the tests, in `target/debug/examples`.
fn start() -> App {
    let test = env::current_exe().expect("a running test is a file");
    let deps = test.parent().expect("a file is in a folder");
    App::start(deps.with_file_name("examples").join("patterns"))
}

#[test]
fn the_three_patterns_in_fifty_lines_do_what_ch10_does() {
    let app = start();
    let notes = app.file("notes.txt");
    let page = app.page();
    page.type_into("#title", "My notes");
    page.click("#title-form button");
    app.wait_for_title("My notes");
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    page.click("#btn");
    app.file_dialog().choose(&notes);
    let path = notes.to_str().expect("its name is plain");
    page.wait_for_text("#filePath", path);
    app.press(&(Key::Control + "u"));
    app.press(&(Key::Control + "u"));
    app.press(&(Key::Control + "d"));
    page.wait_for_text("#counter", "1");
    app.wait_for_line("[renderer → main] send counter-value [1]");
    assert!(app.close().success());
}
