//! Hands over to `workshop`, which changes chapters, and to `exercises`, which
//! check solutions. They need crates, and so cannot be part of this program.

use crate::{
    Done, Failure, at, call, cargo, fail, first_build, folder_of, has_display,
    no_cargo, root,
    setup::{self, Consent, Need},
    step,
};
use std::{
    path::{self, Path, PathBuf},
    process::Command,
};

/// Runs a chapter with a mistake in it, or lists its mistakes.
pub fn break_it(chapter: &str, number: Option<&str>, consent: Consent) -> Done {
    let Some(number) = number else {
        return workshop(&["break", chapter]);
    };
    let (need, command) = match has_display() {
        true => (Need::Build, "break"),
        // The test that sees the mistake plays it on a virtual display.
        false => (Need::Test, "prove"),
    };
    let again = format!("cargo x break {chapter} {number}");
    setup::ensure(need, consent, &again)?;
    first_build::announce(match need {
        Need::Build => first_build::of(&folder_of(chapter)),
        _ => first_build::of_test(chapter),
    });
    workshop(&[command, chapter, number])
}

/// Tells what helps against a mistake.
pub fn cure(chapter: &str, number: Option<&str>) -> Done {
    match number {
        Some(number) => workshop(&["cure", chapter, number]),
        None => workshop(&["break", chapter]),
    }
}

/// Makes a program of the reader's own of a chapter.
pub fn eject(chapter: &str, folder: Option<&str>) -> Done {
    let Some(folder) = folder else {
        let missing = format!("where to? cargo x eject {chapter} ../my-app");
        return Err(Failure::new(2, missing));
    };
    // `workshop` runs in another folder than the reader.
    let folder = path::absolute(folder).map_err(at(Path::new(folder)))?;
    workshop(&["eject", chapter, &folder.to_string_lossy()])
}

/// Merges a change of a chapter into those after it.
pub fn propagate(chapter: &str, since: Option<&str>) -> Done {
    workshop(&["propagate", chapter, since.unwrap_or("HEAD")])
}

fn workshop(args: &[&str]) -> Done {
    call(cargo(&["run", "-q", "-p", "workshop", "--"]).args(args))
}

/// Checks, in a real window, a solution of a chapter's exercise: the chapter's
/// own folder, which its reader has edited, or the one that they name.
pub fn check(chapter: &str, own: Option<&str>, consent: Consent) -> Done {
    if !root().join("tests/exercises").join(chapter).is_dir() {
        let none = format!("{chapter} has no exercise to check");
        return Err(Failure::new(2, none));
    }
    let folder = match own {
        Some(own) => program_in(Path::new(own))?,
        None => folder_of(chapter),
    };
    if !cfg!(target_os = "linux") {
        return fail(format!(
            "exercises are checked in real windows on Linux only. Try yours \
             yourself: cargo run -p {chapter}"
        ));
    }
    setup::ensure(Need::Test, consent, &format!("cargo x check {chapter}"))?;
    first_build::announce(first_build::TEST);
    // With its group, as tests are: alone, it would ask for other features of
    // its crates, and most of them would be compiled once more.
    let [group, _] = checkout::groups(root())?;
    step(cargo(&["build", "--bin", "exercises"]).args(group))?;
    println!("Checking {} …", folder.display());
    if own.is_some() {
        announce_own(&folder)?;
    }
    let program = first_build::folder().join("exercises");
    let mut check = Command::new(&program);
    check.arg(chapter).arg(folder).current_dir(root());
    call(&mut check)
}

/// The folder of a program, as an absolute path.
fn program_in(folder: &Path) -> Done<PathBuf> {
    let folder = path::absolute(folder).map_err(at(folder))?;
    if folder.join("Cargo.toml").is_file() {
        return Ok(folder);
    }
    let message = format!(
        "{} is not the folder of a program: it has no Cargo.toml. Name \
         the folder of your program, or none to check the chapter itself",
        folder.display()
    );
    Err(Failure::new(2, message))
}

/// Says that a program outside this workspace is built with all its crates,
/// where it has not been, and how it could use those that are here.
fn announce_own(folder: &Path) -> Done {
    let told = cargo(&["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(folder)
        .output()
        .map_err(no_cargo)?;
    let told = String::from_utf8_lossy(&told.stdout);
    // Where it tells nothing, the build will say what is wrong.
    let target = told.split_once("\"target_directory\":\"");
    let Some((target, _)) = target.and_then(|it| it.1.split_once('"')) else {
        return Ok(());
    };
    let debug = Path::new(target).join("debug");
    if first_build::announce_in(&debug, first_build::of(folder)) {
        println!(
            "It builds every crate anew in {target}. To use those of this \
             workspace, write into\n{}:\n\n[build]\ntarget-dir = {:?}\n",
            folder.join(".cargo/config.toml").display(),
            root().join("target")
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_program_is_refused() {
        let failure = program_in(Path::new("no-such-folder")).unwrap_err();
        assert_eq!(failure.code, 2);
        let told = &failure.message;
        assert!(told.contains("no-such-folder is not the folder"), "{told}");
        assert!(told.contains("Name the folder of your program"), "{told}");
        let chapter = folder_of("ch05-invoke");
        assert_eq!(program_in(&chapter).unwrap(), chapter);
    }
}
