//! A page out of the program itself: what Tauri's protocol handler answers.
use crate::CHAPTER;
use harness::{App, Page};
use serde_json::json;
use std::panic;

#[test]
fn the_page_is_served_whatever_is_asked_for_with_its_style_and_policy() {
    let app = CHAPTER.start();
    let page = app.page();
    the_page_has_its_style_sheet(&page);
    the_policy_is_served_with_the_hash_of_our_script_added(&page);
    what_is_not_there_is_answered_with_the_page(&page);
}

fn the_page_has_its_style_sheet(page: &Page<'_>) {
    let style = page.run(
        "const { maxWidth, fontFamily } = getComputedStyle(document.body);
         return [document.styleSheets.length, maxWidth, fontFamily];",
    );
    let font = "\"DejaVu Sans\", system-ui, sans-serif";
    assert_eq!(style, json!([1, "640px", font]));
}

fn the_policy_is_served_with_the_hash_of_our_script_added(page: &Page<'_>) {
    let served = page.run(
        "const source = await (await fetch('/renderer.js')).arrayBuffer();
         const hash = await crypto.subtle.digest('SHA-256', source);
         const text = btoa(String.fromCharCode(...new Uint8Array(hash)));
         const policy = async (path) =>
           (await fetch(path)).headers.get('content-security-policy');
         const ours = (await policy('/'))
           .replace(`sha256-${text}`, 'sha256-of-renderer.js');
         return [ours.split('; ').sort(), await policy('/renderer.js')];",
    );
    let policy = [
        "base-uri 'none'",
        "connect-src 'self' ipc: http://ipc.localhost",
        "default-src 'self'",
        "form-action 'none'",
        "script-src 'self' 'self' 'sha256-of-renderer.js'",
    ];
    // A script has no policy of its own; ch02's server sends it all the same.
    assert_eq!(served, json!([policy, null]));
}

/// ch02 says 404 and 405 here.
fn what_is_not_there_is_answered_with_the_page(page: &Page<'_>) {
    for (method, path) in [
        ("GET", "/"),
        ("POST", "/"),
        ("GET", "/missing.html"),
        ("GET", "/missing.css"),
        ("GET", "/main.rs"),
        ("GET", "/preload.js"),
        ("GET", "/tauri.conf.json"),
        ("GET", "/gen/schemas/capabilities.json"),
        ("GET", "/%2e%2e%2fmain.rs"),
        ("GET", "/../../common/style.css"),
        ("GET", "//etc/passwd"),
    ] {
        let answer = page.run_with(
            "const [method, path] = arguments;
             const answer = await fetch(location.origin + path, { method });
             const text = await answer.text();
             return [answer.status, answer.headers.get('content-type'),
                     answer.headers.get('x-content-type-options'),
                     text.includes('<p id=\"info\"></p>')];",
            &[method.into(), path.into()],
        );
        let expected = json!([200, "text/html", null, true]);
        assert_eq!(answer, expected, "{method} {path}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let start = || {
        App::start_with(CHAPTER.program(), |program| {
            program.env("XDG_DATA_HOME", "/proc");
        })
    };
    let ended = panic::catch_unwind(start).err().expect("it does not start");
    let told = ended.downcast_ref::<String>().expect("a panic has a message");
    let line =
        format!("cannot make the folder /proc/tutorial.{}: ", CHAPTER.name());
    assert!(told.contains("exit status: 1"), "{told}");
    assert!(told.contains(&line), "{told}");
}
