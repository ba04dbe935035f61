//! `cargo x bench`: builds the hosts, runs them in turns, and tells what was
//! measured, in `target/bench`. With `--full` it measures what takes long, too,
//! and renews what the book prints; with `--quick` it does a little of all, to
//! see that it works.

mod full;
mod host;
mod machine;
mod plan;
mod programs;
mod rounds;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use bench_report::Figures;
use workshop::{Failure, Result, fail, root};

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Amount {
    Quick,
    Usual,
    Full,
}

impl Amount {
    /// How many runs there are, and how many rounds each of them has.
    fn runs_and_rounds(self) -> (usize, usize) {
        match self {
            Self::Quick => (1, 1),
            Self::Usual => (1, 3),
            Self::Full => (5, 2),
        }
    }
}

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let amount = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Amount::Usual,
        ["--quick"] => Amount::Quick,
        ["--full"] => Amount::Full,
        _ => {
            eprintln!("error: usage: cargo x bench [--quick|--full]");
            return ExitCode::from(2);
        }
    };
    match bench(amount) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { code, message }) => {
            eprintln!("error: {message}");
            ExitCode::from(code)
        }
    }
}

fn bench(amount: Amount) -> Result {
    let hosts = programs::hosts()?;
    let mut figures =
        Figures { machine: machine::machine(), ..Figures::default() };
    let (runs, rounds) = amount.runs_and_rounds();
    for number in 1..=runs {
        println!("Run {number} of {runs}:");
        figures.runs.push(rounds::run(&hosts, rounds, amount)?);
    }
    if amount == Amount::Full {
        figures.builds = full::builds()?;
    }
    tell(&figures, &root().join("target/bench"))?;
    if amount == Amount::Full {
        tell(&figures, &root().join("book/bench"))?;
    }
    Ok(())
}

/// Writes the figures with all that is made of them, and prints the tables.
fn tell(figures: &Figures, folder: &Path) -> Result {
    let mut files = match figures.files() {
        Ok(files) => files,
        Err(why) => return fail(format!("cannot draw a chart: {why}")),
    };
    for (name, text) in &files {
        if name.ends_with(".md") {
            println!("\n{}:\n\n{text}", name.trim_end_matches(".md"));
        }
    }
    files.insert("figures.json".into(), figures.json());
    fs::create_dir_all(folder).map_err(|why| cannot_write(folder, &why))?;
    for (name, text) in files {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|why| cannot_write(&path, &why))?;
    }
    println!("All of it is in {}", folder.display());
    Ok(())
}

fn cannot_write(path: &Path, why: &std::io::Error) -> Failure {
    let message = format!("cannot write {}: {why}", path.display());
    Failure { code: 1, message }
}

#[cfg(test)]
mod tests;
