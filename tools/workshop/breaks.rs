//! The mistakes that a chapter could hold, each with the test that sees it.
//!
//! `cargo mutants` changes code by rules, without knowing why a test fails.
//! These are mistakes that people make, and the test has to say so.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use checkout::{short, snake};

use crate::suite::{Tests, compile_all_tests, indented, said_by, tell};
use crate::{
    Failure, Patch, Result, WorkingCopy, all_of, build_all, entries, fail,
    name, root, write,
};

/// How many seconds a wait lasts in a chapter that may never do what is
/// awaited. A chapter that is well has started after two.
const PATIENCE: &str = "8";

/// How many broken chapters are looked at together. They mostly wait, so these
/// are more than there are cores.
const AT_ONCE: usize = 4;

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

    fn folder(self) -> String {
        format!("tests/{}s", self.name())
    }
}

/// A mistake: `tests/breaks/<chapter>/<number>-<name>.patch`, or the same in
/// `tests/mutants`.
#[derive(Clone, Debug)]
pub struct Break {
    kind: Kind,
    chapter: String,
    number: u32,
    /// What it changes. Its head says `title` and, for the reader of a break,
    /// `symptom` and `cure`; `caught-by`, the test that fails, with its modules; and
    /// `failure`, a piece of what the test then says.
    pub patch: Patch,
}

impl Break {
    /// All breaks of a chapter, in their order; none if it has none.
    ///
    /// # Errors
    /// When a patch file cannot be read, or has no number or no title.
    pub fn of(chapter: &str) -> Result<Vec<Self>> {
        Self::of_kind(Kind::Break, chapter)
    }

    fn of_kind(kind: Kind, chapter: &str) -> Result<Vec<Self>> {
        let folder = format!("{}/{chapter}", kind.folder());
        let patches = Patch::numbered(root(), &folder)?.into_iter();
        let patches = patches.map(|(number, patch)| {
            patch.field("title")?;
            Ok(Self { kind, chapter: chapter.into(), number, patch })
        });
        patches.collect()
    }

    /// One break of a chapter, by its number.
    ///
    /// # Errors
    /// When there is none; the message lists those that there are.
    pub fn find(chapter: &str, number: &str) -> Result<Self> {
        let mut breaks = Self::of(chapter)?.into_iter();
        match breaks.find(|it| it.number.to_string() == number) {
            Some(found) => Ok(found),
            None => Err(Failure::usage(format!(
                "{chapter} has no break `{number}`.\n{}",
                list(chapter)?
            ))),
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

    /// Lets the test that should see the mistake look at `program`, and gives
    /// what it says against it; nothing, if it passes.
    ///
    /// # Errors
    /// When there is no such test, or it neither passes nor fails.
    pub fn judge(
        &self,
        program: &Path,
        tests: &Tests,
    ) -> Result<Option<String>> {
        let test = self.patch.field("caught-by")?;
        // A test that the suite leaves out may be the one that sees it.
        let arguments = ["--exact", test, "--nocapture", "--include-ignored"];
        let mut look = tests.looking_at(program, &self.chapter)?;
        let look = look.args(arguments).env("TUTORIAL_PATIENCE", PATIENCE);
        let [stdout, stderr] = said_by(look)?;
        let result = |says| stdout.contains(&format!("test result: {says}"));
        if result("ok. 1 passed; 0 failed") {
            return Ok(None);
        }
        match message(&stderr).or_else(|| message(&stdout)) {
            Some(message) if result("FAILED. 0 passed; 1 failed") => {
                Ok(Some(message))
            }
            _ => fail(format!(
                "the test `{test}` of tests/{}.rs neither passed nor failed: \
                 is it still called so?\n{}",
                snake(&self.chapter),
                indented(&[stdout, stderr])
            )),
        }
    }

    /// Makes sure that the suite sees the mistake: the test fails, and says
    /// what it should. Gives a line of a table: the mistake's name, its test,
    /// and the line of the test's message that shows that it is seen.
    ///
    /// # Errors
    /// When the test passes, or fails for another reason.
    pub fn prove(&self, program: &Path, tests: &Tests) -> Result<String> {
        let (test, failure) =
            (self.patch.field("caught-by")?, self.patch.field("failure")?);
        let name = self.name();
        let Some(message) = self.judge(program, tests)? else {
            return fail(format!(
                "{name} is not seen: `{test}` passes with this mistake"
            ));
        };
        match message.lines().find(|it| it.contains(failure)) {
            Some(line) => Ok(format!("{name} | {test} | {}\n", line.trim())),
            None => fail(format!(
                "{name}: `{test}` fails, but for another reason. It should say \
                 `{failure}`, and says:\n{message}"
            )),
        }
    }
}

/// Builds chapters with each mistake of this kind, and lets the suite look at
/// them. Tells on the standard error how far it is, and leaves the table of
/// all proofs in `target/workshop`: `breaks.txt`, `mutants.txt`.
///
/// # Errors
/// When a mistake is not seen. The message tells of all that are not.
pub fn prove_all(kind: Kind) -> Result {
    let mut all = Vec::new();
    for folder in entries(&root().join(kind.folder()))? {
        all.extend(Break::of_kind(kind, &name(&folder))?);
    }
    let copies = all_of(all.iter().map(Break::copy))?;
    let programs = build_all(&copies.iter().collect::<Vec<_>>());
    let tests = compile_all_tests()?;
    let queue = Mutex::new(all.iter().zip(programs).enumerate());
    let proofs = Mutex::new(Vec::new());
    let next = || lock(&queue).next();
    let work = || {
        while let Some((index, (it, program))) = next() {
            let begun = Instant::now();
            let proof = program.and_then(|path| it.prove(&path, &tests));
            let mut proofs = lock(&proofs);
            let (number, total) = (proofs.len() + 1, all.len());
            let result = if proof.is_ok() { "seen" } else { "NOT SEEN" };
            let (name, time) = (it.name(), begun.elapsed().as_secs_f32());
            tell(&format!("[{number}/{total}] {name}: {result}, {time:.1} s"));
            proofs.push((index, proof));
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
    let mut proofs = lock(&proofs);
    proofs.sort_by_key(|(index, _)| *index);
    let table = all_of(proofs.drain(..).map(|(_, proof)| proof))?.concat();
    let file = format!("target/workshop/{}s.txt", kind.name());
    write(&root().join(file), table)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The breaks of a chapter, for the reader to choose from.
///
/// # Errors
/// As [`Break::of`].
pub fn list(chapter: &str) -> Result<String> {
    let breaks = Break::of(chapter)?;
    if breaks.is_empty() {
        return Ok(format!(
            "{chapter} has no breaks. ch02 is the first that has."
        ));
    }
    let mut text = format!("Mistakes to see in {chapter}:\n");
    for it in breaks {
        text += &format!("  {}  {}\n", it.number, it.patch.field("title")?);
    }
    let short = short(chapter);
    Ok(text + &format!("To run it with the first: cargo x break {short} 1"))
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
