//! What cargo builds here, and the chapters' tests for other programs.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use checkout::snake;
use serde_json::Value as Json;

use crate::{Result, at, cargo, fail, groups, root};

/// What has come of a build of cargo's.
#[derive(Default)]
pub(crate) struct Built {
    pub(crate) programs: BTreeMap<String, PathBuf>,
    /// Cargo's words for the reader.
    pub(crate) said: String,
    pub(crate) success: bool,
}

/// Runs a build of cargo's, for the programs of this kind: `bin` or `test`.
/// `on_new` is given the name of each that had to be compiled.
pub(crate) fn build(
    cargo: &mut Command,
    kind: &str,
    mut on_new: impl FnMut(&str),
) -> Result<Built> {
    let mut run = || -> io::Result<Built> {
        let mut errors = tempfile::tempfile()?;
        let mut child = cargo
            .args(["--message-format", "json-render-diagnostics"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(errors.try_clone()?)
            .spawn()?;
        let (mut programs, mut said) = (BTreeMap::new(), String::new());
        let messages = child.stdout.take().map(|it| BufReader::new(it).lines());
        for message in messages.into_iter().flatten() {
            let it: Json = serde_json::from_str(&message?).unwrap_or_default();
            let (name, program) = (&it["target"]["name"], &it["executable"]);
            if let (Some(name), Some(program)) =
                (name.as_str(), program.as_str())
                && it["target"]["kind"][0] == kind
            {
                programs.insert(name.into(), program.into());
                if it["fresh"] == false {
                    on_new(name);
                }
            }
        }
        let success = child.wait()?.success();
        errors.rewind()?;
        errors.read_to_string(&mut said)?;
        Ok(Built { programs, said, success })
    };
    run().map_err(at(Path::new("cargo")))
}

/// Compiles the tests of all chapters, as `cargo x test` does.
///
/// # Errors
/// When they do not compile; the message holds what the compiler says.
pub fn compile_all_tests() -> Result<Tests> {
    let mut tests = BTreeMap::new();
    for group in groups()? {
        tests.extend(compile(&group, "ch??_*")?);
    }
    Ok(Tests(tests))
}

/// Compiles the tests of one chapter, with its whole group.
///
/// # Errors
/// As [`compile_all_tests`].
pub fn compile_tests_of(chapter: &str) -> Result<Tests> {
    let group = checkout::group_of(root(), chapter)?;
    Ok(Tests(compile(&group, &snake(chapter))?))
}

fn compile(group: &[String], files: &str) -> Result<BTreeMap<String, PathBuf>> {
    let mut compile = cargo(&["test", "--quiet", "--no-run"]);
    compile.args(group).args(["--test", files]);
    let built = build(&mut compile, "test", |_| ())?;
    match built.success {
        true => Ok(built.programs),
        false => fail(format!("the tests do not compile:\n{}", built.said)),
    }
}

/// Compiled test files of chapters.
pub struct Tests(BTreeMap<String, PathBuf>);

impl Tests {
    /// A call of a chapter's tests that looks at `program` instead of at the
    /// chapter.
    ///
    /// # Errors
    /// When these tests are not compiled.
    pub fn looking_at(&self, program: &Path, chapter: &str) -> Result<Command> {
        let file = snake(chapter);
        let Some(tests) = self.0.get(&file) else {
            return fail(format!("tests/{file}.rs was not compiled"));
        };
        let mut tests = Command::new(tests);
        tests
            .current_dir(root().join("chapters").join(chapter))
            .env("TUTORIAL_PROGRAM", program)
            .env("INSTA_UPDATE", "no")
            .env("RUST_BACKTRACE", "0")
            .env_remove("INSTA_FORCE_PASS")
            .env_remove("INSTA_SNAPSHOT_REFERENCES_FILE")
            .env_remove("TUTORIAL_PLAY")
            .env_remove("TUTORIAL_SHOTS");
        Ok(tests)
    }
}

/// What a test has printed on its two streams.
///
/// # Errors
/// When it cannot be started.
pub fn said_by(test: &mut Command) -> Result<[String; 2]> {
    let output = test.output().map_err(at(Path::new("a compiled test")))?;
    Ok([output.stdout, output.stderr]
        .map(|it| String::from_utf8_lossy(&it).into_owned()))
}

/// What other tests have said, so that it is not taken for our own results.
pub fn indented(said: &[String]) -> String {
    let lines = said.iter().flat_map(|text| text.lines());
    lines.map(|line| format!("  {line}\n")).collect()
}

/// Says how far a test is, even where what it prints is kept for its failure.
pub fn tell(line: &str) {
    // A terminal that is gone is told nothing.
    let _ = writeln!(io::stderr(), "{line}");
}
