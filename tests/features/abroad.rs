//! What a page from elsewhere meets if it comes after all. In the chapter it
//! never does, so `tests/foreign` has a copy of it whose page may leave home.
use super::home::{a_link_is_refused, blob};
use crate::CHAPTER;
use harness::{App, Elsewhere, Page};
use std::fs;

/// The pipe comes along, and with Tauri its objects; what the preload makes
/// does not, nor the mark that says that it has run.
#[test]
#[ignore = "for a copy whose page may leave: cargo x prove"]
fn a_foreign_page_is_given_nothing() {
    let app = CHAPTER.start();
    let page = app.page();
    let _elsewhere = Elsewhere::replacing(&page);
    let apis = CHAPTER.apis.iter().map(|(name, _)| name);
    let others = CHAPTER.globals.iter().filter(|name| **name != "ipc");
    for name in apis.chain(others) {
        let given = page.run(&format!("return typeof window.{name}"));
        assert_eq!(given, "undefined", "{name}");
    }
}

/// WebKit asks whether it may go there before it asks for the download.
#[test]
#[ignore = "for a copy whose page may leave: cargo x prove"]
fn a_download_and_a_new_window_are_refused_by_themselves() {
    let app = CHAPTER.start();
    CHAPTER.pages(&app).iter().for_each(|page| saves_nothing(&app, page));
}

/// The page of one window can save nothing, and open no other.
pub fn saves_nothing(app: &App, page: &Page<'_>) {
    let windows = app.windows().len();
    let elsewhere = Elsewhere::start();
    let new = format!("{}/", elsewhere.origin());
    for (attribute, url, what) in [
        ("download=x.desktop", &blob(page), "download of"),
        ("download=y.txt", &"data:text/plain,y".into(), "download of"),
        ("target=_blank", &new, "new window for"),
    ] {
        a_link_is_refused(app, page, attribute, url, what);
    }
    assert_eq!(page.run("return location.origin"), CHAPTER.origin());
    assert_eq!(app.windows().len(), windows);
    let left = fs::read_dir(app.home()).expect("it is there").count();
    assert_eq!(left, 0, "something is saved in HOME");
}
