//! Each check, put to a starter, a solution and two wrong solutions.

use workshop::{Patch, WorkingCopy};

use crate::{EXERCISES, check as checks, number};

macro_rules! exercise {
    ($name:ident, $chapter:literal) => {
        mod $name {
            #[test]
            fn the_starter_is_told_where_to_begin() {
                super::is_told($chapter, "starter");
            }

            #[test]
            fn the_solution_passes() {
                super::passes($chapter);
            }

            #[test]
            fn a_wrong_solution_is_told_what_is_wrong() {
                super::is_told($chapter, "wrong-1");
            }

            #[test]
            fn another_wrong_solution_is_told_what_is_wrong_there() {
                super::is_told($chapter, "wrong-2");
            }
        }
    };
}

exercise!(ch03, "ch03-preload");
exercise!(ch04, "ch04-send");
exercise!(ch05, "ch05-invoke");
exercise!(ch06, "ch06-open-file");

/// What a patch says that it will be told is what the check says.
fn is_told(chapter: &str, name: &str) {
    let patch = patch(chapter, name);
    let field = |key| patch.field(key).expect("it is in the patch's head");
    let told = [field("says"), field("saw"), field("look at")];
    let expected = format!(
        "{}\n      saw      {}\n      look at  {}",
        told[0], told[1], told[2]
    );
    assert_eq!(without_lines(&check(chapter, name, &patch)), expected);
}

/// The line of a panic moves with every change above it: `main.rs:<line>`.
fn without_lines(told: &str) -> String {
    let Some((before, after)) = told.split_once("main.rs:") else {
        return told.into();
    };
    match after.trim_start_matches(|c: char| c.is_ascii_digit()) {
        rest if rest == after => told.into(),
        rest => format!("{before}main.rs:<line>{rest}"),
    }
}

fn passes(chapter: &str) {
    let patch = patch(chapter, "solution");
    assert_eq!(check(chapter, "solution", &patch), "passed");
}

fn patch(chapter: &str, name: &str) -> Patch {
    let file = format!("tests/exercises/{chapter}/{name}.patch");
    Patch::read(file).unwrap_or_else(|failure| panic!("{}", failure.message))
}

/// Applies a patch to a working copy, builds that and checks it.
fn check(chapter: &str, name: &str, patch: &Patch) -> String {
    let build = || {
        let label = format!("exercise-{name}");
        let mut copy = WorkingCopy::of(chapter, &label)?;
        // The starter is the chapter as it is.
        if !patch.diff().trim().is_empty() {
            copy.apply(patch)?;
        }
        Ok((copy.build()?, copy.folder()))
    };
    let (program, folder) =
        build().unwrap_or_else(|failure: workshop::Failure| {
            panic!("{}", failure.message)
        });
    let (_, check) = EXERCISES.iter().find(|it| it.0 == chapter).unwrap();
    match checks::run(&program, &folder, check) {
        Ok(()) => "passed".into(),
        Err(finding) => format!("{}: {finding}", number(chapter)),
    }
}
