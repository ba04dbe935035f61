//! `cargo x test` and `cargo x prove`. The first tests what a reader runs: the
//! chapters, what they share, and the book. The second proves that the first
//! sees what is wrong, and all else that the book promises.

use crate::{
    Done, at, cargo, fail, fresh, root, seconds,
    setup::{self, Consent, Need},
    snapshots, step,
    suite::{self, Item, Program},
    test_of,
};
use std::{fs, path::PathBuf, time::Instant};

/// How many chapters are tested at once. Tests mostly wait for windows.
const AT_ONCE: usize = 3;

/// How many proofs run at once: most start several chapters by themselves.
const PROOFS_AT_ONCE: usize = 2;

/// The library of the book's tool holds both: its gate belongs to the tests,
/// and that the chapters can be made of the book alone is a proof.
const BOOK: &str = "tools/book";
const REBUILD: &str = "rebuild::";

/// Whether a program is one of `cargo x test`. All others are proofs.
fn is_test(program: &Program) -> bool {
    let package = program.package.as_str();
    package.starts_with("chapters/")
        || package.starts_with("common")
        || package == BOOK
}

/// Tests what a reader runs.
pub fn all(extra: &[String], consent: Consent) -> Done {
    let begun = Instant::now();
    let (build, arguments) = split(extra);
    if !cfg!(target_os = "linux") {
        return elsewhere(&build, &arguments);
    }
    setup::ensure(Need::Test, consent, "cargo x test")?;
    let mut programs = Vec::new();
    for group in checkout::groups(root())? {
        // The tests of chapters, and the unit tests of what they share.
        let files = ["--lib", "--test", "ch??_*"].map(String::from);
        let all = [group, files.to_vec(), build.clone()].concat();
        programs.extend(suite::compile(&all)?);
    }
    programs.retain(is_test);
    // The later a chapter, the longer it takes: none should be left alone.
    programs.sort_by(|one, other| other.package.cmp(&one.package));
    println!("Built in {}.", seconds(begun));
    test(&programs, &arguments)?;
    // Arguments of the reader's may have left tests out.
    if extra.is_empty() { all_used() } else { Ok(()) }
}

/// Tests one chapter.
pub fn one(chapter: &str, extra: &[String], consent: Consent) -> Done {
    if !cfg!(target_os = "linux") {
        return fail(format!(
            "chapters are tested in real windows on Linux only. Look at it \
             yourself: cargo run -p {chapter}"
        ));
    }
    setup::ensure(Need::Test, consent, &format!("cargo x test {chapter}"))?;
    let (build, arguments) = split(extra);
    let all = [test_of(chapter)?, build].concat();
    test(&suite::compile(&all)?, &arguments)
}

/// Runs tests, and looks for snapshots that nobody has accepted.
fn test(programs: &[Program], arguments: &[String]) -> Done {
    let begun = Instant::now();
    fresh(REFERENCES)?;
    let items = programs.iter().map(|program| {
        let name = program.package.trim_start_matches("chapters/");
        let (name, again) = match program.package.as_str() {
            BOOK => ("the book's gate", "cargo x test".into()),
            "common" | "common/tauri" => (name, "cargo x test".into()),
            _ => (name, format!("cargo x test {}", short(name))),
        };
        let skip = (program.package == BOOK).then_some(["--skip", REBUILD]);
        let again = format!("{again} -- -- <the test's name>");
        item(name, program, skip.as_slice().concat(), arguments, again)
    });
    let count = suite::run(items.collect::<Done<_>>()?, AT_ONCE, false)?;
    let pending = none_pending();
    println!("Tested in {}.", seconds(begun));
    count.conclude(TESTS_FAILED).and(pending)
}

/// Proves that tests and book are good: all proofs, or those whose names hold a
/// word.
pub fn prove(word: Option<&str>, extra: &[String], consent: Consent) -> Done {
    if !cfg!(target_os = "linux") {
        return fail("proofs open real windows, which they do on Linux only");
    }
    setup::ensure(Need::Prove, consent, "cargo x prove")?;
    let begun = Instant::now();
    let (build, arguments) = split(extra);
    let mut programs = Vec::new();
    for group in checkout::groups(root())? {
        programs.extend(suite::compile(&[group, build.clone()].concat())?);
    }
    println!("Built in {}.", seconds(begun));

    let begun = Instant::now();
    let mut items = Vec::new();
    for program in programs {
        let name = match is_test(&program) {
            true if program.package != BOOK => continue,
            true => "rebuild".into(),
            false => proof(&program),
        };
        if word.is_some_and(|word| !name.contains(word)) {
            continue;
        }
        let only: &[&str] = if name == "rebuild" { &[REBUILD] } else { &[] };
        let again = format!("cargo x prove {name} -- -- <the test's name>");
        items.push(item(&name, &program, only.into(), &arguments, again)?);
    }
    if word.is_none() {
        items.push(examples()?);
    }
    let count = suite::run(items, PROOFS_AT_ONCE, true)?;
    println!("Proved in {}.", seconds(begun));
    count.conclude("A proof failed: what it said is above.")
}

/// What a proof is called: as its file in `tests`, or as the package whose unit
/// tests it is.
fn proof(program: &Program) -> String {
    let package = program.package.rsplit('/').next().unwrap_or_default();
    match root().join(format!("tests/{}.rs", program.target)).is_file() {
        true => program.target.clone(),
        false if package == program.target => package.into(),
        false => format!("{package}-{}", program.target),
    }
}

/// The examples in the documentation of libraries, which only cargo can run.
fn examples() -> Done<Item> {
    let [without, _] = checkout::groups(root())?;
    let runs = vec![{
        let mut command = cargo(&["test", "--doc"]);
        command.args(without);
        command
    }];
    Ok(Item {
        name: "examples".into(),
        runs,
        again: "cargo test --doc --workspace".into(),
    })
}

fn item(
    name: &str,
    program: &Program,
    own: Vec<&str>,
    arguments: &[String],
    again: String,
) -> Done<Item> {
    let own: Vec<_> = own.into_iter().map(String::from).collect();
    let mut command = program.command(&[&own, arguments].concat());
    suite::settle(&mut command, &root().join("target").join(REFERENCES));
    Ok(Item { name: name.into(), runs: vec![command], again })
}

/// Builds the chapters where they cannot be tested, and tests what opens no
/// window.
fn elsewhere(build: &[String], arguments: &[String]) -> Done {
    println!(
        "The chapters are tested in real windows on Linux only (macOS has no \
         WebDriver\nfor its web view): building them, and testing what opens \
         no window."
    );
    for packages in checkout::groups(root())? {
        step(cargo(&["build"]).args(packages))?;
    }
    let tools = ["-p", "common", "-p", "xtask", "-p", "book-tool"];
    let tools = tools.map(String::from);
    test(&suite::compile(&[&tools, build].concat())?, arguments)
}

/// What follows `--` on our command line is for cargo, and what follows another
/// `--` there is for the tests.
fn split(extra: &[String]) -> (Vec<String>, Vec<String>) {
    let mut parts = extra.splitn(2, |arg| arg == "--").map(<[_]>::to_vec);
    let mut next = || parts.next().unwrap_or_default();
    (next(), next())
}

fn short(chapter: &str) -> &str {
    chapter.split('-').next().unwrap_or(chapter)
}

const TESTS_FAILED: &str = "A test failed: what it said is above.
If a chapter now rightly prints something else: INSTA_UPDATE=always cargo x \
test, then read the changed snapshots before you keep them";

/// Where, under target/, insta lists the snapshots that the tests ask for.
const REFERENCES: &str = "snapshot-references.txt";
fn all_used() -> Done {
    let folder = root().join("tests/snapshots");
    let list = root().join("target").join(REFERENCES);
    // There is no such file where no test asked for a snapshot.
    let list = fs::read_to_string(list).unwrap_or_default();
    let unused =
        snapshots::unreferenced(&folder, &list).map_err(at(&folder))?;
    let fix = "asked for by no test. Remove them, or correct the name in the \
               test that should ask for them";
    refuse(&unused, fix)
}

fn none_pending() -> Done {
    let tests = root().join("tests");
    let pending = snapshots::pending(&tests).map_err(at(&tests))?;
    let fix = "not accepted yet. Read what is new in them; then either remove \
               \".new\" from their names or remove the files";
    refuse(&pending, fix)
}

fn refuse(snapshots: &[PathBuf], why: &str) -> Done {
    if snapshots.is_empty() {
        return Ok(());
    }
    let list: String =
        snapshots.iter().map(|s| format!("\n  {}", s.display())).collect();
    fail(format!("these snapshots are {why}:{list}"))
}
