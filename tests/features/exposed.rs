//! What the page is given is true, stays as it is, and there is no more of it.
use super::guard::a_frame_or_a_document_opened_anew_is_given_nothing;
use crate::CHAPTER;
use harness::Page;
use serde_json::{Value, json};
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
    a_frame_or_a_document_opened_anew_is_given_nothing(&page);
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
    let changes = "[() => { it[Object.keys(it)[0]] = () => 'forged'; },
                    () => { it.more = 1; },
                    () => { delete it[Object.keys(it)[0]]; }]";
    let kept = refuses(page, name, changes);
    assert_eq!(kept, json!([REFUSED, keys, true]), "{name}");
}

fn no_global_can_be_replaced_or_removed(page: &Page<'_>, name: &str) {
    let changes = "[() => { window[name] = {}; },
                    () => { delete window[name]; },
                    () => { Object.defineProperty(window, name, { value: 1 }); }]";
    let kept = refuses(page, name, changes);
    assert_eq!((&kept[0], &kept[2]), (&json!(REFUSED), &json!(true)), "{name}");
}

/// What each change of a global, `it`, ends with, and what is there then: the
/// keys of it, and whether it is still the same.
fn refuses(page: &Page<'_>, name: &str, changes: &str) -> Value {
    let script = format!(
        "'use strict';
         const [name] = arguments;
         const {{ [name]: it }} = window;
         const refused = {changes}.map((change) => {{
           try {{ change(); return 'nothing'; }}
           catch (error) {{ return error.name; }}
         }});
         return [refused, Object.keys(it), window[name] === it];"
    );
    page.run_with(&script, &[name.into()])
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
