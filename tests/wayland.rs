//! The chapters on Wayland, without any X display.
//!
//! Nobody can press a key or move a pointer there but WebDriver, in the pages.
//! So no window is closed here and no file is chosen: that is done on X.
#![cfg(target_os = "linux")]
use harness::{Page, Wayland};
use serde_json::json;
use std::sync::OnceLock;
use workshop::{chapters, compile_all_tests, root};

/// Starts a chapter, once all are built, and waits for its window.
#[track_caller]
fn start(chapter: &str) -> Wayland {
    static BUILT: OnceLock<()> = OnceLock::new();
    BUILT.get_or_init(|| {
        compile_all_tests().unwrap_or_else(|it| panic!("{}", it.message));
    });
    let app = Wayland::start(root().join("target/debug").join(chapter));
    app.wait_for_window(chapter);
    app
}

#[test]
fn every_chapter_is_started_here() {
    for chapter in chapters().unwrap() {
        let start = format!("start({chapter:?})");
        let has_test = include_str!("wayland.rs").contains(&start);
        assert!(has_test, "{chapter} has no test in tests/wayland.rs");
    }
}

#[test]
fn ch01_shows_its_window() {
    let app = start("ch01-window");
    app.wait_for_line("[main] ready");
}

#[test]
fn ch02_shows_its_page_and_what_its_link_leads_to() {
    let app = start("ch02-page");
    let page = app.page();
    assert_eq!(page.run("return [innerWidth, innerHeight]"), json!([800, 600]));
    page.wait_for_text("h1", "Hello from Rust!");
    page.click("#missing");
    page.wait_for_text("h1", "Not found");
}

#[test]
fn ch03_tells_the_versions() {
    let app = start("ch03-preload");
    versions(app.page());
}

#[test]
fn ch04_takes_a_title_and_prints_it() {
    let app = start("ch04-send");
    let page = app.page();
    page.type_into("#title", "Grüße");
    page.click("#title-form button");
    app.wait_for_line(r#"[renderer → main] send set-title ["Grüße"]"#);
    app.wait_for_window("Grüße");
}

#[test]
fn ch05_answers_a_ping_and_a_slow_question() {
    let app = start("ch05-invoke");
    let page = app.page();
    ping(page);
    page.click("#ask");
    page.wait_for_text("#answers li:nth-child(3)", "slow");
}

#[test]
fn ch06_answers_a_ping_while_its_dialog_is_open() {
    let app = start("ch06-open-file");
    dialog(&app);
}

#[test]
fn ch07_tells_the_versions() {
    let app = start("ch07-tauri-preload");
    versions(app.page());
}

#[test]
fn ch08_answers_a_ping_while_its_dialog_is_open() {
    let app = start("ch08-tauri-invoke");
    dialog(&app);
}

#[test]
fn ch09_tells_the_second_window_what_the_first_has_done() {
    let app = start("ch09-tauri-capabilities");
    app.wait_for_window("The second window");
    // Where a window is, nobody can say here; Tauri knows its name.
    let page_of = |label: &str| {
        let metadata = "window.__TAURI_INTERNALS__.metadata";
        app.page_where(&format!("{metadata}.currentWindow.label === '{label}'"))
    };
    let (first, second) = (page_of("first"), page_of("second"));
    ping(first);
    ping(second);
    second.click("#follow");
    first.click("#work");
    first.wait_for_text("#outcome", "Done");
    second.wait_for_text("#news", "Its work: Done");
}

#[test]
fn ch10_answers_a_ping_while_its_dialog_is_open() {
    let app = start("ch10-context-bridge");
    dialog(&app);
    app.page().run("electronAPI.counterValue(7)");
    app.wait_for_line("[renderer → main] send counter-value [7]");
}

#[test]
fn ch11_reads_a_note_and_says_what_is_wrong_with_another() {
    let app = start("ch11-values");
    let page = app.page();
    versions(page);
    page.click("#note");
    app.wait_for_line("[main] adds \"Milk\" with 0 bytes");
    page.click("#wrong");
    let why = "argument 1, .written: expected a Date, found a string";
    page.wait_for_text("#answer", &format!("TypeError: {why}"));
}

#[test]
fn ch12_lives_after_an_attack() {
    let app = start("ch12-errors");
    let page = app.page();
    page.click("#attack");
    page.wait_for_text("#answer", "sent");
    ping(page);
}

#[test]
fn ch13_is_told_how_far_a_thread_is() {
    let app = start("ch13-push");
    let page = app.page();
    versions(page);
    page.click("#copy");
    page.wait_for_text("#done", "4 files are copied");
    page.wait_for_text("#progress", "100 %");
}

#[test]
fn ch14_is_welcomed_by_each_document() {
    let app = start("ch14-reload");
    let page = app.page();
    versions(page);
    page.wait_for_text("#welcome", "Welcome!");
    page.wait_for_text("#documents", "document 1");
    page.click("#reload");
    page.wait_for_text("#welcome", "Welcome back!");
    page.wait_for_text("#documents", "document 2");
}

#[test]
fn ch15_opens_a_note_that_hears_the_main_window() {
    let app = start("ch15-windows");
    let main = app.page();
    versions(main);
    main.click("#new");
    app.wait_for_line("[main → renderer 2] reply #1 \"\"");
    main.type_into("#message", "hello");
    main.click("#send button");
    let note = app.page_where("typeof note === 'object'");
    note.wait_for_text("#heard", "ch15-windows: hello");
}

/// The page fills in what the preload was given.
#[track_caller]
fn versions(page: Page<'_>) {
    let info = page.text("#info");
    assert!(info.starts_with("This app is using WebView (v"), "{info}");
}

#[track_caller]
fn ping(page: Page<'_>) {
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
}

/// The system's dialog belongs to no window, so the page can be used.
#[track_caller]
fn dialog(app: &Wayland) {
    let page = app.page();
    page.click("#btn");
    assert!(!app.has_parent("Open File"));
    ping(page);
    page.click("#btn");
    page.wait_for_text("#filePath", "A file dialog is open already");
}
