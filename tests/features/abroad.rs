//! What a page from elsewhere meets if it comes after all. In the chapter it
//! never does, so `tests/foreign` has a copy of it whose page may leave home.
use crate::CHAPTER;
use harness::Elsewhere;
use serde_json::json;
use std::fs;

/// The pipe comes along, and with Tauri its objects; what the preload makes
/// does not, nor the mark that says that it has run.
#[test]
#[ignore = "for a copy whose page may leave: cargo x prove"]
fn a_foreign_page_is_given_nothing() {
    let app = CHAPTER.start();
    let page = app.page();
    let elsewhere = Elsewhere::start();
    page.open(elsewhere.origin());
    assert_eq!(page.run("return location.origin"), elsewhere.origin());
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
    let page = app.page();
    let elsewhere = Elsewhere::start();
    let blob =
        page.run("return URL.createObjectURL(new Blob(['[Desktop Entry]']));");
    let blob = blob.as_str().expect("a URL is a text").to_owned();
    let new = format!("{}/", elsewhere.origin());
    for (id, target, download, url, what) in [
        ("save", "", Some("x.desktop"), blob, "download of"),
        ("data", "", Some("y.txt"), "data:text/plain,y".into(), "download of"),
        ("new", "_blank", None, new, "new window for"),
    ] {
        page.run_with(
            "const [id, href, target, download] = arguments;
             const link = document.createElement('a');
             Object.assign(link, { id, href, target, textContent: id });
             if (download) link.download = download;
             document.body.prepend(link);",
            &[json!(id), json!(url), json!(target), json!(download)],
        );
        page.click(&format!("#{id}"));
        app.wait_for_line(&format!("[main] refused: {what} {url}"));
    }
    assert_eq!(page.run("return location.origin"), CHAPTER.origin());
    let windows = 1 + CHAPTER.other_windows.len();
    assert_eq!(app.windows().len(), windows);
    let left = fs::read_dir(app.home()).expect("it is there").count();
    assert_eq!(left, 0, "something is saved in HOME");
}
