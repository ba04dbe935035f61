//! ch01-window as its user meets it.
#![cfg(target_os = "linux")]
use harness::App;
use std::process::Command;

const CHAPTER: &str = env!("CARGO_BIN_EXE_ch01-window");

#[test]
fn plays_as_the_book_shows() {
    let app = App::start(CHAPTER);
    app.wait_for_line("[main] window created");
    app.picture("ch01-window");
    app.snapshot_window("ch01_window_window");
    assert!(app.close().success());
    app.snapshot_output("ch01_window");
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

#[test]
fn goes_on_when_nobody_reads_its_output() {
    let app = App::start_with("bash", |bash| {
        let script = "set -o pipefail; $0 | true";
        bash.args(["-c", script, CHAPTER]);
    });
    let status = app.close();
    assert!(status.success(), "{status}\n{}", app.errors());
}
