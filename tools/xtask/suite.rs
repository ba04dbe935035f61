//! Runs compiled tests, several at a time: tells which runs, how far it is and
//! how long it took, and keeps what a test says for the case that it fails.
//! `cargo test` runs one file after the other, and tests mostly wait for windows.

use crate::{Done, cargo, fail, no_cargo, root, seconds};
use std::{
    io::{self, BufRead, BufReader},
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
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
    pub command: Command,
    /// The command that runs just this.
    pub again: String,
}

/// How many tests passed, failed and were left out.
pub type Count = [usize; 3];

impl Program {
    /// A call of it, in its package's folder as cargo would do it.
    pub fn command(&self) -> Command {
        let folder = root().join(&self.package);
        let mut command = Command::new(&self.path);
        command.env("CARGO_MANIFEST_DIR", &folder).current_dir(folder);
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
    let text = |message: &str, key: &str| {
        let (_, value) = message.split_once(&format!("\"{key}\":\""))?;
        Some(value.split_once('"')?.0.replace(r"\\", r"\"))
    };
    let manifest = PathBuf::from(text(message, "manifest_path")?);
    let package = manifest.parent()?.strip_prefix(root()).ok()?;
    let (_, target) = message.split_once("\"target\":{")?;
    // A chapter's program is built for its test, and has another profile.
    let (_, profile) = message.split_once("\"profile\":{")?;
    let is_test = profile.split_once('}')?.0.contains("\"test\":true");
    is_test.then_some(Program {
        path: text(message, "executable")?.into(),
        package: package.to_string_lossy().replace('\\', "/"),
        target: text(target, "name")?,
    })
}

/// Runs all items, `at_once` of them at a time; `detail` shows each test as it
/// ends, too.
pub fn run(items: Vec<Item>, at_once: usize, detail: bool) -> Count {
    let total = items.len();
    let queue = Mutex::new((1..).zip(items));
    let done = Mutex::new((0, Count::default()));
    let work = || {
        loop {
            let next = lock(&queue).next();
            let Some((number, mut item)) = next else { return };
            let begun = Instant::now();
            if detail {
                println!("[{number}/{total}] {} …", item.name);
            }
            let (count, said) = perform(&mut item.command, detail);
            let mut done = lock(&done);
            done.0 += 1;
            done.1 = std::array::from_fn(|i| done.1[i] + count[i]);
            // In order of their ends, where they are not announced.
            let number = if detail { number } else { done.0 };
            let failed = if count[1] > 0 { "FAILED, " } else { "" };
            let (name, took) = (&item.name, seconds(begun));
            println!("[{number}/{total}] {name} … {failed}{took}");
            if count[1] > 0 {
                println!("{said}\nTo run just this: {}\n", item.again);
            }
        }
    };
    thread::scope(|scope| (0..at_once).for_each(|_| drop(scope.spawn(work))));
    lock(&done).1
}

/// Runs a test to its end, and gives all that it said. One that does not start
/// or ends badly has failed, whatever it counted.
fn perform(command: &mut Command, detail: bool) -> (Count, String) {
    let mut said = String::new();
    let problem = match listen(command, detail, &mut said) {
        Ok(status) if status.success() => None,
        Ok(status) => Some(format!("ended: {status}")),
        Err(error) => Some(format!("did not run: {error}")),
    };
    let mut count = count(&said);
    if let Some(problem) = problem
        && count[1] == 0
    {
        said += &format!("{} {problem}\n", command.get_program().display());
        count[1] = 1;
    }
    (count, said)
}

/// Reads what a test says to its end. What tells how far it is is passed on.
fn listen(
    command: &mut Command,
    detail: bool,
    said: &mut String,
) -> io::Result<ExitStatus> {
    let (reader, writer) = io::pipe()?;
    command.stdin(Stdio::null()).stderr(writer.try_clone()?).stdout(writer);
    let mut child = command.spawn()?;
    // The command holds our ends of the pipe, which would never end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut line = Vec::new();
    let mut reader = BufReader::new(reader);
    while reader.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        let numbered = text.strip_prefix('[').unwrap_or_default();
        let progress = numbered.starts_with(|c: char| c.is_ascii_digit())
            || (text.starts_with("test ") && text.contains(" ... "));
        if detail && progress {
            print!("  {text}");
        }
        *said += &text;
        line.clear();
    }
    child.wait()
}

/// Adds up the lines with which tests end:
/// `test result: ok. 5 passed; 0 failed; 1 ignored; …`
fn count(said: &str) -> Count {
    ["passed", "failed", "ignored"].map(|what| {
        let results = said.lines().filter(|l| l.starts_with("test result: "));
        let number = |line: &str| {
            let (before, _) = line.split_once(&format!(" {what}"))?;
            before.rsplit(' ').next()?.parse::<usize>().ok()
        };
        results.filter_map(number).sum()
    })
}

/// The last line of a run, and its result. That no test ran is a failure.
pub fn conclude([passed, failed, skipped]: Count, advice: &str) -> Done {
    let none_ran = passed + failed == 0;
    if failed > 0 {
        println!("{advice}");
    } else if none_ran {
        println!("No test ran: is there one of that name?");
    }
    let skipped = match skipped {
        0 => String::new(),
        _ => format!(", {skipped} skipped"),
    };
    println!("{passed} passed, {failed} failed{skipped}");
    if failed > 0 || none_ran { fail("") } else { Ok(()) }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
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
        assert_eq!(count(said), [7, 3, 1]);
        assert_eq!(conclude([7, 3, 1], "").unwrap_err().code, 1);
        assert!(conclude([7, 0, 1], "").is_ok());
        assert!(conclude([0, 0, 1], "").is_err());
    }

    #[test]
    fn a_program_that_ends_badly_counts_as_failed_with_all_it_said() {
        let script = "echo one; echo two >&2; exit 3";
        let (count, said) = perform(&mut shell(script), false);
        assert_eq!(count, [0, 1, 0]);
        assert!(said.starts_with("one\ntwo\n"), "{said}");
        assert!(said.contains("exit status: 3"), "{said}");
        let (count, said) = perform(&mut Command::new("/no/such"), false);
        assert_eq!(count, [0, 1, 0]);
        assert!(said.starts_with("/no/such did not run"), "{said}");
    }

    #[test]
    fn the_counts_of_all_items_are_added_up() {
        let result = "echo 'test result: ok. 2 passed; 0 failed; 1 ignored;'";
        let item = |name: &str| Item {
            name: name.into(),
            command: shell(result),
            again: String::new(),
        };
        let items = ["one", "two", "three"].map(item).into();
        assert_eq!(run(items, 2, false), [6, 0, 3]);
    }
}
