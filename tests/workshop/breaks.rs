//! The mistakes that a chapter could hold, each with the test that sees it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::{
    Failure, Patch, Result, WorkingCopy, apart, at, cargo, chapters, entries,
    fail, name, root,
};

/// How many seconds a wait lasts in a chapter that may never do what is
/// awaited. A chapter that is well has started after two.
const PATIENCE: &str = "8";

/// A mistake: `tests/breaks/<chapter>/<number>-<name>.patch`.
#[derive(Clone, Debug)]
pub struct Break {
    chapter: String,
    number: String,
    /// What it changes. Its head says `title`, `symptom` and `cure`, for the
    /// reader; `caught-by`, the test that fails, with its modules; and
    /// `failure`, a piece of what the test then says.
    pub patch: Patch,
}

/// What a test said about a program.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// It is as the test wants it.
    Passed,
    /// It is not; this is the message of the panic.
    Failed(String),
}

impl Break {
    /// All breaks of a chapter, in their order; none if it has none.
    ///
    /// # Errors
    /// When a patch file cannot be read or has no number.
    pub fn of(chapter: &str) -> Result<Vec<Self>> {
        let folder = root().join("tests/breaks").join(chapter);
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let patches = entries(&folder)?;
        let mut breaks = patches
            .iter()
            .map(|path| Self::read(chapter, path))
            .collect::<Result<Vec<_>>>()?;
        breaks.sort_by_key(|it| it.number.parse::<u32>().ok());
        Ok(breaks)
    }

    /// All breaks of all chapters.
    ///
    /// # Errors
    /// As [`of`](Self::of).
    pub fn all() -> Result<Vec<Self>> {
        let breaks = chapters()?
            .iter()
            .map(|chapter| Self::of(chapter))
            .collect::<Result<Vec<_>>>()?;
        Ok(breaks.concat())
    }

    /// One break of a chapter, by its number.
    ///
    /// # Errors
    /// When there is none; the message lists those that there are.
    pub fn find(chapter: &str, number: &str) -> Result<Self> {
        let breaks = Self::of(chapter)?;
        match breaks.iter().find(|it| it.number == number) {
            Some(found) => Ok(found.clone()),
            None => Err(Failure::usage(format!(
                "{chapter} has no break `{number}`.\n{}",
                list(chapter, &breaks)?
            ))),
        }
    }

    fn read(chapter: &str, path: &Path) -> Result<Self> {
        let patch = Patch::read(path)?;
        let file = name(path);
        match file.split_once('-') {
            Some((number, _)) if number.parse::<u32>().is_ok() => Ok(Self {
                chapter: chapter.into(),
                number: number.into(),
                patch,
            }),
            _ => fail(format!(
                "{} should begin with its number: 1-what-is-wrong.patch",
                path.display()
            )),
        }
    }

    /// What it is called in a list: `ch06-open-file 1`.
    pub fn name(&self) -> String {
        format!("{} {}", self.chapter, self.number)
    }

    /// The chapter with this mistake.
    ///
    /// # Errors
    /// When the chapter cannot be read or the patch does not apply to it.
    pub fn copy(&self) -> Result<WorkingCopy> {
        let label = format!("break-{}", self.number);
        let mut copy = WorkingCopy::of(&self.chapter, &label)?;
        copy.apply(&self.patch)?;
        Ok(copy)
    }

    /// Lets the test that should see the mistake look at `program`.
    /// `tests` are compiled test files, as [`compile_tests`] gives them.
    ///
    /// # Errors
    /// When there is no such test, or it neither passes nor fails.
    pub fn judge(&self, program: &Path, tests: &[PathBuf]) -> Result<Verdict> {
        let (test, file) =
            (self.patch.field("caught-by")?, snake(&self.chapter));
        let is_it = |path: &&PathBuf| {
            name(path).rsplit_once('-').is_some_and(|(it, _)| it == file)
        };
        let Some(tests) = tests.iter().find(is_it) else {
            return fail(format!("tests/{file}.rs was not compiled"));
        };
        let output = Command::new(tests)
            // A test that the suite leaves out may be the one that sees it.
            .args(["--exact", test, "--nocapture", "--include-ignored"])
            .current_dir(root().join("chapters").join(&self.chapter))
            .env("TUTORIAL_PROGRAM", program)
            .env("TUTORIAL_PATIENCE", PATIENCE)
            .env("INSTA_UPDATE", "no")
            .env("RUST_BACKTRACE", "0")
            .env_remove("INSTA_FORCE_PASS")
            .env_remove("INSTA_SNAPSHOT_REFERENCES_FILE")
            .env_remove("TUTORIAL_PLAY")
            .env_remove("TUTORIAL_SHOTS")
            .output()
            .map_err(at(tests))?;
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        let result = |says| stdout.contains(&format!("test result: {says}"));
        if result("ok. 1 passed; 0 failed") {
            return Ok(Verdict::Passed);
        }
        match message(&stderr).or_else(|| message(&stdout)) {
            Some(message) if result("FAILED. 0 passed; 1 failed") => {
                Ok(Verdict::Failed(message))
            }
            _ => fail(format!(
                "the test `{test}` of tests/{file}.rs neither passed nor \
                 failed: is it still called so?\n{stdout}{stderr}"
            )),
        }
    }

    /// Makes sure that the suite sees the mistake: the test fails, and says
    /// what it should. Gives the line of it that does.
    ///
    /// # Errors
    /// When the test passes, or fails for another reason.
    pub fn prove(&self, program: &Path, tests: &[PathBuf]) -> Result<String> {
        let (test, failure) =
            (self.patch.field("caught-by")?, self.patch.field("failure")?);
        let name = self.name();
        match self.judge(program, tests)? {
            Verdict::Passed => fail(format!(
                "{name} is not seen: `{test}` passes with this mistake"
            )),
            Verdict::Failed(message) => {
                let mut lines = message.lines();
                if let Some(line) = lines.find(|it| it.contains(failure)) {
                    return Ok(line.trim().to_owned());
                }
                fail(format!(
                    "{name}: `{test}` fails, but for another reason. It should \
                     say `{failure}`, and says:\n{message}"
                ))
            }
        }
    }
}

/// The breaks of a chapter, for the reader to choose from.
///
/// # Errors
/// When a break has no title.
pub fn list(chapter: &str, breaks: &[Break]) -> Result<String> {
    if breaks.is_empty() {
        return Ok(format!(
            "{chapter} has no breaks. ch02 is the first that has."
        ));
    }
    let mut text = format!("Mistakes to see in {chapter}:\n");
    for it in breaks {
        text += &format!("  {}  {}\n", it.number, it.patch.field("title")?);
    }
    let short = chapter.split('-').next().unwrap_or(chapter);
    Ok(text + &format!("To run it with the first: cargo x break {short} 1"))
}

/// Compiles tests, as `cargo test` with `selection` does, and gives the paths
/// of their programs.
///
/// # Errors
/// When they do not compile: cargo has then said why.
pub fn compile_tests(selection: &[impl AsRef<OsStr>]) -> Result<Vec<PathBuf>> {
    let built = cargo(&["test", "--quiet", "--no-run"])
        .args(["--message-format", "json-render-diagnostics"])
        .args(selection)
        .output()
        .map_err(at(Path::new("cargo")))?;
    if !built.status.success() {
        let said = String::from_utf8_lossy(&built.stderr);
        return fail(format!("the tests do not compile:\n{said}"));
    }
    let messages = String::from_utf8_lossy(&built.stdout);
    let messages = messages.lines().flat_map(serde_json::from_str::<Value>);
    // A program's own unit tests have the same name, and are another kind.
    let tests = messages.filter(|it| it["target"]["kind"][0] == "test");
    Ok(tests
        .filter_map(|it| it["executable"].as_str().map(Into::into))
        .collect())
}

/// Compiles all tests of the workspace, as `cargo x test` does.
///
/// # Errors
/// As [`compile_tests`].
pub fn compile_all_tests() -> Result<Vec<PathBuf>> {
    let [without, with] = apart()?;
    Ok([compile_tests(&without)?, compile_tests(&with)?].concat())
}

/// A chapter's name as its test file has it.
pub fn snake(chapter: &str) -> String {
    chapter.replace('-', "_")
}

/// What a panic said, out of what a test printed: all that follows the line
/// that tells where, up to the note on backtraces.
fn message(printed: &str) -> Option<String> {
    let (_, said) = printed.split_once("panicked at ")?;
    let (_, said) = said.split_once(":\n")?;
    let (said, _) = said.split_once("\nnote: run with").unwrap_or((said, ""));
    Some(said.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_of_a_panic_is_found_in_what_a_test_printed() {
        let printed = "\nrunning 1 test\n\nthread 'a' (7) panicked at a.rs:1:2:\n\
                       left: 1\nright: 2\nnote: run with `RUST_BACKTRACE=1`\n";
        assert_eq!(message(printed).unwrap(), "left: 1\nright: 2");
        assert_eq!(message("running 1 test\n"), None);
    }

    #[test]
    fn a_break_that_is_not_there_is_answered_with_those_that_are() {
        let error = Break::find("ch02-page", "99").expect_err("there is none");
        assert_eq!(error.code, 2);
        assert!(error.message.contains("  1  "), "{}", error.message);
        assert!(Break::of("ch01-window").unwrap().is_empty());
    }
}
