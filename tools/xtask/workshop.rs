//! Hands over to `workshop`, which changes chapters. It needs crates, and so
//! cannot be part of this program.

use crate::{
    Done, Failure, call, cargo, fail, has_display,
    setup::{self, Consent, Need},
};
use std::path;

/// Runs a chapter with a mistake in it, or lists its mistakes.
pub fn break_it(chapter: &str, number: Option<&str>, consent: Consent) -> Done {
    let Some(number) = number else {
        return workshop(&["break", chapter]);
    };
    let again = format!("cargo x break {chapter} {number}");
    let (need, command) = match has_display() {
        true => (Need::Build, "break"),
        // The test that sees the mistake plays it on a virtual display.
        false => (Need::Test, "prove"),
    };
    setup::ensure(need, consent, &again)?;
    workshop(&[command, chapter, number])
}

/// Makes a program of the reader's own of a chapter.
pub fn eject(chapter: &str, folder: Option<&str>) -> Done {
    let Some(folder) = folder else {
        let missing = format!("where to? cargo x eject {chapter} ../my-app");
        return Err(Failure::new(2, missing));
    };
    // `workshop` runs in another folder than the reader.
    let folder = match path::absolute(folder) {
        Ok(folder) => folder,
        Err(error) => return fail(format!("no folder `{folder}`: {error}")),
    };
    workshop(&["eject", chapter, &folder.to_string_lossy()])
}

/// Merges a change of a chapter into those after it.
pub fn propagate(chapter: &str, since: Option<&str>) -> Done {
    workshop(&["propagate", chapter, since.unwrap_or("HEAD")])
}

fn workshop(args: &[&str]) -> Done {
    call(cargo(&RUN).args(args))
}

const RUN: [&str; 5] = ["run", "-q", "-p", "workshop", "--"];
