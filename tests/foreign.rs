//! What is in the way of a page from elsewhere once it has come, in spite of
//! the first defence: `tests/foreign` takes that one away. Then tests have to
//! pass that are `#[ignore]`d because the chapter itself never comes so far.
#![cfg(target_os = "linux")]
use std::path::{Path, PathBuf};
use workshop::{
    Patch, Result, Tests, WorkingCopy, all_of, build_all, compile_all_tests,
    entries, fail, indented, root, said_by, tell,
};

/// `tests/foreign/<chapter>.patch`, which says in its head which tests pass: a
/// list with commas of their names or of modules of them.
struct Foreign {
    chapter: String,
    patch: Patch,
}

impl Foreign {
    fn read(path: &Path) -> Result<Self> {
        let chapter = path.file_stem().unwrap_or_default();
        let chapter = chapter.to_string_lossy().into_owned();
        let patch =
            Patch::read(root(), &format!("tests/foreign/{chapter}.patch"))?;
        patch.field("title")?;
        Ok(Self { chapter, patch })
    }

    fn copy(&self) -> Result<WorkingCopy> {
        let mut copy = WorkingCopy::of(&self.chapter, "foreign")?;
        copy.apply(&self.patch)?;
        Ok(copy)
    }

    /// Makes sure that there are tests of each name, and that they pass.
    fn prove(&self, program: Result<PathBuf>, tests: &Tests) -> Result {
        let program = program?;
        for name in self.patch.field("passes")?.split(',').map(str::trim) {
            let mut look = tests.looking_at(&program, &self.chapter)?;
            let look = look.args(["--include-ignored", name]);
            let [stdout, stderr] = said_by(look)?;
            let passed = stdout.contains("test result: ok. ");
            if !passed || stdout.contains("ok. 0 passed") {
                return fail(format!(
                    "{}: there is no test `{name}`, or not all of them pass:\n\
                     {}",
                    self.patch.file(),
                    indented(&[stdout, stderr])
                ));
            }
        }
        Ok(())
    }
}

#[test]
fn without_its_first_defence_each_chapter_passes_the_tests_of_the_next() {
    let prove_all = || -> Result<_> {
        let files = entries(&root().join("tests/foreign"))?;
        let all = all_of(files.iter().map(|it| Foreign::read(it)))?;
        let copies = all_of(all.iter().map(Foreign::copy))?;
        let programs = build_all(&copies.iter().collect::<Vec<_>>());
        let tests = compile_all_tests()?;
        let total = all.len();
        let programs = (1..).zip(all.iter().zip(programs));
        all_of(programs.map(|(number, (it, program))| {
            let proof = it.prove(program, &tests);
            let result = if proof.is_ok() { "passed" } else { "FAILED" };
            tell(&format!("[{number}/{total}] {}: {result}", it.chapter));
            proof
        }))
    };
    prove_all().unwrap_or_else(|it| panic!("{}", it.message));
}
