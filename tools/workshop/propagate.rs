//! A change to a chapter, carried through the chapters that follow it.
//!
//! `git apply --3way` would do it for whoever has committed all else: it
//! refuses a later chapter that is being changed as well, and stages what it
//! merges. So git merges each file by itself, as it is in its folder.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use checkout::Chapter;

use crate::{Failure, Result, at, fail, read, write};

/// Merges what has changed in a chapter since the commit `since` into every
/// chapter that comes after it, in the workspace `root`. Gives a line for each
/// file of theirs that it has looked at.
///
/// # Errors
/// When git fails, or nothing has changed, or nothing follows. When changes
/// collide, they are in the files with git's marks around them, and the message
/// names those files.
pub fn propagate(root: &Path, chapter: &str, since: &str) -> Result<String> {
    let folder = format!("chapters/{chapter}");
    let commit = format!("{since}^{{commit}}");
    if let Err(failure) = git(root, &["rev-parse", "--verify", &commit]) {
        return Err(Failure::usage(format!(
            "there is no commit `{since}` to compare with: {}",
            failure.message
        )));
    }
    let files = changed(root, &folder, since)?;
    if files.is_empty() {
        return fail(format!(
            "nothing in {folder} has changed since {since}. Change the chapter \
             first; if you have committed that, name the commit before it: \
             cargo x propagate {chapter} HEAD~1"
        ));
    }
    let later = followers(root, chapter)?;
    if later.is_empty() {
        return fail(format!("no chapter comes after {chapter}"));
    }
    let mut report = String::new();
    for file in &files {
        let old = format!("{since}:./{folder}/{file}");
        let old = git(root, &["show", &old]).map(|old| old.stdout).ok();
        let new = root.join(&folder).join(file);
        for later in &later {
            let path = root.join("chapters").join(later).join(file);
            let done = carry(old.as_deref(), &new, &path)?;
            report += &format!("{later}/{file}: {done}\n");
        }
    }
    if !report.contains(CONFLICT) {
        return Ok(report);
    }
    fail(format!(
        "{report}\nthe change collides with what files say in its place. Both \
         are there, between <<<<<<< and >>>>>>>; choose"
    ))
}

const CONFLICT: &str = "CONFLICT";

/// Merges what has changed between the text `old` and the file `new` into the
/// file of a later chapter, and says what has become of that.
fn carry(old: Option<&[u8]>, new: &Path, into: &Path) -> Result<&'static str> {
    if !new.exists() {
        return Ok("kept; remove it yourself if it should go too");
    }
    if !into.exists() {
        if old.is_some() {
            return Ok("there is none, so nothing to change");
        }
        write(into, read(new)?)?;
        return Ok("added");
    }
    let base =
        tempfile::NamedTempFile::new().map_err(at(Path::new("TMPDIR")))?;
    fs::write(&base, old.unwrap_or_default()).map_err(at(base.path()))?;
    let before = read(into)?;
    let merged = Command::new("git")
        .args(["merge-file", "-L", "here", "-L", "before", "-L", "change"])
        .args([into, base.path(), new])
        .output()
        .map_err(at(Path::new("git")))?;
    match merged.status.code() {
        Some(0) if read(into)? == before => Ok("has it already"),
        Some(0) => Ok("changed"),
        // The number of conflicts.
        Some(1..=127) => Ok(CONFLICT),
        _ => fail(said(&merged)),
    }
}

/// The chapters after this one, and those after them, by name.
fn followers(root: &Path, chapter: &str) -> Result<Vec<String>> {
    let mut found = vec![chapter.to_owned()];
    // Sorted by name, so that a chapter comes later than the one it follows.
    for later in Chapter::all(root)? {
        if later.after.is_some_and(|after| found.contains(&after)) {
            found.push(later.slug);
        }
    }
    Ok(found.split_off(1))
}

/// The files below `folder` that are not what they were, from it on.
fn changed(root: &Path, folder: &str, since: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for args in [
        &["diff", "--name-only", "-z", "--relative", since, "--", folder][..],
        &["ls-files", "--others", "--exclude-standard", "-z", "--", folder],
    ] {
        let listed = git(root, args)?.stdout;
        let listed = String::from_utf8_lossy(&listed);
        let prefix = format!("{folder}/");
        let names = listed.split('\0').flat_map(|it| it.strip_prefix(&prefix));
        // What stands beside a chapter does not go on into the next.
        let names = names.filter(|name| *name != "alone.rs");
        files.extend(names.map(String::from));
    }
    Ok(files)
}

fn git(root: &Path, args: &[&str]) -> Result<Output> {
    let output = Command::new("git")
        .args(args)
        .current_dir(root)
        .output()
        .map_err(at(Path::new("git")))?;
    match output.status.success() {
        true => Ok(output),
        false => fail(said(&output)),
    }
}

fn said(output: &Output) -> String {
    format!("git says: {}", String::from_utf8_lossy(&output.stderr).trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    const MAIN: &str = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n";

    /// A repository with ch01, ch02 and ch03 one after the other, and ch04
    /// that also follows ch01.
    fn repository() -> TempDir {
        let root = tempfile::tempdir().unwrap();
        for (chapter, after, end) in [
            ("ch01-a", "", ""),
            ("ch02-b", "ch01-a", "nine\n"),
            ("ch03-c", "ch02-b", "nine\nten\n"),
            ("ch04-d", "ch01-a", "other\n"),
        ] {
            let folder = root.path().join("chapters").join(chapter);
            let manifest = format!(
                "[package]\nname = \"{chapter}\"\n\
                 [package.metadata.tutorial]\nafter = \"{after}\"\n"
            );
            write(&folder.join("Cargo.toml"), &manifest).unwrap();
            write(&folder.join("main.rs"), format!("{MAIN}{end}")).unwrap();
        }
        for args in [
            &["init", "--quiet"][..],
            &["config", "user.name", "test"],
            &["config", "user.email", "test@localhost"],
            &["add", "."],
            &["commit", "--quiet", "-m", "Chapters"],
        ] {
            git(root.path(), args).unwrap();
        }
        root
    }

    fn edit(root: &TempDir, file: &str, from: &str, to: &str) {
        let path = root.path().join("chapters").join(file);
        let text = read(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from:?}");
        write(&path, text.replace(from, to)).unwrap();
    }

    fn text(root: &TempDir, file: &str) -> String {
        read(&root.path().join("chapters").join(file)).unwrap()
    }

    #[test]
    fn a_change_goes_through_all_chapters_that_follow_and_no_others() {
        let root = repository();
        edit(&root, "ch02-b/main.rs", "two\n", "2\n");
        write(&root.path().join("chapters/ch02-b/new.js"), "new\n").unwrap();
        // This stands beside its chapter.
        write(&root.path().join("chapters/ch02-b/alone.rs"), "").unwrap();
        let report = propagate(root.path(), "ch02-b", "HEAD").unwrap();
        assert_eq!(report, "ch03-c/main.rs: changed\nch03-c/new.js: added\n");
        let expected = MAIN.replace("two", "2") + "nine\nten\n";
        assert_eq!(text(&root, "ch03-c/main.rs"), expected);
        assert_eq!(text(&root, "ch03-c/new.js"), "new\n");
        assert_eq!(text(&root, "ch01-a/main.rs"), MAIN);
        assert_eq!(text(&root, "ch04-d/main.rs"), format!("{MAIN}other\n"));

        let again = propagate(root.path(), "ch02-b", "HEAD").unwrap();
        assert!(again.contains("ch03-c/main.rs: has it already"), "{again}");
    }

    #[test]
    fn changes_that_collide_are_marked_and_named() {
        let root = repository();
        edit(&root, "ch03-c/main.rs", "two\n", "zwei\n");
        edit(&root, "ch01-a/main.rs", "two\n", "2\n");
        let failure = propagate(root.path(), "ch01-a", "HEAD").unwrap_err();
        let message = failure.message;
        assert!(message.contains("ch03-c/main.rs: CONFLICT"), "{message}");
        assert!(message.contains("ch02-b/main.rs: changed"), "{message}");
        let marked = text(&root, "ch03-c/main.rs");
        assert!(marked.contains("<<<<<<< here\nzwei\n"), "{marked}");
        assert!(marked.contains("2\n>>>>>>> change\n"), "{marked}");
        for chapter in ["ch02-b", "ch04-d"] {
            let merged = text(&root, &format!("{chapter}/main.rs"));
            assert!(merged.starts_with("one\n2\nthree\n"), "{merged}");
        }
    }

    #[test]
    fn a_change_that_is_committed_is_found_since_the_commit_before() {
        let root = repository();
        edit(&root, "ch01-a/main.rs", "two\n", "2\n");
        let commit = ["commit", "--quiet", "--all", "-m", "Two"];
        git(root.path(), &commit).unwrap();
        let propagate = |chapter, since| propagate(root.path(), chapter, since);
        for (chapter, since, why) in [
            ("ch01-a", "HEAD", "nothing in chapters/ch01-a has changed"),
            ("ch01-a", "nowhere", "there is no commit `nowhere`"),
            ("ch03-c", "HEAD~1", "nothing in chapters/ch03-c has changed"),
        ] {
            let failure = propagate(chapter, since).unwrap_err();
            assert!(failure.message.contains(why), "{}", failure.message);
        }
        propagate("ch01-a", "HEAD~1").unwrap();
        assert!(text(&root, "ch02-b/main.rs").starts_with("one\n2\n"));
        let last = propagate("ch03-c", "HEAD").unwrap_err();
        assert!(last.message.contains("no chapter comes after"));
    }

    #[test]
    fn a_file_that_is_gone_is_kept_in_those_that_follow_or_left_out() {
        let root = repository();
        let file = |name| root.path().join("chapters").join(name);
        fs::remove_file(file("ch04-d/main.rs")).unwrap();
        edit(&root, "ch01-a/main.rs", "two\n", "2\n");
        fs::remove_file(file("ch01-a/Cargo.toml")).unwrap();
        let report = propagate(root.path(), "ch01-a", "HEAD").unwrap();
        assert!(report.contains("ch04-d/main.rs: there is none"), "{report}");
        assert!(report.contains("ch02-b/Cargo.toml: kept"), "{report}");
    }
}
