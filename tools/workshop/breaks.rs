//! The mistakes that a chapter could hold, each with the test that sees it.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use serde_json::Value;

use crate::{
    Failure, Patch, Result, WorkingCopy, at, build_all, cargo, chapters,
    entries, fail, groups, name, root,
};

/// How many seconds a wait lasts in a chapter that may never do what is
/// awaited. A chapter that is well has started after two.
const PATIENCE: &str = "8";

/// Who a mistake is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In `tests/breaks`: readers meet it in the book, and can run it.
    Break,
    /// In `tests/mutants`: only the suite meets it, to show that it sees it.
    Mutant,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Break => "break",
            Self::Mutant => "mutant",
        }
    }
}

/// A mistake: `tests/breaks/<chapter>/<number>-<name>.patch`, or the same in
/// `tests/mutants`.
#[derive(Clone, Debug)]
pub struct Break {
    kind: Kind,
    chapter: String,
    number: String,
    /// What it changes. Its head says `title` and, for the reader of a break,
    /// `symptom` and `cure`; `caught-by`, the test that fails, with its modules; and
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
        Self::of_kind(Kind::Break, chapter)
    }

    fn of_kind(kind: Kind, chapter: &str) -> Result<Vec<Self>> {
        let folder = format!("tests/{}s/{chapter}", kind.name());
        let folder = root().join(folder);
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let patches = entries(&folder)?;
        let mut breaks = patches
            .iter()
            .map(|path| Self::read(kind, chapter, path))
            .collect::<Result<Vec<_>>>()?;
        breaks.sort_by_key(|it| it.number.parse::<u32>().ok());
        Ok(breaks)
    }

    /// All mistakes of this kind, in all chapters.
    ///
    /// # Errors
    /// As [`of`](Self::of), and where a folder or a file of theirs belongs to
    /// no chapter.
    pub fn all(kind: Kind) -> Result<Vec<Self>> {
        let folder = root().join(format!("tests/{}s", kind.name()));
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let (chapters, mut all) = (chapters()?, Vec::new());
        for path in entries(&folder)? {
            let chapter = name(&path);
            if !chapters.contains(&chapter) {
                return fail(format!(
                    "{} belongs to no chapter: its name should be a chapter's",
                    path.display()
                ));
            }
            all.extend(Self::of_kind(kind, &chapter)?);
        }
        Ok(all)
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

    fn read(kind: Kind, chapter: &str, path: &Path) -> Result<Self> {
        let patch = Patch::read(path)?;
        let file = name(path);
        match file.split_once('-') {
            Some((number, _)) if number.parse::<u32>().is_ok() => Ok(Self {
                kind,
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
        match self.kind {
            Kind::Break => format!("{} {}", self.chapter, self.number),
            Kind::Mutant => format!("{} mutant {}", self.chapter, self.number),
        }
    }

    /// The chapter with this mistake.
    ///
    /// # Errors
    /// When the chapter cannot be read or the patch does not apply to it.
    pub fn copy(&self) -> Result<WorkingCopy> {
        let label = format!("{}-{}", self.kind.name(), self.number);
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
        // A test that the suite leaves out may be the one that sees it.
        let arguments = ["--exact", test, "--nocapture", "--include-ignored"];
        let output = look(&self.chapter, program, tests, |suite| {
            suite.args(arguments).env("TUTORIAL_PATIENCE", PATIENCE)
        })?;
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
                 failed: is it still called so?\n{}",
                indented(&[&stdout, &stderr])
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

/// Builds a chapter with each of these mistakes, all of one kind, and lets the
/// suite look at them. Tells on the standard error how far it is. Gives each
/// one's name and test with the line of the test's message that shows that it
/// is seen, or with what is wrong.
///
/// # Errors
/// When the tests do not compile or a patch has no head.
pub fn prove_all(
    breaks: &[Break],
) -> Result<Vec<(String, String, Result<String>)>> {
    let copies: Vec<_> = breaks.iter().map(Break::copy).collect();
    let programs = build_all(&copies.iter().flatten().collect::<Vec<_>>());
    let mut programs = programs.into_iter();
    let programs: Vec<_> = copies
        .into_iter()
        .map(|copy| {
            copy.and_then(|_| programs.next().unwrap_or_else(no_program))
        })
        .collect();
    let tests = compile_all_tests()?;
    let queue = Mutex::new(breaks.iter().zip(programs));
    let proofs = Mutex::new(Vec::new());
    let work = || -> Result {
        loop {
            let next =
                queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((it, program)) = next else { return Ok(()) };
            let begun = Instant::now();
            let seen = program.and_then(|path| it.prove(&path, &tests));
            let test = it.patch.field("caught-by")?.to_owned();
            let mut proofs =
                proofs.lock().unwrap_or_else(PoisonError::into_inner);
            let (number, total) = (proofs.len() + 1, breaks.len());
            let result = if seen.is_ok() { "seen" } else { "NOT SEEN" };
            tell(&format!(
                "[{number}/{total}] {}: {result}, {:.1} s",
                it.name(),
                begun.elapsed().as_secs_f32()
            ));
            proofs.push((it.name(), test, seen));
        }
    };
    thread::scope(|scope| {
        // Broken chapters mostly wait, so more of them than there are cores.
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        threads.into_iter().try_for_each(|thread| match thread.join() {
            Ok(result) => result,
            Err(_) => fail("a proof panicked: see above"),
        })
    })?;
    let mut proofs =
        proofs.into_inner().unwrap_or_else(PoisonError::into_inner);
    proofs.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(proofs)
}

/// One proof of [`prove_all`] a line, for the eye; and what was not seen.
pub fn table(
    proofs: Vec<(String, String, Result<String>)>,
) -> (String, Vec<String>) {
    let (mut table, mut unseen) = (String::new(), Vec::new());
    for (name, test, seen) in proofs {
        match seen {
            Ok(message) => table += &format!("{name} | {test} | {message}\n"),
            Err(failure) => unseen.push(failure.message),
        }
    }
    (table, unseen)
}

fn no_program() -> Result<PathBuf> {
    fail("a copy was not built")
}

/// Says how far a test is, even where what it prints is kept for its failure.
pub fn tell(line: &str) {
    // A terminal that is gone is told nothing.
    let _ = writeln!(io::stderr(), "{line}");
}

/// What other tests have said, so that it is not taken for our own results.
pub(crate) fn indented(texts: &[&str]) -> String {
    let lines = texts.iter().flat_map(|text| text.lines());
    lines.map(|line| format!("  {line}\n")).collect()
}

/// Starts the compiled test file of a chapter on `program` instead of on the
/// chapter, and gives what it says.
pub(crate) fn look(
    chapter: &str,
    program: &Path,
    tests: &[PathBuf],
    adjust: impl FnOnce(&mut Command) -> &mut Command,
) -> Result<Output> {
    let file = snake(chapter);
    let is_it = |path: &&PathBuf| {
        name(path).rsplit_once('-').is_some_and(|(it, _)| it == file)
    };
    let Some(tests) = tests.iter().find(is_it) else {
        return fail(format!("tests/{file}.rs was not compiled"));
    };
    let mut suite = Command::new(tests);
    suite
        .current_dir(root().join("chapters").join(chapter))
        .env("TUTORIAL_PROGRAM", program)
        .env("INSTA_UPDATE", "no")
        .env("RUST_BACKTRACE", "0")
        .env_remove("INSTA_FORCE_PASS")
        .env_remove("INSTA_SNAPSHOT_REFERENCES_FILE")
        .env_remove("TUTORIAL_PLAY")
        .env_remove("TUTORIAL_SHOTS");
    adjust(&mut suite).output().map_err(at(tests))
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
fn compile_tests(selection: &[impl AsRef<OsStr>]) -> Result<Vec<PathBuf>> {
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

/// Compiles the tests of all chapters, as `cargo x test` does.
///
/// # Errors
/// As [`compile_tests`].
pub fn compile_all_tests() -> Result<Vec<PathBuf>> {
    let files = ["--test", "ch??_*"].map(String::from);
    let mut tests = Vec::new();
    for group in groups()? {
        tests.extend(compile_tests(&[&group[..], &files].concat())?);
    }
    Ok(tests)
}

/// Compiles the tests of one chapter, with its whole group.
///
/// # Errors
/// As [`compile_tests`].
pub fn compile_tests_of(chapter: &str) -> Result<Vec<PathBuf>> {
    let [without, with] = groups()?;
    let group = if crate::is_tauri(chapter) { with } else { without };
    let file = ["--test".into(), snake(chapter)];
    compile_tests(&[&group[..], &file].concat())
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
