//! Each check, put to a starter, a solution and two wrong solutions; and what
//! is told of a program that cannot be checked.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use tempfile::TempDir;

use checkout::short;
use workshop::{Patch, WorkingCopy, build_all};

use crate::{EXERCISES, check as checks, compile::compile};

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
            fn each_wrong_solution_is_told_what_is_wrong_there() {
                let names = super::patches($chapter);
                let wrong = names.iter().filter(|it| it.starts_with("wrong-"));
                let told = wrong.map(|name| super::is_told($chapter, name));
                assert!(told.count() >= 2);
            }
        }
    };
}

exercise!(ch01, "ch01-window");
exercise!(ch02, "ch02-page");
exercise!(ch03, "ch03-preload");
exercise!(ch04, "ch04-send");
exercise!(ch05, "ch05-invoke");
exercise!(ch06, "ch06-open-file");
exercise!(ch07, "ch07-tauri-preload");
exercise!(ch08, "ch08-tauri-invoke");
exercise!(ch09, "ch09-tauri-capabilities");
exercise!(ch10, "ch10-context-bridge");
exercise!(ch11, "ch11-values");
exercise!(ch12, "ch12-errors");
exercise!(ch13, "ch13-push");
exercise!(ch14, "ch14-reload");
exercise!(ch15, "ch15-windows");

/// What a patch says that it will be told is what the check says.
fn is_told(chapter: &str, name: &str) {
    let patch = patch(chapter, name);
    let field = |key| patch.field(key).expect("it is in the patch's head");
    let told = [field("says"), field("saw"), field("look at")];
    let expected = format!(
        "{}\n      saw      {}\n      look at  {}",
        told[0], told[1], told[2]
    );
    let seen = without_lines(&check(chapter, name));
    assert_eq!(seen, expected, "{chapter}: {name}");
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
    assert_eq!(check(chapter, "solution"), "passed");
}

/// The names of a chapter's patches: `wrong-1`.
fn patches(chapter: &str) -> Vec<String> {
    let folder = workshop::root().join("tests/exercises").join(chapter);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let names = files.map(|file| file.file_name().into_string().unwrap());
    let mut names: Vec<_> = names
        .filter_map(|name| Some(name.strip_suffix(".patch")?.to_owned()))
        .collect();
    names.sort();
    names
}

fn patch(chapter: &str, name: &str) -> Patch {
    let file = format!("tests/exercises/{chapter}/{name}.patch");
    Patch::read(workshop::root(), &file).unwrap_or_else(|why| panic!("{why}"))
}

/// The programs of all exercises' patches, built together, by their chapters
/// and names; or why there is none.
static PROGRAMS: LazyLock<BTreeMap<(String, String), Program>> =
    LazyLock::new(|| {
        let mut names = Vec::new();
        let mut copies = Vec::new();
        for (chapter, _) in EXERCISES {
            for name in patches(chapter) {
                copies.push(copy(chapter, &name));
                names.push((chapter.to_owned(), name));
            }
        }
        let programs = build_all(&copies.iter().collect::<Vec<_>>());
        let folders = copies.iter().map(WorkingCopy::folder);
        let programs = programs.into_iter().zip(folders);
        let programs = programs.map(|(program, folder)| {
            Ok((program.map_err(|failure| failure.message)?, folder))
        });
        names.into_iter().zip(programs).collect()
    });

/// A program and the folder that it is built from, or why there is none.
type Program = Result<(PathBuf, PathBuf), String>;

fn copy(chapter: &str, name: &str) -> WorkingCopy {
    let label = format!("exercise-{name}");
    let mut copy = WorkingCopy::of(chapter, &label)
        .unwrap_or_else(|failure| panic!("{}", failure.message));
    let patch = patch(chapter, name);
    // The starter is the chapter as it is.
    if !patch.diff().trim().is_empty() {
        copy.apply(&patch)
            .unwrap_or_else(|failure| panic!("{}", failure.message));
    }
    copy
}

/// Checks a chapter with a patch.
fn check(chapter: &str, name: &str) -> String {
    let key = (chapter.to_owned(), name.to_owned());
    let (program, folder) =
        PROGRAMS[&key].clone().unwrap_or_else(|error| panic!("{error}"));
    let (_, check) = EXERCISES.iter().find(|it| it.0 == chapter).unwrap();
    match checks::run(&program, &folder, check) {
        Ok(()) => "passed".into(),
        Err(finding) => format!("{}: {finding}", short(chapter)),
    }
}

#[test]
fn every_exercise_has_its_patches_and_its_place_on_its_page() {
    let root = workshop::root();
    let folder = fs::read_dir(root.join("tests/exercises")).unwrap();
    let mut chapters: Vec<_> = folder
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    chapters.sort();
    assert_eq!(chapters, EXERCISES.map(|it| it.0));
    for chapter in chapters {
        let page = root.join(format!("book/src/{chapter}.md"));
        let page = fs::read_to_string(page).unwrap();
        let exercise =
            page.split("\n## ").find(|it| it.starts_with("Exercise"));
        let exercise = exercise.unwrap_or_else(|| panic!("{chapter}: no page"));
        let command = format!("\ncargo x check {}\n", short(&chapter));
        assert!(exercise.contains(&command), "{chapter}: {command}");
        let hints = exercise.matches("<summary>Hint ").count();
        assert_eq!(hints, 3, "{chapter}");
    }
}

#[test]
fn a_program_that_does_not_compile_is_left_to_cargo_to_explain() {
    let (_folder, path) = program("fn main() { let number: i32 = true; }");
    let error = compile(&path).expect_err("it does not compile");
    assert!(error.contains("does not build yet"), "{error}");
}

#[test]
fn a_chapter_that_was_copied_by_hand_is_told_what_it_lacks() {
    let (_folder, path) = program("fn main() {}");
    let chapter = workshop::root().join("chapters/ch01-window/Cargo.toml");
    fs::copy(chapter, path.join("Cargo.toml")).unwrap();
    let error = compile(&path).expect_err("there is no workspace");
    assert!(error.contains("`cargo x eject` makes"), "{error}");
}

#[test]
fn a_program_that_ends_at_once_is_told_where() {
    let (_folder, path) = program("\nfn main() { panic!(\"no page\") }");
    let built = compile(&path).unwrap();
    let finding = checks::run(&built, &path, |_| Ok(())).unwrap_err();
    assert_eq!(
        finding.to_string(),
        "expected the program to open its window\n      \
         saw      the program ended: no page\n      \
         look at  main.rs:2: a panic there ends the program"
    );
}

/// A small program in a folder of its own.
fn program(main: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().to_owned();
    let manifest = "[package]\nname = \"reader\"\nedition = \"2024\"\n\
                    [[bin]]\nname = \"reader\"\npath = \"main.rs\"\n\
                    [workspace]\n";
    fs::write(path.join("Cargo.toml"), manifest).unwrap();
    fs::write(path.join("main.rs"), main).unwrap();
    (folder, path)
}
