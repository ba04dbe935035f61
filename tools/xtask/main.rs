//! `cargo x`: sets a machine up and calls cargo, for readers and for CI alike.
//!
//! It depends on nothing but the standard library, so it builds before any
//! system library is installed.

mod args;
mod chapters;
mod check;
mod play;
mod setup;
mod snapshots;
mod suite;
mod test;
mod workshop;

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
        Failure::new(2, format!("{error}\n\n{}", args::HELP))
    })?;
    let consent = Consent::from(args.option);
    match args.command {
        "run" => run_chapter(&chapter(args.chapter.as_deref())?, consent),
        "test" => match args.chapter {
            Some(name) => {
                test::one(&chapter(Some(&name))?, &args.extra, consent)
            }
            None => test::all(&args.extra, consent),
        },
        "prove" => test::prove(args.chapter.as_deref(), &args.extra, consent),
        "check" => check::check(
            args.chapter.as_deref(),
            args.object.as_deref(),
            consent,
        ),
        "book" => book(args.option),
        "break" => {
            let chapter = chapter(args.chapter.as_deref())?;
            workshop::break_it(&chapter, args.object.as_deref(), consent)
        }
        "eject" => {
            let chapter = chapter(args.chapter.as_deref())?;
            workshop::eject(&chapter, args.object.as_deref())
        }
        "propagate" => {
            let chapter = chapter(args.chapter.as_deref())?;
            workshop::propagate(&chapter, args.object.as_deref())
        }
        "setup" => set_up(consent),
        "shots" => take_shots(consent),
        "ci" => ci(),
        _ => {
            // Whoever reads it may stop early: `cargo x help | head`.
            let _ = writeln!(io::stdout(), "{}", args::HELP);
            Ok(())
        }
    }
}

/// The full name of the chapter that is asked for.
fn chapter(wanted: Option<&str>) -> Done<String> {
    let names = checkout::chapters(root())?;
    let wrong = match wanted {
        None => "which chapter?".into(),
        Some(wanted) => match chapters::find(&names, wanted) {
            Some(name) => return Ok(name.clone()),
            None => format!("there is no chapter `{wanted}`."),
        },
    };
    let list = names.join("\n  ");
    let message = format!(
        "{wrong} Name one of these (`ch06` or `6` will do for ch06-…):\n  {list}"
    );
    Err(Failure::new(2, message))
}

fn run_chapter(chapter: &str, consent: Consent) -> Done {
    let again = format!("cargo x run {chapter}");
    if has_display() {
        setup::ensure(Need::Build, consent, &again)?;
        return call(&mut cargo(&["run", "-p", chapter]));
    }
    println!(
        "There is no display here (DISPLAY and WAYLAND_DISPLAY are not set): \
         {chapter} will\nplay on a virtual one, clicked through by its test."
    );
    setup::ensure(Need::Test, consent, &again)?;
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
    step(cargo(&["run", "-q", "-p", "book-tool", "--"]).args(args))
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

/// An empty folder of a test's own.
#[cfg(test)]
fn scratch(test: &str) -> PathBuf {
    let name = format!("xtask-{test}-{}", std::process::id());
    let folder = env::temp_dir().join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Stdio;

    #[test]
    fn a_wrong_chapter_is_answered_with_the_list() {
        for wanted in [None, Some("ch99")] {
            let failure = chapter(wanted).unwrap_err();
            assert_eq!(failure.code, 2);
            assert!(failure.message.contains("\n  ch01-window\n"));
        }
        assert_eq!(chapter(Some("6")).unwrap(), "ch06-open-file");
    }

    #[test]
    fn an_exit_code_is_passed_on_and_a_step_fails_with_1() {
        let mut wrong = cargo(&["no-such-command"]);
        wrong.stderr(Stdio::null());
        assert_eq!(call(&mut wrong).unwrap_err().code, 101);
        assert_eq!(step(&mut wrong).unwrap_err().code, 1);
    }
}
