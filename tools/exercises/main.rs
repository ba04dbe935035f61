//! Checks a reader's solution of a chapter's exercise in a real window.
//!
//! `cargo x check ch05 path/to/folder` calls it with the chapter's full name
//! and the folder. It exits with 0 when the exercise is done, with 1 when not,
//! and with 2 when the chapter has no exercise.

mod ch01;
mod ch02;
mod ch03;
mod ch04;
mod ch05;
mod ch06;
mod ch07;
mod ch08;
mod ch09;
mod ch10;
mod ch11;
mod ch12;
mod ch13;
mod ch14;
mod ch15;
mod check;
mod compile;
mod finding;
#[cfg(test)]
mod tests;

use std::env;
use std::panic;
use std::path::Path;
use std::process::ExitCode;

use check::Check;
use finding::Finding;

/// Asks a program for all that its exercise wants.
type Ask = fn(&Check<'_>) -> Result<(), Finding>;

/// Each chapter with an exercise, and what its solution is put to.
const EXERCISES: [(&str, Ask); 15] = [
    ("ch01-window", ch01::check),
    ("ch02-page", ch02::check),
    ("ch03-preload", ch03::check),
    ("ch04-send", ch04::check),
    ("ch05-invoke", ch05::check),
    ("ch06-open-file", ch06::check),
    ("ch07-tauri-preload", ch07::check),
    ("ch08-tauri-invoke", ch08::check),
    ("ch09-tauri-capabilities", ch09::check),
    ("ch10-context-bridge", ch10::check),
    ("ch11-values", ch11::check),
    ("ch12-errors", ch12::check),
    ("ch13-push", ch13::check),
    ("ch14-reload", ch14::check),
    ("ch15-windows", ch15::check),
];

fn main() -> ExitCode {
    let args: Vec<_> = env::args_os().skip(1).collect();
    let [chapter, folder] = args.as_slice() else {
        eprintln!("error: give a chapter and a folder: `cargo x check` does");
        return ExitCode::from(2);
    };
    let chapter = chapter.to_string_lossy();
    let Some((_, check)) = EXERCISES.iter().find(|it| it.0 == chapter) else {
        eprintln!("error: {chapter} has no exercise that can be checked");
        return ExitCode::from(2);
    };
    let folder = Path::new(folder);
    let program = match compile::compile(folder) {
        Ok(program) => program,
        Err(error) => {
            eprintln!("error: {error}.");
            return ExitCode::FAILURE;
        }
    };
    // A finding tells what a panic of the harness would have.
    panic::set_hook(Box::new(|_| ()));
    let number = checkout::short(&chapter);
    match check::run(&program, folder, check) {
        Ok(()) => {
            println!(
                "{number}: well done. It passes all that this check tries."
            );
            ExitCode::SUCCESS
        }
        Err(finding) => {
            println!("{number}: {finding}");
            ExitCode::FAILURE
        }
    }
}
