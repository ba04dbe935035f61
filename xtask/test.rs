//! Runs the tests, and checks that every snapshot is used and accepted.

use crate::{
    Done, at, cargo, chapters, fail, fresh, root, seconds,
    setup::{self, Consent, Need},
    snapshots, step, workshop,
};
use std::{env, fs, path::PathBuf, time::Instant};

/// Tests the whole workspace.
pub fn all(extra: &[String], consent: Consent) -> Done {
    let parts = chapters::apart(root())?;
    if !cfg!(target_os = "linux") {
        println!(
            "The chapters are tested in real windows on Linux only (macOS has \
             no WebDriver\nfor its web view): building them, and testing what \
             opens no window."
        );
        for packages in &parts {
            step(cargo(&["build"]).args(packages))?;
        }
        let tools = ["-p", "common", "-p", "xtask", "-p", "book-tool"];
        return test(&[tools.map(String::from).to_vec()], extra, || Ok(()));
    }
    setup::ensure(Need::Test, consent, "cargo x test")?;
    test(&parts, extra, workshop::build)?;
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
    test(&[vec!["-p".into(), chapter.into()]], extra, || Ok(()))
}

/// Builds the tests of all parts and what they need besides, then runs them, so
/// that the times can be told apart. Each part is arguments that choose packages.
fn test(
    parts: &[Vec<String>],
    extra: &[String],
    besides: impl FnOnce() -> Done,
) -> Done {
    let begun = Instant::now();
    for packages in parts {
        step(cargo(&["test", "--no-run"]).args(packages).args(extra))?;
    }
    besides()?;
    let built = seconds(begun);

    let references = fresh(REFERENCES)?;
    let mut passed = Ok(());
    let mut times = Vec::new();
    for packages in parts {
        let begun = Instant::now();
        let mut tests = cargo(&["test", "--no-fail-fast"]);
        tests.env("INSTA_SNAPSHOT_REFERENCES_FILE", &references);
        if env::var_os("INSTA_UPDATE").is_none() {
            tests.env("INSTA_UPDATE", "no");
        }
        passed = passed.and(step(tests.args(packages).args(extra)));
        times.push(seconds(begun));
    }
    println!("Building took {built}, the tests {}.", times.join(" and "));
    none_pending()?;
    passed.or_else(|_| fail(TESTS_FAILED))
}

const TESTS_FAILED: &str = "a test failed: look above for `failures:`.
To run the tests of one chapter: cargo x test ch06
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
