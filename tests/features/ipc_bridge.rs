//! What `contextBridge` gives the page: copies that stay as they are, whose
//! calls say what the preload wrote.
use super::ipc_reload::an_answer_for_a_page_that_is_left_is_for_nobody;
use crate::CHAPTER;
use harness::Page;
use serde_json::json;

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $name))
    };
}

/// They would run in Electron as they are. One page alone, ch12's, reaches for
/// WebKit's own pipe: it attacks.
#[test]
fn the_page_files_name_nothing_of_ours() {
    let preload = file!("preload.js");
    let page = [file!("renderer.js"), file!("index.html")].concat();
    for name in CHAPTER.globals.iter().chain(&["given", "webkit"]) {
        assert!(!preload.contains(name), "the preload: {name}");
        let attacks = CHAPTER.name() == "ch12-errors" && *name == "webkit";
        assert_eq!(page.contains(name), attacks, "the page: {name}");
    }
}

#[test]
fn a_page_has_copies_that_stay_as_they_are_and_its_own_answers() {
    let app = CHAPTER.start();
    let page = app.page();
    an_answer_for_a_page_that_is_left_is_for_nobody(&app, &page);
    for (api, keys) in CHAPTER.apis {
        what_is_exposed_takes_nothing_of_the_pages(&page, api, keys);
    }
    a_page_that_replaces_stringify_sends_what_it_sent(&page);
    assert!(CHAPTER.close(&app).success());
    assert_eq!(app.errors(), "");
}

/// An object that is the preload's would be its page's as well: each function
/// is one made for the page, and frozen as the object is.
fn what_is_exposed_takes_nothing_of_the_pages(
    page: &Page<'_>,
    api: &str,
    keys: &[&str],
) {
    let seen = page.run_with(
        "'use strict';
         const [name] = arguments;
         const { [name]: api } = window;
         return Object.values(api).map((it) => {
           let kept = 'kept';
           try { it.by = 'the page'; } catch (why) { kept = why.name; }
           return [kept, Object.keys(it), typeof it,
             Object.getPrototypeOf(it) === Function.prototype];
         });",
        &[api.into()],
    );
    let each = json!(["TypeError", [], "function", true]);
    assert_eq!(seen, json!(vec![each; keys.len()]), "{api}");
}

/// Page and preload are in one world. What the preload needs of it, it took
/// before the page came.
fn a_page_that_replaces_stringify_sends_what_it_sent(page: &Page<'_>) {
    let call = CHAPTER.call;
    let seen = page.run(&format!(
        "const first = await {call};
         const {{ stringify }} = JSON;
         JSON.stringify = () => '\"forged\"';
         const second = await {call}.catch(String);
         JSON.stringify = stringify;
         return [second === first, second];",
    ));
    assert_eq!(seen[0], true, "{seen}");
}
