//! What a chapter is not needed for.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::time::Duration;

use crate::App;
use crate::display::Display;
use crate::page::free_address;
use crate::process::Process;
use crate::snapshot;

#[test]
fn a_display_and_an_address_are_given_once() {
    let (one, two) = (Display::start(), Display::start());
    assert_ne!(one.name, two.name);
    assert_ne!(free_address(), free_address());
}

#[test]
fn a_program_that_hangs_fails_with_its_output() {
    let message = panic_of_app("echo ready; echo oh >&2; exec sleep 60");
    assert!(message.starts_with("waited 1 s for its window\n"), "{message}");
    assert!(message.contains("\nready\n"), "{message}");
    assert!(message.contains("\noh\n"), "{message}");
}

#[test]
fn a_program_that_ends_too_early_fails_with_its_status() {
    let message = panic_of_app("echo ready; exit 3");
    let ended = "it ended (exit status: 3) before its window\n";
    assert!(message.starts_with(ended), "{message}");
    assert!(message.contains("\nready\n"), "{message}");
}

#[test]
fn a_missing_tool_is_named_with_its_package() {
    let second = Duration::from_secs(1);
    let message = panic_of(|| {
        let mut command = Command::new("no-such-tool");
        Process::start(&mut command, second, Some("a-package"));
    });
    assert!(message.contains("no-such-tool is not installed"), "{message}");
    assert!(message.contains("`a-package`"), "{message}");
    assert!(message.contains("`cargo x setup`"), "{message}");
}

#[test]
fn a_snapshot_of_more_than_a_page_of_the_book_shows_is_refused() {
    let message = panic_of(|| snapshot::assert("long", &"line\n".repeat(31)));
    assert!(message.contains("has 31 lines"), "{message}");
}

fn panic_of_app(script: &str) -> String {
    panic_of(|| {
        let second = Duration::from_secs(1);
        App::start_within(second, "sh", |shell| {
            shell.args(["-c", script]);
        });
    })
}

fn panic_of(action: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(action));
    *panic.expect_err("it panics").downcast().expect("with a formatted text")
}
