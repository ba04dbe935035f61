//! Chapters without one of their defences, for the tests of the next one.

use std::path::{Path, PathBuf};

use crate::breaks::{indented, look};
use crate::{Patch, Result, WorkingCopy, chapters, entries, fail, name, root};

/// A chapter that lets in what it should keep out:
/// `tests/foreign/<chapter>.patch`. On a copy of the chapter with this patch,
/// tests have to pass that are `#[ignore]`d because the chapter itself never
/// comes so far.
#[derive(Clone, Debug)]
pub struct Foreign {
    chapter: String,
    /// What it changes. Its head says `title`, and `passes`: which tests pass,
    /// a list with commas of their names or of modules of them.
    pub patch: Patch,
}

impl Foreign {
    /// All there are, in the order of their chapters.
    ///
    /// # Errors
    /// When a patch cannot be read or is not called as a chapter.
    pub fn all() -> Result<Vec<Self>> {
        let folder = root().join("tests/foreign");
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let (chapters, mut all) = (chapters()?, Vec::new());
        for path in entries(&folder)? {
            let file = name(&path);
            let chapter = file.strip_suffix(".patch").unwrap_or_default();
            if !chapters.iter().any(|it| it == chapter) {
                return fail(format!(
                    "{} belongs to no chapter: its name should be a chapter's \
                     and `.patch`",
                    path.display()
                ));
            }
            let patch = Patch::read(&path)?;
            all.push(Self { chapter: chapter.into(), patch });
        }
        Ok(all)
    }

    /// The name of its chapter.
    pub fn chapter(&self) -> &str {
        &self.chapter
    }

    /// The chapter with this patch.
    ///
    /// # Errors
    /// When the chapter cannot be read or the patch does not apply to it.
    pub fn copy(&self) -> Result<WorkingCopy> {
        let mut copy = WorkingCopy::of(&self.chapter, "foreign")?;
        copy.apply(&self.patch)?;
        Ok(copy)
    }

    /// Makes sure that the tests that should pass on `program` do, and gives
    /// how many these are. `tests` are compiled test files.
    ///
    /// # Errors
    /// When one fails, when there is none of a name, and when the patch has no
    /// line `passes`.
    pub fn prove(&self, program: &Path, tests: &[PathBuf]) -> Result<usize> {
        let list = look(&self.chapter, program, tests, |suite| {
            suite.args(["--list", "--format", "terse", "--include-ignored"])
        })?;
        let list = String::from_utf8_lossy(&list.stdout).into_owned();
        let there: Vec<_> =
            list.lines().filter_map(|it| it.strip_suffix(": test")).collect();
        let chosen = match chosen(self.patch.field("passes")?, &there) {
            Ok(chosen) => chosen,
            Err(odd) => {
                return fail(format!(
                    "{} names `{odd}`, and there is no such test or module",
                    self.patch.file().display()
                ));
            }
        };
        let ran = look(&self.chapter, program, tests, |suite| {
            suite.args(["--exact", "--include-ignored"]).args(&chosen)
        })?;
        let said = String::from_utf8_lossy(&ran.stdout);
        let passed =
            format!("test result: ok. {} passed; 0 failed", chosen.len());
        match ran.status.success() && said.contains(&passed) {
            true => Ok(chosen.len()),
            false => fail(format!(
                "{}: not all of its tests pass:\n{}",
                self.patch.file().display(),
                indented(&[&*said, &String::from_utf8_lossy(&ran.stderr)])
            )),
        }
    }
}

/// The tests among those that are `there` that a list names, by themselves or
/// by their module; or the part of the list that names none.
fn chosen<'a>(
    list: &'a str,
    there: &[&'a str],
) -> std::result::Result<Vec<&'a str>, &'a str> {
    let mut chosen = Vec::new();
    for part in list.split(',').map(str::trim) {
        let part = part.trim_end_matches("::");
        let is_meant = |test: &&&str| {
            let rest = test.strip_prefix(part);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        };
        let before = chosen.len();
        chosen.extend(there.iter().filter(is_meant));
        if part.is_empty() || chosen.len() == before {
            return Err(part);
        }
    }
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_named_by_themselves_or_by_their_module() {
        let there = ["abroad::one", "abroad::two", "abroad_too", "home::one"];
        for (list, expected) in [
            ("abroad_too", &["abroad_too"][..]),
            ("abroad", &["abroad::one", "abroad::two"]),
            ("abroad::", &["abroad::one", "abroad::two"]),
            ("home::one, abroad::two", &["abroad::two", "home::one"]),
            ("abroad::one,abroad", &["abroad::one", "abroad::two"]),
        ] {
            assert_eq!(chosen(list, &there), Ok(expected.to_vec()), "{list}");
        }
        for (list, odd) in
            [("abroa", "abroa"), ("one", "one"), ("", ""), ("abroad,", "")]
        {
            assert_eq!(chosen(list, &there), Err(odd));
        }
    }
}
