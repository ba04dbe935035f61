//! Checks a reader's solution of a chapter's exercise, in a real window.

use crate::{
    Done, Failure, at, call, cargo, chapters, fail, root,
    setup::{self, Consent, Need},
    step,
};
use std::{
    env,
    path::{Path, PathBuf},
};

/// Checks the chapter's own folder, which its reader has edited, or the copy
/// that they name.
pub fn check(
    wanted: Option<&str>,
    copy: Option<&str>,
    consent: Consent,
) -> Done {
    let chapter = &exercise(&checkout::chapters(root())?, wanted)?;
    let folder = match copy {
        Some(copy) => program_in(Path::new(copy))?,
        None => root().join("chapters").join(chapter),
    };
    if !cfg!(target_os = "linux") {
        return fail(format!(
            "exercises are checked in real windows on Linux only. Try yours \
             yourself: cargo run -p {chapter}"
        ));
    }
    setup::ensure(Need::Test, consent, &format!("cargo x check {chapter}"))?;
    step(&mut cargo(&["build", "-p", "exercises"]))?;
    println!("Checking {} …", folder.display());
    let run = ["run", "-q", "-p", "exercises", "--", chapter];
    call(cargo(&run).arg(folder))
}

/// The full name of the chapter whose exercise is asked for.
fn exercise(names: &[String], wanted: Option<&str>) -> Done<String> {
    let has = |name: &&String| root().join(EXERCISES).join(name).is_dir();
    let found = wanted.and_then(|wanted| chapters::find(names, wanted));
    let wrong = match (wanted, found) {
        (_, Some(name)) if has(&name) => return Ok(name.clone()),
        (_, Some(name)) => format!("{name} has no exercise to check."),
        (Some(wanted), None) => format!("there is no chapter `{wanted}`."),
        (None, None) => "the exercise of which chapter?".into(),
    };
    let list: String =
        names.iter().filter(has).map(|name| format!("\n  {name}")).collect();
    Err(Failure::new(2, format!("{wrong} These have one:{list}")))
}

/// A folder for each chapter that has an exercise.
const EXERCISES: &str = "tests/exercises";

/// The folder of a program, as an absolute path.
fn program_in(folder: &Path) -> Done<PathBuf> {
    let here = env::current_dir().map_err(at(folder))?;
    let folder = here.join(folder);
    if folder.join("Cargo.toml").is_file() {
        return Ok(folder);
    }
    let message = format!(
        "{} is not the folder of a program: it has no Cargo.toml. Name one \
         that `cargo x eject` has made, or none to check the chapter itself",
        folder.display()
    );
    Err(Failure::new(2, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_without_an_exercise_is_answered_with_the_list() {
        let names = checkout::chapters(root()).unwrap();
        assert_eq!(exercise(&names, Some("5")).unwrap(), "ch05-invoke");
        for (wanted, word) in [
            (None, "which chapter"),
            (Some("ch99"), "`ch99`"),
            (Some("ch01"), "ch01-window has no exercise"),
        ] {
            let failure = exercise(&names, wanted).unwrap_err();
            assert_eq!(failure.code, 2);
            assert!(failure.message.contains(word), "{}", failure.message);
            assert!(failure.message.contains("\n  ch03-preload\n"));
            assert!(!failure.message.contains("\n  ch01-window"));
        }
    }

    #[test]
    fn a_folder_without_a_program_is_refused() {
        let failure = program_in(Path::new("no-such-folder")).unwrap_err();
        assert_eq!(failure.code, 2);
        assert!(failure.message.contains("no-such-folder is not the folder"));
        let chapter = root().join("chapters/ch05-invoke");
        assert_eq!(program_in(&chapter).unwrap(), chapter);
    }
}
