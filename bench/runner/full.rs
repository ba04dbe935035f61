//! What takes minutes: how many crates a program is made of, how long its first
//! build takes, and how long `cargo run` when nothing has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Instant;
use std::{env, fs};

use bench_report::{Hosts, Spread};
use harness::Stage;
use workshop::{Failure, Result, cargo, fail, root};

/// The bridge by hand, an app on the library, and Tauri.
const PROGRAMS: [&str; 3] =
    ["ch06-open-file", "ch13-push", "ch08-tauri-invoke"];

/// How often `cargo run` is measured.
const RUNS: usize = 5;

/// Of each program, its number of crates and the seconds of a first build, in
/// debug as `cargo run` makes it.
pub fn builds() -> Result<Hosts<BTreeMap<String, f64>>> {
    let each = |name: &&str| {
        println!("Building {name} anew …");
        let figures = [
            ("crates", crates(name)?),
            ("seconds", seconds(name)?),
            ("again", again(name)?),
        ];
        let figures = figures.map(|(what, it)| (what.to_owned(), it));
        Ok(((*name).to_owned(), figures.into()))
    };
    PROGRAMS.iter().map(each).collect()
}

/// Its own and all that it needs on this system, to be built and to run.
fn crates(name: &str) -> Result<f64> {
    let tree = cargo(&["tree", "--prefix", "none", "--edges", "normal,build"])
        .args(["--format", "{p}", "-p", name])
        .output();
    let tree = tree.map(|it| it.stdout).unwrap_or_default();
    let tree = String::from_utf8_lossy(&tree);
    let line = |line: &str| line.trim_end_matches(" (*)").to_owned();
    let crates: BTreeSet<_> = tree.lines().map(line).collect();
    if crates.is_empty() {
        return fail(format!("cargo does not tell what {name} needs"));
    }
    Ok(crates.len() as f64)
}

fn seconds(name: &str) -> Result<f64> {
    let target = root().join("target/bench/cold");
    // What an earlier one has left. Nothing is there the first time.
    let _ = fs::remove_dir_all(&target);
    let download = cargo(&["fetch", "--locked"]).stderr(Stdio::null()).status();
    let begun = Instant::now();
    let built = cargo(&["build", "--locked", "--quiet", "-p", name])
        .arg("--target-dir")
        .arg(&target)
        .status();
    let seconds = begun.elapsed().as_secs_f64();
    let _ = fs::remove_dir_all(&target);
    let all_well = [download, built]
        .into_iter()
        .all(|it| it.is_ok_and(|status| status.success()));
    match all_well {
        true => Ok(seconds),
        false => Err(Failure { code: 1, message: format!("{name}: no build") }),
    }
}

/// The seconds from `cargo run` to the program's line that it is ready, when all
/// has been built: the median, for a start takes longer now and then.
fn again(name: &str) -> Result<f64> {
    let built = cargo(&["build", "--quiet", "-p", name]).status();
    if !built.is_ok_and(|status| status.success()) {
        return fail(format!("{name} does not compile"));
    }
    let runs: Vec<_> = (0..RUNS).map(|_| ready(name)).collect::<Result<_>>()?;
    Ok(Spread::of(runs).map_or(f64::NAN, |it| it.median))
}

/// Of one `cargo run`. The window is there when the line is.
fn ready(name: &str) -> Result<f64> {
    let stage = Stage::open();
    let mut run = cargo(&["run", "--quiet", "-p", name]);
    let _folder = stage.prepare(&mut run);
    // Cargo needs the reader's own folder.
    run.current_dir(root()).stdout(Stdio::piped()).stderr(Stdio::null());
    if let Some(home) = env::var_os("HOME") {
        run.env("HOME", home);
    }
    let begun = Instant::now();
    let Ok(mut child) = run.spawn() else { return fail("cargo does not run") };
    let lines = child.stdout.take().map(BufReader::new);
    let mut lines = lines.into_iter().flat_map(BufReader::lines);
    let is_ready = lines.any(|it| it.is_ok_and(|it| it == "[main] ready"));
    let seconds = begun.elapsed().as_secs_f64();
    // `cargo run` has become the program.
    let _ = child.kill();
    let _ = child.wait();
    match is_ready {
        true => Ok(seconds),
        false => fail(format!("{name} ended before it was ready")),
    }
}
