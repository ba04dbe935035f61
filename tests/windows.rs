//! The harness with a program that has several windows.
#![cfg(target_os = "linux")]
use harness::{App, Page, Window};

fn start(titles: &[&str]) -> App {
    App::start_with(env!("CARGO_BIN_EXE_windows"), |it| {
        it.args(titles);
    })
}

/// Asserts, in turns, that these are the pages in the windows one and other.
#[track_caller]
fn assert_apart(one: Page<'_>, other: Page<'_>) {
    for _ in 0..3 {
        assert_eq!(one.run("return window.own"), "one");
        assert_eq!(other.run("return window.own"), "other");
    }
}

#[test]
fn each_page_is_found_by_the_title_of_its_window() {
    let app = start(&["one", "other"]);
    let (other, one) = (app.page_of("other"), app.page_of("one"));
    assert_apart(one, other);
    other.click("#p");
    one.wait_for_text("#p", "A page");
}

#[test]
fn a_window_that_opens_later_has_a_page_of_its_own() {
    let app = start(&["one"]);
    let one = app.page();
    one.run("document.title = 'other'");
    assert_apart(one, app.page_of("other"));
}

#[test]
fn the_main_window_is_the_one_that_is_named() {
    for title in ["one", "other"] {
        let app = start(&["one", "other"]).with_main(title);
        let own = app.page().run("return window.own");
        assert_eq!((app.window().title, own), (title.into(), title.into()));
    }
}

#[test]
fn a_window_is_closed_and_the_program_goes_on() {
    let app = start(&["one", "other"]).with_main("one");
    app.wait_for_window("other");
    assert_eq!(app.windows().len(), 2);
    app.close_window("other");
    app.wait_until("one window less", || app.windows().len() == 1);
    let left = Window { title: "one".into(), width: 500, height: 300 };
    assert_eq!(app.windows(), [left]);
    assert!(!app.has_dialog());
    assert_eq!(app.page().run("return window.own"), "one");
    assert!(app.close().success());
}
