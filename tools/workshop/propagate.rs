//! A change to a chapter, carried through the chapters that follow it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use toml_edit::DocumentMut;

use crate::{Failure, Result, at, entries, fail, name, read, write};

/// Merges what has changed in a chapter since the commit `since` into every
/// chapter that comes after it, in the workspace `root`. Gives a line for each
/// file of theirs that it has looked at.
///
/// # Errors
/// When git is missing, or nothing has changed, or nothing follows. When
/// changes collide, they are in the files with git's marks around them, and
/// the message names those files.
pub fn propagate(root: &Path, chapter: &str, since: &str) -> Result<String> {
    let folder = format!("chapters/{chapter}");
    let commit = format!("{since}^{{commit}}");
    if !git(root, &["rev-parse", "--git-dir"])?.status.success() {
        return fail(format!(
            "{} is no git repository, so what has changed in {chapter} cannot \
             be told: make it one (git init), and commit before you change",
            root.display()
        ));
    }
    let known = git(root, &["rev-parse", "--verify", "--quiet", &commit])?;
    if !known.status.success() {
        return Err(Failure::usage(format!(
            "git knows no commit `{since}`: look at `git log`"
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
    let mut conflicts = String::new();
    for file in &files {
        let change = Change::read(root, &folder, file, since)?;
        for later in &later {
            let what = change.carry_into(root, later)?;
            let line = format!("{later}/{file}: {}\n", what.tell());
            if let Outcome::Conflict = what {
                conflicts += &format!("\n  chapters/{later}/{file}");
            }
            report += &line;
        }
    }
    if conflicts.is_empty() {
        return Ok(report);
    }
    fail(format!(
        "{report}\nthe change collides with what these files say in its place. \
         Both are there, between <<<<<<< and >>>>>>>; choose:{conflicts}"
    ))
}

/// The chapters after this one, and those after them, by name.
fn followers(root: &Path, chapter: &str) -> Result<Vec<String>> {
    let mut found = vec![chapter.to_owned()];
    // Sorted by name, so that a chapter comes later than the one it follows.
    for folder in entries(&root.join("chapters"))? {
        let manifest = folder.join("Cargo.toml");
        if !manifest.is_file() {
            continue;
        }
        let Ok(manifest) = read(&manifest)?.parse::<DocumentMut>() else {
            return fail(format!("{} is no TOML", manifest.display()));
        };
        let tutorial = manifest
            .get("package")
            .and_then(|it| it.get("metadata")?.get("tutorial")?.get("after"));
        let after = tutorial.and_then(|after| after.as_str());
        if after.is_some_and(|after| found.iter().any(|it| it == after)) {
            found.push(name(&folder));
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
        let listed = git(root, args)?;
        if !listed.status.success() {
            return fail(said(&listed));
        }
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        let prefix = format!("{folder}/");
        let names = listed.split('\0').flat_map(|it| it.strip_prefix(&prefix));
        files.extend(names.map(String::from));
    }
    Ok(files)
}

/// What a file of the chapter was and is; `None` where there was or is none.
struct Change {
    file: String,
    chapter: String,
    was: Option<String>,
    is: Option<String>,
}

/// What has become of a later chapter's file.
enum Outcome {
    Merged,
    Same,
    Added,
    Missing,
    Removed,
    Conflict,
}

impl Outcome {
    fn tell(&self) -> &'static str {
        match self {
            Self::Merged => "changed",
            Self::Same => "has it already",
            Self::Added => "added",
            Self::Missing => "there is none, so nothing to change",
            Self::Removed => "kept; remove it yourself if it should go too",
            Self::Conflict => "CONFLICT",
        }
    }
}

impl Change {
    fn read(
        root: &Path,
        folder: &str,
        file: &str,
        since: &str,
    ) -> Result<Self> {
        let old = git(root, &["show", &format!("{since}:./{folder}/{file}")])?;
        let was = old.status.success().then(|| String::from_utf8(old.stdout));
        let path = root.join(folder).join(file);
        let chapter = name(Path::new(folder));
        match was.transpose() {
            Ok(was) => Ok(Self {
                file: file.into(),
                chapter,
                was,
                is: path.exists().then(|| read(&path)).transpose()?,
            }),
            Err(_) => fail(format!("{folder}/{file} was no text at {since}")),
        }
    }

    fn carry_into(&self, root: &Path, later: &str) -> Result<Outcome> {
        let path = root.join("chapters").join(later).join(&self.file);
        let Some(is) = &self.is else {
            return Ok(Outcome::Removed);
        };
        if !path.exists() {
            if self.was.is_some() {
                return Ok(Outcome::Missing);
            }
            write(&path, is)?;
            return Ok(Outcome::Added);
        }
        let scratch = tempfile::tempdir().map_err(at(Path::new("TMPDIR")))?;
        let (old, new) =
            (scratch.path().join("old"), scratch.path().join("new"));
        write(&old, self.was.as_deref().unwrap_or_default())?;
        write(&new, is)?;
        let labels = [
            later.to_owned(),
            format!("{} before", self.chapter),
            format!("{} now", self.chapter),
        ];
        let mut merge = Command::new("git");
        merge.args(["merge-file", "-p"]);
        for label in &labels {
            merge.args(["-L", label]);
        }
        let merged = merge
            .args([&path, &old, &new])
            .output()
            .map_err(at(Path::new("git")))?;
        let clean = match merged.status.code() {
            Some(0) => true,
            // The number of conflicts.
            Some(1..=127) => false,
            _ => return fail(said(&merged)),
        };
        if merged.stdout == fs::read(&path).map_err(at(&path))? {
            return Ok(Outcome::Same);
        }
        fs::write(&path, &merged.stdout).map_err(at(&path))?;
        Ok(if clean { Outcome::Merged } else { Outcome::Conflict })
    }
}

fn git(root: &Path, args: &[&str]) -> Result<Output> {
    match Command::new("git").args(args).current_dir(root).output() {
        Ok(output) => Ok(output),
        Err(error) => fail(format!(
            "git did not start ({error}). It tells what has changed and merges \
             it: install it, or carry the change through by hand"
        )),
    }
}

fn said(output: &Output) -> String {
    format!("git failed: {}", String::from_utf8_lossy(&output.stderr).trim())
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
            assert!(git(root.path(), args).unwrap().status.success());
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
        assert!(message.contains("\n  chapters/ch03-c/main.rs"), "{message}");
        assert!(!message.contains("  chapters/ch02-b"), "{message}");
        let marked = text(&root, "ch03-c/main.rs");
        assert!(marked.contains("<<<<<<< ch03-c\nzwei\n"), "{marked}");
        assert!(marked.contains("2\n>>>>>>> ch01-a now\n"), "{marked}");
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
        assert!(git(root.path(), &commit).unwrap().status.success());
        let nothing = propagate(root.path(), "ch01-a", "HEAD").unwrap_err();
        assert!(nothing.message.contains("nothing"), "{}", nothing.message);
        propagate(root.path(), "ch01-a", "HEAD~1").unwrap();
        assert!(text(&root, "ch02-b/main.rs").starts_with("one\n2\n"));
    }

    #[test]
    fn what_cannot_be_carried_is_told() {
        let root = repository();
        edit(&root, "ch03-c/main.rs", "two\n", "2\n");
        let last = propagate(root.path(), "ch03-c", "HEAD").unwrap_err();
        assert!(last.message.contains("no chapter comes after"));
        let odd = propagate(root.path(), "ch01-a", "nowhere").unwrap_err();
        assert_eq!(odd.code, 2);
        assert!(odd.message.contains("`nowhere`"));

        fs::remove_file(root.path().join("chapters/ch04-d/main.rs")).unwrap();
        edit(&root, "ch01-a/main.rs", "two\n", "2\n");
        fs::remove_file(root.path().join("chapters/ch01-a/Cargo.toml"))
            .unwrap();
        let report = propagate(root.path(), "ch01-a", "HEAD").unwrap();
        assert!(report.contains("ch04-d/main.rs: there is none"), "{report}");
        assert!(report.contains("ch02-b/Cargo.toml: kept"), "{report}");

        let bare = tempfile::tempdir().unwrap();
        let none = propagate(bare.path(), "ch01-a", "HEAD").unwrap_err();
        assert!(none.message.contains("no git repository"));
    }
}
