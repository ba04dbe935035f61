//! `cargo x`: sets a machine up and calls cargo, for readers and for CI alike.
//!
//! It depends on nothing but the standard library, so it builds before any
//! system library is installed.

mod args;
mod chapters;
mod first_build;
mod play;
mod setup;
mod suite;
mod test;
mod workshop;

use chapters::chapter;
use checkout::root;
use setup::{Consent, Need};
use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::Instant,
};

/// What `cargo x ci` runs, in this order.
const CI: [&str; 6] = [
    "cargo x setup --yes",
    "cargo fmt --all --check",
    "cargo clippy --workspace --all-targets --locked -- -D warnings",
    "cargo x test",
    "cargo x prove",
    "cargo x book",
];

type Done<T = ()> = Result<T, Failure>;

/// Why a command ends here: what was wrong, and what to do next.
#[derive(Debug)]
struct Failure {
    /// 1: a step failed; 2: wrong usage; else what a chapter ended with.
    code: u8,
    /// Nothing, where what failed has said it all.
    message: String,
}

impl Failure {
    fn new(code: u8, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, message }
    }
}

impl From<checkout::Error> for Failure {
    fn from(error: checkout::Error) -> Self {
        Self::new(1, error.to_string())
    }
}

/// Ends a command because a step of it failed.
fn fail<T>(message: impl Into<String>) -> Done<T> {
    Err(Failure::new(1, message))
}

fn main() -> ExitCode {
    let Err(failure) = run() else {
        return ExitCode::SUCCESS;
    };
    if !failure.message.is_empty() {
        eprintln!("error: {}", failure.message);
    }
    ExitCode::from(failure.code)
}

fn run() -> Done {
    let args: Vec<_> = env::args_os()
        .skip(1)
        .map(|arg| arg.to_string_lossy().into_owned())
        .collect();
    let args = args::parse(&args).map_err(|error| {
        let help = "`cargo x help` lists the commands and their options";
        Failure::new(2, format!("{error} {help}"))
    })?;
    let consent: Consent = args.option.map(|option| option == "--yes");
    let [first, second] = [0, 1].map(|i| args.words.get(i).map(String::as_str));
    match args.command {
        "run" => run_chapter(&chapter(first)?, consent),
        "check" => workshop::check(&chapter(first)?, second, consent),
        "break" if args.option == Some("--cure") => {
            workshop::cure(&chapter(first)?, second)
        }
        "break" => workshop::break_it(&chapter(first)?, second, consent),
        "eject" => workshop::eject(&chapter(first)?, second),
        "book" => book(args.option),
        "test" if first.is_none() => test::all(&args.extra, consent),
        "test" => test::one(&chapter(first)?, &args.extra, consent),
        "bench" => bench(args.option),
        "prove" => test::prove(first, &args.extra, consent),
        "propagate" => workshop::propagate(&chapter(first)?, second),
        "shots" => take_shots(consent),
        "setup" => set_up(consent),
        "ci" => ci(),
        _ => {
            // Whoever reads it may stop early: `cargo x help | head`.
            let _ = writeln!(io::stdout(), "{}", args::HELP);
            Ok(())
        }
    }
}

fn run_chapter(chapter: &str, consent: Consent) -> Done {
    let again = format!("cargo x run {chapter}");
    if has_display() {
        setup::ensure(Need::Build, consent, &again)?;
        first_build::announce(first_build::of(&folder_of(chapter)));
        return call(&mut cargo(&["run", "-p", chapter]));
    }
    println!(
        "There is no display here (DISPLAY and WAYLAND_DISPLAY are not set): \
         {chapter} will\nplay on a virtual one, clicked through by its test."
    );
    setup::ensure(Need::Test, consent, &again)?;
    first_build::announce(first_build::of_test(chapter));
    let played = play::play(chapter)?;
    print!("\n{}", played.transcript);
    println!("\nWhat it looked like: {}", played.screenshot.display());
    Ok(())
}

/// Whether windows can be shown here.
fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn book(option: Option<&str>) -> Done {
    let args: &[_] = match option {
        Some("--open") => &["build", "--open"],
        Some(_) => &["serve"],
        None => &["build"],
    };
    first_build::announce(first_build::BOOK);
    step(cargo(&["run", "-q", "-p", "book-tool", "--"]).args(args))
}

/// Measures the bridges. What does so builds them itself, in release.
fn bench(amount: Option<&str>) -> Done {
    if !cfg!(target_os = "linux") {
        return fail(
            "the benchmark opens its windows on Xvfb, so on Linux only",
        );
    }
    setup::ensure(Need::Test, None, "cargo x bench")?;
    let mut runner = cargo(&["run", "-q", "-p", "bench-runner", "--"]);
    step(runner.args(amount))
}

fn set_up(consent: Consent) -> Done {
    setup::ensure(Need::Prove, consent, "cargo x setup")?;
    println!("This machine has all that is needed, as far as can be seen.");
    if cfg!(windows) {
        println!(
            "If no window opens, install the WebView2 Runtime (Windows 11 has \
             it):\n  https://developer.microsoft.com/microsoft-edge/webview2/"
        );
    }
    Ok(())
}

/// Takes the pictures anew. A chapter that fails leaves its old one in place.
fn take_shots(consent: Consent) -> Done {
    setup::ensure(Need::Test, consent, "cargo x shots")?;
    first_build::announce(first_build::ALL);
    let images = root().join("book/src/images");
    fs::create_dir_all(&images).map_err(at(&images))?;
    for chapter in checkout::chapters(root())? {
        let image = images.join(format!("{chapter}.png"));
        let played = play::play(&chapter)?;
        fs::copy(played.screenshot, &image).map_err(at(&image))?;
        println!("{}", image.display());
    }
    Ok(())
}

fn ci() -> Done {
    let started = Instant::now();
    for (number, line) in (1..).zip(CI) {
        println!("ci {number}/{}: {line}", CI.len());
        let begun = Instant::now();
        let words: Vec<_> = line.split(' ').skip(1).collect();
        step(&mut cargo(&words)).or_else(|_| {
            let failed = format!("ci failed at step {number} of {}", CI.len());
            fail(format!("{failed}. To run it alone: {line}"))
        })?;
        println!("ci {number}/{}: ok, {}", CI.len(), seconds(begun));
    }
    println!("ci: everything passed, {}", seconds(started));
    Ok(())
}

fn cargo(args: &[&str]) -> Command {
    let program = env::var_os("CARGO").unwrap_or("cargo".into());
    let mut command = Command::new(program);
    command.args(args).current_dir(root());
    command
}

fn folder_of(chapter: &str) -> PathBuf {
    root().join("chapters").join(chapter)
}

/// The arguments that choose a chapter's test, built with its whole group.
fn test_of(chapter: &str) -> Done<Vec<String>> {
    let test = ["--test".into(), checkout::snake(chapter)];
    Ok([checkout::group_of(root(), chapter)?, test.to_vec()].concat())
}

/// Calls cargo, and ends as it ends: with its exit code, and in silence, for
/// it has said itself what was wrong.
fn call(cargo: &mut Command) -> Done {
    let status = cargo.status().map_err(no_cargo)?;
    match status.code() {
        Some(0) => Ok(()),
        Some(code) => Err(Failure::new(u8::try_from(code).unwrap_or(1), "")),
        None => fail(format!("cargo or what it ran was killed ({status})")),
    }
}

/// Calls cargo for a step, any failure of which is a 1.
fn step(cargo: &mut Command) -> Done {
    call(cargo).map_err(|failure| Failure { code: 1, ..failure })
}

fn no_cargo(error: io::Error) -> Failure {
    Failure::new(1, format!("cargo did not start ({error}): is it in PATH?"))
}

/// Says which path an error is about.
fn at(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    move |error| {
        let path = path.display();
        let fix = "Is this a whole checkout, and yours to write to?";
        Failure::new(1, format!("cannot use {path}: {error}. {fix}"))
    }
}

/// `target/<path>`, with its folder made and what an earlier run left there
/// removed.
fn fresh(path: &str) -> Done<PathBuf> {
    let path = root().join("target").join(path);
    let folder = path.parent().unwrap_or(&path);
    fs::create_dir_all(folder).map_err(at(folder))?;
    if path.exists() {
        fs::remove_file(&path).map_err(at(&path))?;
    }
    Ok(path)
}

fn seconds(since: Instant) -> String {
    format!("{:.1} s", since.elapsed().as_secs_f32())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Stdio;

    #[test]
    fn an_exit_code_is_passed_on_and_a_step_fails_with_1() {
        let mut wrong = cargo(&["no-such-command"]);
        wrong.stderr(Stdio::null());
        assert_eq!(call(&mut wrong).unwrap_err().code, 101);
        assert_eq!(step(&mut wrong).unwrap_err().code, 1);
    }
}
