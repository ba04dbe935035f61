//! `cargo x test` and `cargo x prove`. The first tests what a reader runs: the
//! chapters, what they share, and the book. The second proves that the first
//! sees what is wrong, and all else that the book promises.

use crate::{
    Done,
    args::did_you_mean,
    cargo, fail, first_build, folder_of, fresh, root, seconds,
    setup::{self, Consent, Need},
    step,
    suite::{self, Item, Program},
    test_of,
};
use std::{
    collections::HashSet,
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// How many chapters are tested at once. Tests mostly wait for windows.
const AT_ONCE: usize = 3;

/// How many proofs run at once: most start several chapters by themselves.
const PROOFS_AT_ONCE: usize = 2;

/// The library of the book's tool holds both: its gate belongs to the tests,
/// and that the chapters can be made of the book alone is a proof.
const BOOK: &str = "tools/book";
/// What the chapters from ch11 on stand on, and what tests it beside their tests:
/// `tests/ipc_*.rs`. Both belong to the group without Tauri.
const LIBRARY: &str = "common/ipc";
const ITS_TESTS: &str = "ipc_*";
/// What was measured, and what is told of it.
const FIGURES: &str = "bench/report";
const REBUILD: &str = "rebuild::";

/// Where, under target/, insta lists the snapshots that the tests ask for.
const REFERENCES: &str = "snapshot-references.txt";

/// The snapshots that no test compares, but a proof.
const PROOFS: [&str; 1] = ["tests/snapshots/ch12_errors_attacks.snap"];

/// Whether a program is one of `cargo x test`. All others are proofs.
fn is_test(program: &Program) -> bool {
    let package = program.package.as_str();
    let kinds = ["chapters/", "common", "tests/", BOOK, FIGURES];
    kinds.iter().any(|kind| package.starts_with(kind))
}

/// Whether a program is the library's unit tests, or one of its tests.
fn tests_library(program: &Program) -> bool {
    program.package == LIBRARY || program.target.starts_with("ipc_")
}

/// Tests what a reader runs.
pub fn all(extra: &[String], consent: Consent) -> Done {
    let begun = Instant::now();
    let (build, arguments) = split(extra);
    if !cfg!(target_os = "linux") {
        return elsewhere(&build, arguments);
    }
    setup::ensure(Need::Test, consent, "cargo x test")?;
    first_build::announce(first_build::ALL);
    build_examples()?;
    let mut programs = Vec::new();
    // The tests of chapters, and the unit tests of what they share.
    let files = ["--lib", "--test", "ch??_*", "--test", ITS_TESTS];
    let files = files.map(String::from);
    let [without, with] = checkout::groups(root())?;
    for (group, files) in [(without, &files[..]), (with, &files[..3])] {
        let all = [group, files.to_vec(), build.clone()].concat();
        programs.extend(suite::compile(&all)?);
    }
    programs.retain(is_test);
    // The later a chapter, the longer it takes: none should be left alone.
    programs.sort_by(|one, other| other.package.cmp(&one.package));
    println!("Built in {}.", seconds(begun));
    test(&programs, arguments)?;
    // Arguments of the reader's may have left tests out.
    if extra.is_empty() { all_used() } else { Ok(()) }
}

/// Tests one chapter, and the library if it stands on that.
pub fn one(chapter: &str, extra: &[String], consent: Consent) -> Done {
    if !cfg!(target_os = "linux") {
        return fail(format!(
            "chapters are tested in real windows on Linux only. Look at it \
             yourself: cargo run -p {chapter}"
        ));
    }
    setup::ensure(Need::Test, consent, &format!("cargo x test {chapter}"))?;
    first_build::announce(first_build::of_test(chapter));
    let is_on_library = checkout::is_on_library(chapter);
    if is_on_library || folder_of(chapter).join("alone.rs").is_file() {
        build_examples()?;
    }
    let library = match is_on_library {
        true => ["--lib", "--test", ITS_TESTS].map(String::from).to_vec(),
        false => Vec::new(),
    };
    let (build, arguments) = split(extra);
    let all = [test_of(chapter)?, library, build].concat();
    let mut programs = suite::compile(&all)?;
    // `--lib` means that of every package.
    let own = checkout::snake(chapter);
    programs.retain(|it| it.target == own || tests_library(it));
    test(&programs, arguments)
}

/// Builds the programs that stand beside chapters, for the tests that start
/// them: cargo does so only where it is not told which tests to build.
fn build_examples() -> Done {
    let [without, _] = checkout::groups(root())?;
    step(cargo(&["build", "--examples"]).args(without))
}

/// Runs tests, and looks for snapshots that nobody has accepted.
fn test(programs: &[Program], arguments: &[String]) -> Done {
    let begun = Instant::now();
    fresh(REFERENCES)?;
    let items = programs.iter().map(|program| {
        let chapter = program.package.strip_prefix("chapters/");
        let again = match chapter.map(checkout::short) {
            _ if tests_library(program) => "cargo x test ch11".into(),
            Some(short) => format!("cargo x test {short}"),
            None => "cargo x test".into(),
        };
        let (name, own): (_, &[_]) = match program.package.as_str() {
            BOOK => ("the book's gate", &["--skip", REBUILD]),
            _ if program.target.starts_with("ipc_") => (&*program.target, &[]),
            package => (chapter.unwrap_or(package), &[]),
        };
        item(name, program, own, arguments, &again)
    });
    let count = suite::run(items.collect(), AT_ONCE, false);
    println!("Tested in {}.", seconds(begun));
    suite::conclude(count, TESTS_FAILED).and(none_pending())
}

/// Proves that tests and book are good: all proofs, or those whose names hold a
/// word.
pub fn prove(word: Option<&str>, extra: &[String], consent: Consent) -> Done {
    if !cfg!(target_os = "linux") {
        return fail("proofs open real windows, which they do on Linux only");
    }
    setup::ensure(Need::Prove, consent, "cargo x prove")?;
    first_build::announce(first_build::ALL);
    let begun = Instant::now();
    let (build, arguments) = split(extra);
    let mut items = Vec::new();
    for group in checkout::groups(root())? {
        for program in suite::compile(&[group, build.clone()].concat())? {
            let (name, own): (_, &[_]) = match is_test(&program) {
                true if program.package != BOOK => continue,
                true => ("rebuild".into(), &[REBUILD]),
                false => (proof(&program), &[]),
            };
            let again = format!("cargo x prove {name}");
            items.push(item(&name, &program, own, arguments, &again));
        }
    }
    items.push(examples()?);
    println!("Built in {}.", seconds(begun));
    if let Some(word) = word {
        let names: Vec<_> = items.iter().map(|it| it.name.clone()).collect();
        items.retain(|it| it.name.contains(word));
        if items.is_empty() {
            let meant = did_you_mean(word, names.iter().map(String::as_str));
            let names = names.join("\n  ");
            return fail(format!(
                "there is no proof `{word}`{meant} There are these:\n  {names}"
            ));
        }
    }
    let begun = Instant::now();
    let count = suite::run(items, PROOFS_AT_ONCE, true);
    println!("Proved in {}.", seconds(begun));
    suite::conclude(count, "A proof failed: what it said is above.")
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
    let mut command = cargo(&["test", "--doc"]);
    command.args(without);
    Ok(Item {
        name: "examples".into(),
        command,
        again: "cargo test --doc --workspace".into(),
    })
}

/// Runs a test as it is in this checkout: no snapshot is changed unless that is
/// asked for.
fn item(
    name: &str,
    program: &Program,
    own: &[&str],
    arguments: &[String],
    again: &str,
) -> Item {
    let mut command = program.command();
    command.args(own).args(arguments).env(
        "INSTA_SNAPSHOT_REFERENCES_FILE",
        root().join("target").join(REFERENCES),
    );
    if env::var_os("INSTA_UPDATE").is_none() {
        command.env("INSTA_UPDATE", "no");
    }
    let again = format!("{again} -- -- <the test's name>");
    Item { name: name.into(), command, again }
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
    let tools = ["common", "common-ipc", "checkout", "xtask", "book-tool"];
    let tools = tools.map(|tool| ["-p".into(), tool.into()]).concat();
    test(&suite::compile(&[&tools, build].concat())?, arguments)
}

/// What follows `--` on our command line is for cargo, and what follows another
/// `--` there is for the tests.
fn split(extra: &[String]) -> (Vec<String>, &[String]) {
    let dashes = extra.iter().position(|arg| arg == "--");
    let (build, arguments) = extra.split_at(dashes.unwrap_or(extra.len()));
    (build.to_vec(), arguments.get(1..).unwrap_or_default())
}

const TESTS_FAILED: &str = "A test failed: what it said is above.
If a chapter now rightly prints something else: INSTA_UPDATE=always cargo x \
test, then read the changed snapshots before you keep them";

fn all_used() -> Done {
    // There is no such file where no test asked for a snapshot.
    let asked = root().join("target").join(REFERENCES);
    let asked = fs::read_to_string(asked).unwrap_or_default();
    let mut unused = unreferenced(&root().join("tests"), &asked)?;
    unused.retain(|it| PROOFS.iter().all(|proof| !it.ends_with(proof)));
    refuse(
        &unused,
        "asked for by no test. Remove them, or correct the name in the test \
         that should ask for them",
    )
}

fn none_pending() -> Done {
    refuse(
        &files(&root().join("tests"), ".snap.new")?,
        "not accepted yet. Read what is new in them; then either remove \
         \".new\" from their names or remove the files",
    )
}

/// Snapshots that are not in the list of paths that insta writes, one a line,
/// of those that the tests have asked for.
fn unreferenced(folder: &Path, asked: &str) -> Done<Vec<PathBuf>> {
    // insta builds its paths with `..` in them: compare what they lead to.
    let asked: HashSet<_> = asked.lines().flat_map(fs::canonicalize).collect();
    let mut snapshots = files(folder, ".snap")?;
    snapshots.retain(|path| {
        path.canonicalize().is_ok_and(|path| !asked.contains(&path))
    });
    Ok(snapshots)
}

/// The files in a folder and below it whose names end like this.
fn files(folder: &Path, ending: &str) -> Done<Vec<PathBuf>> {
    let mut files = checkout::files(folder)?;
    files.retain(|file| file.ends_with(ending));
    Ok(files.iter().map(|file| folder.join(file)).collect())
}

fn refuse(snapshots: &[PathBuf], why: &str) -> Done {
    let list: String =
        snapshots.iter().map(|it| format!("\n  {}", it.display())).collect();
    match list.is_empty() {
        true => Ok(()),
        false => fail(format!("these snapshots are {why}:{list}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_that_no_test_asks_for_or_nobody_has_accepted_is_found() {
        let name = format!("xtask-snapshots-{}", std::process::id());
        let folder = env::temp_dir().join(name);
        let below = folder.join("snapshots");
        fs::create_dir_all(&below).unwrap();
        for name in ["a.snap", "b.snap", "c.snap.new"] {
            fs::write(below.join(name), "").unwrap();
        }
        let asked = ["snapshots/../snapshots/a.snap", "snapshots/gone.snap"]
            .map(|path| folder.join(path).display().to_string());
        let unused = unreferenced(&folder, &asked.join("\n")).unwrap();
        assert_eq!(unused, [below.join("b.snap")]);
        let pending = files(&folder, ".snap.new").unwrap();
        assert_eq!(pending, [below.join("c.snap.new")]);
        assert!(
            refuse(&pending, "new").unwrap_err().message.contains("c.snap")
        );
        fs::remove_dir_all(folder).unwrap();
    }
}
