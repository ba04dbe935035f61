//! Runs compiled tests: tells which runs, how far it is and how long it took,
//! and keeps what a test says for the case that it fails.

use crate::{Done, at, cargo, fail, no_cargo, root, seconds};
use std::{
    collections::VecDeque,
    env,
    io::{self, BufRead, BufReader, PipeReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::Instant,
};

/// A compiled test file, or the unit tests of a library or a program.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    path: PathBuf,
    /// The folder of its package, from the workspace's on: `tools/workshop`.
    pub package: String,
    /// What Cargo.toml calls it: `ch05_invoke`.
    pub target: String,
}

/// Something to run, with a line of its own on the terminal.
pub struct Item {
    pub name: String,
    pub runs: Vec<Command>,
    /// The command that runs just this.
    pub again: String,
}

/// How many tests passed, failed and were left out.
#[derive(Debug, Default, PartialEq)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
}

impl Program {
    /// A call of it, in its package's folder as cargo would do it.
    pub fn command(&self, arguments: &[String]) -> Command {
        let folder = root().join(&self.package);
        let mut command = Command::new(&self.path);
        command
            .args(arguments)
            .env("CARGO_MANIFEST_DIR", &folder)
            .current_dir(folder);
        command
    }
}

/// Compiles the tests that `cargo test` would run with these arguments. Cargo
/// tells on the terminal how far it is.
pub fn compile(arguments: &[String]) -> Done<Vec<Program>> {
    checkout::prepare(root())?;
    let built = cargo(&["test", "--no-run"])
        .args(["--message-format", "json-render-diagnostics"])
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .map_err(no_cargo)?;
    if !built.status.success() {
        return fail("the tests do not compile: cargo says above why");
    }
    let messages = String::from_utf8_lossy(&built.stdout);
    Ok(messages.lines().filter_map(program).collect())
}

/// The test that one of cargo's messages, in JSON, tells of.
fn program(message: &str) -> Option<Program> {
    let text = |key: &str| {
        let (_, value) = message.split_once(&format!("\"{key}\":\""))?;
        Some(value.split_once('"')?.0.replace(r"\\", r"\"))
    };
    let manifest = PathBuf::from(text("manifest_path")?);
    let package = manifest.parent()?.strip_prefix(root()).ok()?;
    // A chapter's program is built for its test, and has another profile.
    let (_, profile) = message.split_once("\"profile\":{")?;
    if !profile.split_once('}')?.0.contains("\"test\":true") {
        return None;
    }
    // The first name is the target's.
    let (_, target) = message.split_once("\"target\":{")?;
    let (_, name) = target.split_once("\"name\":\"")?;
    Some(Program {
        path: PathBuf::from(text("executable")?),
        package: package.to_string_lossy().replace('\\', "/"),
        target: name.split_once('"')?.0.into(),
    })
}

/// Runs all items, `at_once` of them at a time; `detail` shows each test as it
/// ends, too.
pub fn run(items: Vec<Item>, at_once: usize, detail: bool) -> Done<Count> {
    let total = items.len();
    let queue = Mutex::new((1..).zip(items).collect::<VecDeque<_>>());
    let done = Mutex::new((0, Count::default()));
    let work = || -> Done {
        loop {
            let next = lock(&queue).pop_front();
            let Some((number, item)) = next else { return Ok(()) };
            let begun = Instant::now();
            if detail {
                println!("[{number}/{total}] {} …", item.name);
            }
            let (count, said) = perform(item.runs, detail)?;
            let mut done = lock(&done);
            done.0 += 1;
            // In order of their ends, where they are not announced.
            let number = if detail { number } else { done.0 };
            println!(
                "[{number}/{total}] {} … {}{}",
                item.name,
                if count.failed > 0 { "FAILED, " } else { "" },
                seconds(begun)
            );
            if count.failed > 0 {
                println!("{said}\nTo run just this: {}\n", item.again);
            }
            done.1.add(&count);
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..at_once).map(|_| scope.spawn(work)).collect();
        let ended = threads.into_iter().map(|thread| thread.join());
        let ended: Vec<_> = ended.collect();
        ended.into_iter().try_for_each(|it| match it {
            Ok(result) => result,
            Err(_) => fail("a thread of cargo x panicked: see above"),
        })
    })?;
    Ok(done.into_inner().unwrap_or_else(PoisonError::into_inner).1)
}

/// Runs commands one after the other, and gives all that they said.
fn perform(runs: Vec<Command>, detail: bool) -> Done<(Count, String)> {
    let (mut all, mut text) = (Count::default(), String::new());
    for mut command in runs {
        let program = PathBuf::from(command.get_program());
        let (reader, writer) = io::pipe().map_err(at(&program))?;
        let second = writer.try_clone().map_err(at(&program))?;
        command.stdin(Stdio::null()).stdout(writer).stderr(second);
        let mut child = command.spawn().map_err(at(&program))?;
        // It holds our ends of the pipe, which would never end.
        drop(command);
        let said = listen(reader, detail);
        let status = child.wait().map_err(at(&program))?;
        let mut count = Count::of(&said);
        text += &said;
        if !status.success() && count.failed == 0 {
            text += &format!("{} ended: {status}\n", program.display());
            count.failed = 1;
        }
        all.add(&count);
    }
    Ok((all, text))
}

/// Reads what tests say to its end. What tells how far they are is passed on.
fn listen(pipe: PipeReader, detail: bool) -> String {
    let mut said = String::new();
    let mut line = Vec::new();
    let mut pipe = BufReader::new(pipe);
    while matches!(pipe.read_until(b'\n', &mut line), Ok(1..)) {
        let text = String::from_utf8_lossy(&line);
        let numbered = text.strip_prefix('[').unwrap_or_default();
        let progress = numbered.starts_with(|c: char| c.is_ascii_digit())
            || (text.starts_with("test ") && text.contains(" ... "));
        if detail && progress {
            print!("  {text}");
        }
        said += &text;
        line.clear();
    }
    said
}

impl Count {
    /// Adds up the lines with which tests end:
    /// `test result: ok. 5 passed; 0 failed; 1 ignored; …`
    fn of(said: &str) -> Self {
        let mut count = Self::default();
        for line in said.lines().filter(|l| l.starts_with("test result: ")) {
            let number = |what: &str| {
                let (before, _) = line.split_once(&format!(" {what}"))?;
                before.rsplit(' ').next()?.parse::<usize>().ok()
            };
            count.passed += number("passed").unwrap_or_default();
            count.failed += number("failed").unwrap_or_default();
            count.skipped += number("ignored").unwrap_or_default();
        }
        count
    }

    pub fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// The last line of a run, and its result. That no test ran is a failure.
    pub fn conclude(&self, advice: &str) -> Done {
        let Self { passed, failed, skipped } = self;
        let ok = *failed == 0 && passed + failed > 0;
        if *failed > 0 {
            println!("{advice}");
        } else if !ok {
            println!("No test ran: is there one of that name?");
        }
        let skipped = match skipped {
            0 => String::new(),
            _ => format!(", {skipped} skipped"),
        };
        println!("{passed} passed, {failed} failed{skipped}");
        if ok { Ok(()) } else { fail("") }
    }
}

/// What runs a test as it is in this checkout: no snapshot is changed unless
/// that is asked for.
pub fn settle(command: &mut Command, references: &Path) {
    command.env("INSTA_SNAPSHOT_REFERENCES_FILE", references);
    if env::var_os("INSTA_UPDATE").is_none() {
        command.env("INSTA_UPDATE", "no");
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Vec<Command> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        vec![command]
    }

    #[test]
    fn a_message_of_cargos_tells_of_a_test() {
        let folder = root().join("chapters/ch05-invoke");
        let message = format!(
            "{{\"reason\":\"compiler-artifact\",\"manifest_path\":\
             \"{0}/Cargo.toml\",\"target\":{{\"kind\":[\"test\"],\"name\":\
             \"ch05_invoke\"}},\"profile\":{{\"test\":true}},\
             \"executable\":\"/t/ch05_invoke-1f\"}}",
            folder.display()
        );
        let expected = Program {
            path: "/t/ch05_invoke-1f".into(),
            package: "chapters/ch05-invoke".into(),
            target: "ch05_invoke".into(),
        };
        assert_eq!(program(&message), Some(expected));
        let library = message.replace("\"/t/ch05_invoke-1f\"", "null");
        assert_eq!(program(&library), None);
        let chapter = message.replace("\"test\":true", "\"test\":false");
        assert_eq!(program(&chapter), None);
    }

    #[test]
    fn passed_failed_and_skipped_tests_are_added_up() {
        let said = "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured\n\
                    [  test result: ok. 9 passed\n\
                    test result: FAILED. 2 passed; 3 failed; 0 ignored; 0\n";
        let count = Count { passed: 7, failed: 3, skipped: 1 };
        assert_eq!(Count::of(said), count);
        assert_eq!(count.conclude("").unwrap_err().code, 1);
        assert!(Count { failed: 0, ..count }.conclude("").is_ok());
        assert!(Count::default().conclude("").is_err());
    }

    #[test]
    fn a_program_that_ends_badly_counts_as_failed_with_all_it_said() {
        let (count, said) =
            perform(shell("echo one; echo two >&2; exit 3"), false).unwrap();
        assert_eq!(count.failed, 1);
        assert!(said.starts_with("one\ntwo\n"), "{said}");
        assert!(said.contains("exit status: 3"), "{said}");
        let passed = "echo 'test result: ok. 1 passed; 0 failed; 0 ignored;'";
        let (count, _) = perform(shell(passed), false).unwrap();
        assert_eq!(count, Count { passed: 1, ..Count::default() });
    }

    #[test]
    fn the_counts_of_all_items_are_added_up() {
        let result = "echo 'test result: ok. 2 passed; 0 failed; 1 ignored;'";
        let item = |name: &str| Item {
            name: name.into(),
            runs: shell(result),
            again: String::new(),
        };
        let items = ["one", "two", "three"].map(item).into();
        let count = run(items, 2, false).unwrap();
        assert_eq!(count, Count { passed: 6, failed: 0, skipped: 3 });
    }
}
