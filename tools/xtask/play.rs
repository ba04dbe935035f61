//! Plays a chapter on a virtual display: its own test starts it there, clicks
//! through it, and leaves behind what it printed and what it looked like.

use crate::{Done, at, fail, fresh, root, suite, test_of};
use std::{fs, path::PathBuf};

/// The test that each chapter has for this.
const TEST: &str = "plays_as_the_book_shows";

/// What a chapter left behind.
pub struct Played {
    /// Its standard output.
    pub transcript: String,
    /// A picture of its window.
    pub screenshot: PathBuf,
}

/// Builds a chapter and its test, for all to see, then plays it.
pub fn play(chapter: &str) -> Done<Played> {
    let file = checkout::snake(chapter);
    let tests = suite::compile(&test_of(chapter)?)?;
    let Some(test) = tests.iter().find(|test| test.target == file) else {
        return fail(format!("{chapter} has no test tests/{file}.rs"));
    };
    let transcript = fresh(&format!("play/{chapter}.txt"))?;
    let screenshot = fresh(&format!("shots/{chapter}.png"))?;
    println!("Playing {chapter} …");
    // What the test says is shown only if it fails. A chapter that its reader
    // has changed may well print something else than the book: play it all
    // the same. To compare is the work of `cargo x test`.
    let output = test
        .command()
        .args(["--exact", TEST])
        .env("TUTORIAL_PLAY", &transcript)
        .env("TUTORIAL_SHOTS", root().join("target/shots"))
        .env("INSTA_UPDATE", "no")
        .env("INSTA_FORCE_PASS", "1")
        .output()
        .map_err(at(root()))?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let left = fs::read_to_string(&transcript).unwrap_or_default();
    if !output.status.success() {
        return fail(format!(
            "{chapter} was not played to its end. The script is tests/{file}.rs \
             and it said:\n{said}"
        ));
    }
    if left.is_empty() || !screenshot.is_file() {
        return fail(format!(
            "{chapter} left no transcript or no screenshot: tests/{file}.rs \
             needs a test `{TEST}` that runs it with the harness"
        ));
    }
    Ok(Played { transcript: left, screenshot })
}
