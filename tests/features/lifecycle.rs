//! A program that starts and ends as a program should.
use crate::CHAPTER;
use harness::App;
use std::process::Command;

#[test]
fn without_a_display_it_says_so_in_one_line() {
    let run = Command::new(CHAPTER.program())
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
fn goes_on_when_nobody_reads_its_output_and_ends_when_it_is_closed() {
    // With Tauri, a window has a folder: first, there is no place for it.
    let without_folder = match CHAPTER.is_tauri() {
        true => "XDG_DATA_HOME=/proc/none $0; echo code $?; ",
        false => "",
    };
    let app = App::start_with("bash", |bash| {
        let script = format!("{without_folder}set -o pipefail; $0 | true");
        bash.args(["-c", &script]).arg(CHAPTER.program());
    });
    if CHAPTER.is_tauri() {
        app.wait_for_line("code 1");
        let said = app.output() + &app.errors();
        let why = "cannot make the folder /proc/none/tutorial.";
        assert!(said.contains(why), "{said}");
    }
    let app = CHAPTER.wait_for_windows(app);
    let status = CHAPTER.close(&app);
    assert!(status.success(), "{status}\n{}", app.errors());
}
