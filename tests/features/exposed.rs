//! What the page is given is true, stays as it is, and there is no more of it.
use crate::CHAPTER;
use harness::Page;
use serde_json::json;
use std::process::Command;

const REFUSED: [&str; 3] = ["TypeError"; 3];

#[test]
fn what_is_exposed_is_true_and_all_there_is_and_stays_so() {
    let app = CHAPTER.start();
    let page = app.page();
    the_versions_are_true(&page);
    for (name, keys) in CHAPTER.apis {
        what_is_exposed_cannot_be_changed(&page, name, keys);
    }
    let apis = CHAPTER.apis.iter().map(|(name, _)| name);
    for name in apis.chain(CHAPTER.globals) {
        no_global_can_be_replaced_or_removed(&page, name);
    }
    there_is_no_other_global(&page);
}

fn the_versions_are_true(page: &Page<'_>) {
    let installed = Command::new("pkg-config")
        .args(["--modversion", "webkit2gtk-4.1"])
        .output()
        .expect("pkg-config is installed");
    let webview = String::from_utf8_lossy(&installed.stdout);
    // The versions of wry and tao are held to Cargo.lock in `common`.
    let info = format!(
        "This app is using WebView (v{}), wry (v{}), and tao (v{})",
        webview.trim(),
        common::versions::WRY,
        common::versions::TAO,
    );
    assert_eq!(page.text("#info"), info);
}

fn what_is_exposed_cannot_be_changed(
    page: &Page<'_>,
    name: &str,
    keys: &[&str],
) {
    let seen = page.run_with(
        "'use strict';
         const api = window[arguments[0]];
         const [first] = Object.keys(api);
         const refused = [
           () => { api[first] = () => 'forged'; },
           () => { api.more = 1; },
           () => { delete api[first]; },
         ].map((attempt) => {
           try { attempt(); return 'nothing'; }
           catch (error) { return error.name; }
         });
         return [refused, Object.keys(api)];",
        &[name.into()],
    );
    assert_eq!(seen, json!([REFUSED, keys]), "{name}");
}

fn no_global_can_be_replaced_or_removed(page: &Page<'_>, name: &str) {
    let seen = page.run_with(
        "'use strict';
         const [name] = arguments;
         const { [name]: before } = window;
         const refused = [
           () => { window[name] = {}; },
           () => { delete window[name]; },
           () => { Object.defineProperty(window, name, { value: 1 }); },
         ].map((attempt) => {
           try { attempt(); return 'nothing'; }
           catch (error) { return error.name; }
         });
         return [refused, window[name] === before];",
        &[name.into()],
    );
    assert_eq!(seen, json!([REFUSED, true]), "{name}");
}

/// Where there are more, or fewer, a page of the book has to say so.
fn there_is_no_other_global(page: &Page<'_>) {
    let names = page.run(
        "const frame = document.createElement('iframe');
         document.body.append(frame);
         const usual = Object.getOwnPropertyNames(frame.contentWindow);
         frame.remove();
         return Object.getOwnPropertyNames(window)
           .filter((name) => !usual.includes(name) && !/^\\d+$/.test(name))
           .sort();",
    );
    assert_eq!(names, json!(CHAPTER.all_globals()));
}
