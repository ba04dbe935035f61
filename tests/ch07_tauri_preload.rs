//! ch07-tauri-preload as its user meets it.
#![cfg(target_os = "linux")]
use harness::{App, Elsewhere, Page};
use serde_json::{Value, json};
use std::process::Command;

const CHAPTER: &str = env!("CARGO_BIN_EXE_ch07-tauri-preload");

#[test]
fn plays_as_the_book_shows() {
    let app = App::start(CHAPTER);
    app.page();
    app.picture("ch07-tauri-preload");
    app.snapshot_window("ch07_tauri_preload_window");
    assert!(app.close().success());
    app.snapshot_output("ch07_tauri_preload");
}

#[test]
fn the_page_and_its_preload_are_those_of_ch03_byte_for_byte() {
    macro_rules! file {
        ($chapter:literal, $name:literal) => {
            include_bytes!(concat!("../chapters/", $chapter, "/", $name))
        };
    }
    macro_rules! same {
        ($($name:literal)*) => { $(
            let [here, there] = [
                &file!("ch07-tauri-preload", $name)[..],
                &file!("ch03-preload", $name)[..],
            ];
            assert_eq!(here.escape_ascii().to_string(),
                       there.escape_ascii().to_string(), $name);
        )* };
    }
    same!("index.html" "renderer.js" "preload.js");
}

#[test]
fn the_versions_are_true() {
    let app = App::start(CHAPTER);
    let installed = Command::new("pkg-config")
        .args(["--modversion", "webkit2gtk-4.1"])
        .output()
        .unwrap();
    let webview = String::from_utf8(installed.stdout).unwrap();
    // The versions of wry and tao are held to Cargo.lock in `common`.
    let info = format!(
        "This app is using WebView (v{}), wry (v{}), and tao (v{})",
        webview.trim(),
        common::versions::WRY,
        common::versions::TAO,
    );
    assert_eq!(app.page().text("#info"), info);
}

#[test]
fn what_is_exposed_cannot_be_replaced_removed_or_changed() {
    let app = App::start(CHAPTER);
    let survived = app.page().run(
        "'use strict';
         const { versions } = window;
         const refused = [
           () => { window.versions = {}; },
           () => { delete window.versions; },
           () => { Object.defineProperty(window, 'versions', { value: 1 }); },
           () => { versions.wry = () => 'forged'; },
           () => { versions.more = 1; },
           () => { delete versions.wry; },
         ].map((attempt) => {
           try { attempt(); return 'nothing'; }
           catch (error) { return error.name; }
         });
         return [refused, window.versions === versions, Object.keys(versions)];",
    );
    let refused = ["TypeError"; 6];
    assert_eq!(survived, json!([refused, true, ["webview", "wry", "tao"]]));
}

/// Tauri's own object comes along to the page elsewhere; ours does not.
#[test]
fn only_the_top_frame_of_our_own_page_gets_it() {
    let app = App::start(CHAPTER);
    let page = app.page();
    let in_frames = page.run(
        "const types = [];
         for (const src of ['about:blank', '/']) {
           const frame = document.createElement('iframe');
           const loaded = new Promise((done) => { frame.onload = done; });
           frame.src = src;
           document.body.append(frame);
           await loaded;
           const { versions, __TAURI_INTERNALS__ } = frame.contentWindow;
           types.push([typeof versions, typeof __TAURI_INTERNALS__]);
         }
         return types;",
    );
    let nothing = ["undefined", "undefined"];
    assert_eq!(in_frames, json!([nothing, nothing]));

    let elsewhere = Elsewhere::start();
    page.open(elsewhere.origin());
    assert_eq!(page.run("return location.origin"), elsewhere.origin());
    let given =
        page.run("return [typeof window.versions, typeof __TAURI_INTERNALS__]");
    assert_eq!(given, json!(["undefined", "object"]));
    let listen = "event.listen not allowed. Permissions associated with this \
                  command: core:event:allow-listen, core:event:default";
    assert_eq!(invoke(page, "ping"), "ping not allowed. Plugin not found");
    assert_eq!(invoke(page, "plugin:event|listen"), listen);
}

/// The preload runs again for it, in a window whose page may have put
/// functions of its own in place of the ones that the preload calls.
#[test]
fn a_document_opened_anew_keeps_what_was_exposed_and_is_given_nothing() {
    let app = App::start(CHAPTER);
    let kept = app.page().run(
        "const { versions } = window;
         const seen = [];
         Object.freeze = (api) => seen.push(api);
         document.open();
         document.write('<p>new');
         document.close();
         const ours = seen.filter((api) => Object.hasOwn(api, 'wry'));
         return [window.versions === versions, ours.length];",
    );
    assert_eq!(kept, json!([true, 0]));
}

#[test]
fn beside_ours_tauri_leaves_five_globals() {
    let app = App::start(CHAPTER);
    let names = app.page().run(
        "const frame = document.createElement('iframe');
         document.body.append(frame);
         const usual = Object.getOwnPropertyNames(frame.contentWindow);
         return Object.getOwnPropertyNames(window)
           .filter((name) => !usual.includes(name) && !/^\\d+$/.test(name))
           .sort();",
    );
    let given = [
        "__TAURI_EVENT_PLUGIN_INTERNALS__",
        "__TAURI_INTERNALS__",
        "__internal_unstable_listeners_function_id__",
        "ipc",
        "isTauri",
        "versions",
    ];
    assert_eq!(names, json!(given));
}

#[test]
fn a_call_through_tauris_own_object_is_refused() {
    let app = App::start(CHAPTER);
    let page = app.page();
    assert_eq!(invoke(page, "ping"), "Command ping not found");
    for (command, permission) in [
        ("event|listen", "core:event:allow-listen, core:event:default"),
        ("event|emit", "core:event:allow-emit, core:event:default"),
        ("app|version", "core:app:allow-version, core:app:default"),
        ("webview|create_webview", "core:webview:allow-create-webview"),
        ("window|set_title", "core:window:allow-set-title"),
    ] {
        let name = command.replace('|', ".");
        let why = format!(
            "{name} not allowed. Permissions associated with this command: \
             {permission}"
        );
        assert_eq!(invoke(page, &format!("plugin:{command}")), why);
    }
}

/// Without `connect-src` Tauri would answer as well, by its other way.
#[test]
fn a_call_meets_no_refusal_of_the_policy_on_its_way() {
    let app = App::start(CHAPTER);
    let page = app.page();
    page.run(
        "window.refused = [];
         addEventListener('securitypolicyviolation',
           ({ effectiveDirective, blockedURI }) =>
             refused.push(`${effectiveDirective} ${blockedURI}`));",
    );
    assert_eq!(invoke(page, "ping"), "Command ping not found");
    // It does meet a call to somebody else, so it would have met that one.
    page.run("await fetch('elsewhere:').catch(() => 0)");
    page.wait_until("refused.length");
    let refused = page.run("return refused");
    assert_eq!(refused, json!(["connect-src elsewhere"]));
}

#[test]
fn the_page_runs_no_script_but_its_own_files() {
    let app = App::start(CHAPTER);
    let ran = app.page().run(
        "const script = document.createElement('script');
         script.textContent = 'window.inline = true';
         document.body.append(script);
         document.body.setAttribute('onclick', 'window.handler = true');
         document.body.click();
         let evaluated = true;
         try { window.eval('1'); } catch { evaluated = false; }
         return [window.inline ?? false, window.handler ?? false, evaluated];",
    );
    assert_eq!(ran, json!([false, false, false]));
}

#[test]
fn the_page_has_its_style_sheet() {
    let app = App::start(CHAPTER);
    let style = app.page().run(
        "const { maxWidth, fontFamily } = getComputedStyle(document.body);
         return [document.styleSheets.length, maxWidth, fontFamily];",
    );
    let font = "\"DejaVu Sans\", system-ui, sans-serif";
    assert_eq!(style, json!([1, "640px", font]));
}

#[test]
fn nothing_is_asked_for_or_sent_elsewhere() {
    let app = App::start(CHAPTER);
    let page = app.page();
    let elsewhere = Elsewhere::start();
    let done = page.run_with(
        "const [elsewhere] = arguments;
         const refused = [];
         addEventListener('securitypolicyviolation', (event) =>
           refused.push(event.effectiveDirective));
         const until = async (count) => {
           while (refused.length < count)
             await new Promise((done) => setTimeout(done, 10));
         };
         const add = (name, attributes) => {
           const element = document.createElement(name);
           document.body.append(Object.assign(element, attributes));
           return element;
         };
         await fetch(`${elsewhere}/fetch`).catch(() => 0);
         await until(1);
         add('img', { src: `${elsewhere}/image` });
         await until(2);
         add('script', { src: `${elsewhere}/script` });
         await until(3);
         add('iframe', { src: `${elsewhere}/frame` });
         await until(4);
         add('form', { action: `${elsewhere}/form`, method: 'post' }).submit();
         await until(5);
         add('base', { href: elsewhere });
         await until(6);
         return refused;",
        &[elsewhere.origin().into()],
    );
    let refused = [
        "connect-src",
        "img-src",
        "script-src-elem",
        "frame-src",
        "form-action",
        "base-uri",
    ];
    assert_eq!(done, json!(refused));
    // A page may be left for another, whatever its policy; this request is
    // the first that arrives there.
    page.run_with(
        "location = arguments[0]",
        &[format!("{}/left", elsewhere.origin()).into()],
    );
    assert_eq!(elsewhere.request(), "GET /left HTTP/1.1");
}

#[test]
fn the_policy_is_served_with_the_hash_of_our_script_added() {
    let app = App::start(CHAPTER);
    let served = app.page().run(
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
#[test]
fn what_is_not_there_is_answered_with_the_page() {
    let app = App::start(CHAPTER);
    let page = app.page();
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
             const url = `tauri://localhost${path}`;
             const answer = await fetch(url, { method });
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
fn without_a_display_it_says_so_in_one_line() {
    let run = Command::new(CHAPTER)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1));
    let line = "Error: no display answers (DISPLAY or WAYLAND_DISPLAY). Run this \
                on a desktop, or let `cargo x run` play it on a virtual \
                display.\n";
    assert_eq!(said, line);
}

/// What a call through Tauri's own object is refused with.
#[track_caller]
fn invoke(page: Page<'_>, command: &str) -> Value {
    page.run_with(
        "const [command] = arguments;
         return window.__TAURI_INTERNALS__.invoke(command).then(
           (answer) => ['answered', answer], (why) => why);",
        &[command.into()],
    )
}
