//! Preloads and pages as others write them for Electron, in ch10 and in the same
//! app on the library: the files in `tests/preloads` take the place of the
//! chapter's own, without a change.
#![cfg(target_os = "linux")]
use harness::{App, Key, Page};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;
use workshop::{WorkingCopy, build_all, root};

const ALL: [&str; 6] =
    ["counter", "fs", "open-file", "quick-start", "set-title", "whole"];

/// Whose main it is that they run on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Main {
    Ch10,
    /// `common/ipc/examples/patterns.rs`
    Library,
}
const MAINS: [Main; 2] = [Main::Ch10, Main::Library];

/// Starts a program with these page files, once all copies are built.
#[track_caller]
fn start(main: Main, name: &str) -> App {
    static BUILT: OnceLock<BTreeMap<(Main, &str), PathBuf>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let all = MAINS.map(|main| ALL.map(|name| (main, name)));
        let copies = all.concat().into_iter().map(|it| (it, copy(it.0, it.1)));
        let (names, copies): (Vec<_>, Vec<_>) = copies.unzip();
        let programs = build_all(&copies.iter().collect::<Vec<_>>());
        let programs = programs.into_iter().map(|it| {
            it.unwrap_or_else(|failure| panic!("{}", failure.message))
        });
        names.into_iter().zip(programs).collect()
    });
    App::start(&built[&(main, name)])
}

fn copy(main: Main, name: &str) -> WorkingCopy {
    let (chapter, label) = match main {
        Main::Ch10 => ("ch10-context-bridge", format!("preload-{name}")),
        Main::Library => ("ch11-values", format!("preload-{name}")),
    };
    let mut copy = WorkingCopy::of(chapter, &label)
        .unwrap_or_else(|failure| panic!("{}", failure.message));
    if main == Main::Library {
        let example = read("common/ipc/examples/patterns.rs");
        let ch10 = "../../../chapters/ch10-context-bridge/";
        copy.put("main.rs", example.replace(ch10, ""));
        let manifest = copy.file("Cargo.toml").expect("it has one");
        let features = ["[\"webview\"]", "[\"dialog\", \"menu\"]"];
        copy.put("Cargo.toml", manifest.replace(features[0], features[1]));
    }
    for file in ["preload.js", "renderer.js", "index.html"] {
        copy.put(file, read(&format!("tests/preloads/{name}/{file}")));
    }
    copy
}

fn read(file: &str) -> String {
    let text = std::fs::read_to_string(root().join(file));
    text.unwrap_or_else(|why| panic!("{file}: {why}"))
}

#[test]
fn every_folder_is_tried() {
    let entries = std::fs::read_dir(root().join("tests/preloads")).unwrap();
    let mut names: Vec<_> = entries.map(|it| it.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ALL);
}

#[test]
fn a_first_app_fills_in_the_versions_and_the_page_has_no_process() {
    for main in MAINS {
        let app = start(main, "quick-start");
        let page = app.page();
        page.wait_for_text("#wry-version", common::versions::WRY);
        page.wait_for_text("#tao-version", common::versions::TAO);
        assert_ne!(page.text("#webview-version"), "");
        // Its `textContent` was set to undefined, which is no text.
        page.wait_for_text("#chrome-version", "");
        assert_eq!(page.run("return document.body.dataset.ran"), "undefined");
    }
}

#[test]
fn pattern_1_sets_the_title_from_a_compiled_preload() {
    for main in MAINS {
        let app = start(main, "set-title");
        let page = app.page();
        page.type_into("#title", "By another's page");
        page.click("#set");
        app.wait_for_title("By another's page");
    }
}

#[test]
fn pattern_2_opens_a_file() {
    for main in MAINS {
        let app = start(main, "open-file");
        let notes = app.file("notes.txt");
        let page = app.page();
        page.click("#open");
        app.file_dialog().choose(&notes);
        page.wait_for_text("#path", notes.to_str().expect("its name is plain"));
    }
}

#[test]
fn pattern_3_is_driven_by_the_menu_until_the_page_wants_no_more() {
    for main in MAINS {
        let app = start(main, "counter");
        let page = app.page();
        for count in ["8", "9"] {
            app.press(&(Key::Control + "u"));
            page.wait_for_text("#counter", count);
            app.wait_for_line(&format!(
                "[renderer → main] send counter-value [{count}]"
            ));
        }
        page.click("#stop");
        let sends = || app.output().matches("send update-counter").count();
        app.press(&(Key::Control + "u"));
        app.wait_until("the third message", || sends() == 3);
        assert_eq!(page.text("#counter"), "9");
    }
}

#[test]
fn what_is_not_there_is_refused_by_its_name_and_what_is_there_is_found() {
    let app = start(Main::Ch10, "whole");
    let page = app.page();
    for (asked, name) in [
        ("require('fs')", "require('fs')"),
        ("require('node:path')", "require('node:path')"),
        ("require('electron/main')", "require('electron/main')"),
        ("require('./other.js')", "require('./other.js')"),
        ("require()", "require('undefined')"),
        ("require.main", "require.main"),
        ("require.resolve('electron')", "require.resolve"),
        ("process.platform", "process.platform"),
        ("process.env.HOME", "process.env"),
        ("process.argv", "process.argv"),
        ("process.once('loaded', () => 0)", "process.once"),
        ("electron.webFrame", "electron.webFrame"),
        ("electron.shell.openExternal('')", "electron.shell"),
        ("electron.clipboard", "electron.clipboard"),
        ("electron.ipcMain", "electron.ipcMain"),
        ("ipcRenderer.sendSync('a')", "ipcRenderer.sendSync"),
        ("ipcRenderer.sendToHost('a')", "ipcRenderer.sendToHost"),
        ("ipcRenderer.postMessage('a')", "ipcRenderer.postMessage"),
        ("ipcRenderer.addListener('a')", "ipcRenderer.addListener"),
        (
            "contextBridge.exposeInIsolatedWorld(1)",
            "contextBridge.exposeInIsolatedWorld",
        ),
    ] {
        let error = format!(
            "Error: {name} is not here: ask main for it by ipcRenderer.invoke"
        );
        assert_eq!(ask(&page, asked), error);
    }
    for (asked, answer) in [
        ("process.versions.node", "undefined"),
        ("Object.keys(process.versions).sort().join()", "tao,webview,wry"),
        ("typeof process.versions.wry", "string"),
        ("delete process.versions.wry", WRITE),
        ("require('electron') === require('electron/renderer')", "true"),
        ("Object.keys(electron).join()", "contextBridge,ipcRenderer"),
        ("`${ipcRenderer}`", "[object Object]"),
        ("JSON.stringify(process).slice(0, 12)", "{\"versions\":"),
        (
            "contextBridge.exposeInMainWorld('found', {})",
            "Error: window.found is there already",
        ),
        (
            "contextBridge.exposeInMainWorld('fetch', {})",
            "Error: window.fetch is there already",
        ),
        ("contextBridge.exposeInMainWorld('answer', 42), answer", "42"),
    ] {
        assert_eq!(ask(&page, asked), answer, "{asked}");
    }
    // A promise may be given any of them.
    let kept =
        "return await found.process.then, (await found.process).versions";
    let versions = page.run(kept);
    assert_eq!(versions["wry"], json!(common::versions::WRY));
}

const WRITE: &str = "TypeError: Unable to delete property.";

/// What an expression comes to, in words, or the error that it throws.
fn ask(page: &Page<'_>, expression: &str) -> serde_json::Value {
    page.run(&format!(
        "'use strict';
         const {{ require, process }} = found;
         const electron = require('electron');
         const {{ contextBridge, ipcRenderer }} = electron;
         try {{ return String(({expression})); }}
         catch (error) {{ return `${{error.name}}: ${{error.message}}`; }}"
    ))
}

#[test]
fn a_preload_that_fails_says_why_in_mains_output() {
    for main in MAINS {
        let app = start(main, "fs");
        let why = "Error: require('fs') is not here: ask main for it by \
                   ipcRenderer.invoke";
        app.wait_for_line(&format!(
            "[renderer → main] send preload-error [\"{why}\"]"
        ));
        let exposed = app.page().run("return [typeof before, typeof files]");
        assert_eq!(exposed, json!(["object", "undefined"]));
    }
}
