//! What `cargo x` calls to show and to build changed chapters.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use checkout::snake;
use workshop::{
    Break, Failure, Result, cargo, compile_tests_of, eject, fail, list,
    propagate, tell,
};

const USAGE: &str = "\
workshop <command>; `cargo x help` explains what each is for
  break <chapter> [number]   list a chapter's breaks, or run it with one
  prove <chapter> <number>   show that the suite sees a break
  cure <chapter> <number>    tell what helps against a break
  eject <chapter> <folder>   make a program of its own of a chapter
  propagate <chapter> <rev>  merge a change into the chapters after it";

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let args: Vec<_> = args.iter().map(String::as_str).collect();
    let Err(failure) = run(&args) else {
        return ExitCode::SUCCESS;
    };
    if !failure.message.is_empty() {
        tell(&format!("error: {}", failure.message));
    }
    ExitCode::from(failure.code)
}

fn run(args: &[&str]) -> Result {
    match args {
        ["break", chapter] => say(list(chapter)?),
        ["break", chapter, number] => show(&Break::find(chapter, number)?),
        ["prove", chapter, number] => {
            prove(chapter, &Break::find(chapter, number)?)
        }
        ["cure", chapter, number] => cure(&Break::find(chapter, number)?),
        ["eject", chapter, folder] => {
            let folder = eject(chapter, Path::new(folder))?;
            let folder = folder.display();
            say(format_args!(
                "{chapter} is a program of its own in {folder}\n\
                 Next: cd {folder} && cargo run\nIt builds all crates anew \
                 there, which takes some minutes. To use those of the \
                 tutorial:\nCARGO_TARGET_DIR={} cargo run",
                workshop::root().join("target").display()
            ))
        }
        ["propagate", chapter, since] => {
            let report = propagate(workshop::root(), chapter, since)?;
            let next = "Look at it (git diff), and run `cargo x test`.";
            say(format_args!("{report}{next}"))
        }
        _ => Err(Failure::usage(USAGE)),
    }
}

/// Runs a chapter with a mistake in it.
fn show(it: &Break) -> Result {
    introduce(it)?;
    let manifest = it.copy()?.write()?;
    say(
        "Running a copy; your chapter stays as it is. Close its window to end \
         it. The page's\nconsole: right-click the page, Inspect Element, \
         Console. When it has ended, you read\nthe cure here, and at any time \
         with --cure.\n",
    )?;
    let target = workshop::root().join("target");
    let run = cargo(&["run", "--quiet", "--manifest-path"])
        .arg(manifest)
        .arg("--target-dir")
        .arg(target)
        .status();
    // That it ended badly may well be the mistake's work.
    match run {
        Ok(status) if !status.success() => {
            say(format_args!("\nIt ended: {status}."))?;
        }
        Ok(_) => {}
        Err(error) => return fail(format!("cargo did not start: {error}")),
    }
    cure(it)
}

/// Lets the suite look at a mistake, where there is no display to look at.
fn prove(chapter: &str, it: &Break) -> Result {
    introduce(it)?;
    say(
        "There is no display here (DISPLAY and WAYLAND_DISPLAY are not set): \
         the test\nthat sees this mistake looks at it on a virtual one.\n",
    )?;
    let program = it.copy()?.build()?;
    let test = it.patch.field("caught-by")?;
    let file = snake(chapter);
    let Some(message) = it.judge(&program, &compile_tests_of(chapter)?)? else {
        return fail(format!(
            "`{test}` in tests/{file}.rs passes with this mistake: either it \
             or {} has to change",
            it.patch.file()
        ));
    };
    say(format_args!(
        "`{test}` in tests/{file}.rs fails, as it should:\n\n{message}"
    ))?;
    cure(it)
}

fn introduce(it: &Break) -> Result {
    say(format_args!(
        "{}: {}\n\n{}\nSymptom: {}\n",
        it.name(),
        it.patch.field("title")?,
        it.patch.diff(),
        it.patch.field("symptom")?
    ))
}

/// What helps, for whoever has seen what is wrong.
fn cure(it: &Break) -> Result {
    say(format_args!("\nCure: {}", it.patch.field("cure")?))
}

/// Says something to the reader. Where nobody reads any more, as before `head`,
/// that is the end, and nothing has failed.
fn say(text: impl Display) -> Result {
    writeln!(io::stdout(), "{text}").map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure { code: 0, message: String::new() },
        _ => Failure { code: 1, message: format!("cannot print: {error}") },
    })
}
