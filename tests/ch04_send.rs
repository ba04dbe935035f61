//! ch04-send as its user meets it.
#![cfg(target_os = "linux")]
use harness::{App, Chapter, Elsewhere, Key, Page, VERSIONS};

/// What it has; `tests/features` says how that is tried.
mod features {
    mod abroad;
    mod exposed;
    mod files;
    mod flat;
    mod guard;
    mod home;
    mod idle;
    mod lifecycle;
    mod messages;
    mod policy;
    mod title;
}

const CHAPTER: Chapter = Chapter {
    apis: &[VERSIONS, ("electronAPI", &["setTitle"])],
    globals: &["__preloaded", "ipc"],
    call: "electronAPI.setTitle('A')",
    ..Chapter::new(env!("CARGO_BIN_EXE_ch04-send"))
};

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    let page = app.page();
    page.type_into("#title", "Hello from the page");
    page.click("#title-form button");
    app.wait_for_title("Hello from the page");
    app.picture("ch04-send");
    app.snapshot_window("ch04_send_window");
    assert!(app.close().success());
    app.snapshot_output("ch04_send");
}

/// What ch03's page tells: the preload is what a page is given, and main's
/// checks are the boundary.
#[test]
fn a_script_reaches_the_pipe_past_the_preload() {
    let app = CHAPTER.start();
    let page = app.page();
    post(&page, r#"["set-title",["past the preload"]]"#);
    app.wait_for_title("past the preload");
    post(&page, r#"["format-disk",[]]"#);
    post(&page, r#"["set-title",[{"not":"text"}]]"#);
    app.wait_for_lines(6);
    assert!(app.close().success());
    app.snapshot_output("ch04_send_past_the_preload");
}

/// Main cannot tell whose message it is: so the page stays at home.
#[test]
#[ignore = "for a copy whose page may leave: cargo x prove"]
fn a_foreign_page_could_set_the_title() {
    let app = CHAPTER.start();
    let page = app.page();
    let _elsewhere = Elsewhere::replacing(&page);
    post(&page, r#"["set-title",["set from elsewhere"]]"#);
    app.wait_for_title("set from elsewhere");
}

#[test]
fn a_title_is_sent_by_enter_too_and_bad_input_changes_nothing() {
    let app = CHAPTER.start();
    let page = app.page();
    bad_input_is_one_line_and_changes_nothing(&app, &page);
    enter_in_the_field_sends_as_the_button_does(&app, &page);
}

fn bad_input_is_one_line_and_changes_nothing(app: &App, page: &Page<'_>) {
    for (script, line) in [
        (
            "ipc.postMessage('not JSON')",
            "refused: expected ident at line 1 column 2: not JSON",
        ),
        (
            "ipc.postMessage('')",
            "refused: EOF while parsing a value at line 1 column 0: ",
        ),
        (
            "ipc.postMessage({ channel: 'set-title' })",
            "refused: expected value at line 1 column 2: [object Object]",
        ),
        (
            "ipc.postMessage(42)",
            "refused: invalid type: integer `42`, expected a tuple of size 2 \
             at line 1 column 2: 42",
        ),
        (
            "ipc.postMessage(undefined)",
            "refused: expected value at line 1 column 1: undefined",
        ),
        (
            "ipc.postMessage('[\"set-title\",[\"x\"],3]')",
            "refused: trailing characters at line 1 column 20: \
             [\"set-title\",[\"x\"],3]",
        ),
        (
            "ipc.postMessage('[7,[\"x\"]]')",
            "refused: invalid type: integer `7`, expected a string \
             at line 1 column 2: [7,[\"x\"]]",
        ),
        (
            "ipc.postMessage('[\"nobody\",[]]')",
            "refused: No listener registered for 'nobody'",
        ),
        (
            "electronAPI.setTitle(7)",
            "refused: invalid type: integer `7`, expected a string \
             at line 1 column 2",
        ),
        (
            "electronAPI.setTitle()",
            "refused: invalid type: null, expected a string \
             at line 1 column 5",
        ),
        (
            "ipc.postMessage('[\"set-title\",[]]')",
            "refused: invalid length 0, expected a tuple of size 1 \
             at line 1 column 2",
        ),
        (
            "electronAPI.setTitle('a\\0b')",
            "refused: at most 100 characters, and no control characters",
        ),
        (
            "electronAPI.setTitle('\\ud800')",
            "refused: unexpected end of hex escape \
             at line 1 column 9",
        ),
    ] {
        let before = refusals(app).len();
        page.run(script);
        app.wait_until("it is refused", || refusals(app).len() > before);
        assert_eq!(refusals(app)[before], format!("[main] {line}"), "{script}");
    }
    assert_eq!(app.window().title, "ch04-send");
    page.run("electronAPI.setTitle('alive')");
    app.wait_for_title("alive");
}

fn enter_in_the_field_sends_as_the_button_does(app: &App, page: &Page<'_>) {
    page.type_into("#title", &("Typed".to_owned() + &Key::Enter));
    app.wait_for_title("Typed");
}

fn post(page: &Page<'_>, message: &str) {
    page.run_with("ipc.postMessage(arguments[0])", &[message.into()]);
}

fn refusals(app: &App) -> Vec<String> {
    let refused = |line: &&str| line.starts_with("[main] refused");
    app.output().lines().filter(refused).map(str::to_owned).collect()
}
