//! What a check finds first, in the words that a reader is told.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How much of a program's output is told: its last lines, each up to a length.
/// A program may well print without an end.
const MOST_LINES: usize = 20;
const LONGEST_LINE: usize = 200;

/// Where to look when nothing happens any more.
pub const WAITS: &str = "main.rs: does a handler wait for something? While it \
                         does, no window is drawn and no message read";

/// The first thing that is not as the exercise asks.
#[derive(Debug, PartialEq)]
pub struct Finding {
    /// `electronAPI.add(2, 3) to resolve to 5`
    pub expected: String,
    pub wrong: Wrong,
}

/// What was there instead of what was expected.
#[derive(Debug, PartialEq)]
pub struct Wrong {
    /// `a rejection: No handler registered for 'add'`
    pub saw: String,
    /// The place in the reader's code, and what is missing or odd there.
    pub look_at: String,
    /// All that the program has printed, where nothing less would help.
    pub printed: String,
}

impl Wrong {
    pub fn new(saw: impl ToString, look_at: impl Into<String>) -> Self {
        let saw = saw.to_string();
        // One line, as an error that quotes a piece of code may not be.
        let lines: Vec<_> = saw.lines().map(str::trim).collect();
        let (saw, look_at) = (lines.join(" "), look_at.into());
        Self { saw, look_at, printed: String::new() }
    }

    /// A program that has ended, by what it left on its standard error.
    pub fn ended(errors: &str) -> Self {
        match panic_in(errors) {
            Some((place, message)) => Self::new(
                format!("the program ended: {message}"),
                format!("{place}: a panic there ends the program"),
            ),
            None if errors.trim().is_empty() => Self::new(
                "the program ended",
                "main.rs: what makes it end? It says nothing about it",
            ),
            None => Self {
                printed: errors.into(),
                ..Self::new(
                    "the program ended",
                    "main.rs: what makes it end? What it said is below",
                )
            },
        }
    }

    /// A wait of the harness that was in vain.
    fn in_vain(message: &str) -> Self {
        let (saw, printed) = message.split_once('\n').unwrap_or((message, ""));
        if saw.starts_with("it ended") {
            return Self::ended(printed);
        }
        let look_at = match saw.contains(" in the page") {
            true => "index.html: is that element still there?",
            false => WAITS,
        };
        Self { printed: printed.into(), ..Self::new(saw, look_at) }
    }
}

/// Where a Rust program has panicked (`main.rs:77`), and what it said.
fn panic_in(errors: &str) -> Option<(String, &str)> {
    let mut lines = errors.lines();
    let place = lines.find_map(|line| line.split_once(" panicked at "))?.1;
    let file = place.rsplit('/').next().unwrap_or(place);
    let place: Vec<_> = file.split(':').take(2).collect();
    Some((place.join(":"), lines.next().unwrap_or_default()))
}

/// Takes one step of a check: it gives a value, says what is wrong, or panics
/// because the harness has waited in vain.
pub fn expect<T>(
    expected: impl Into<String>,
    step: impl FnOnce() -> Result<T, Wrong>,
) -> Result<T, Finding> {
    let wrong = match catch_unwind(AssertUnwindSafe(step)) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(wrong)) => wrong,
        Err(panic) => Wrong::in_vain(message(&*panic)),
    };
    Err(Finding { expected: expected.into(), wrong })
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or(panic.downcast_ref::<&str>().copied()).unwrap_or_default()
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Wrong { saw, look_at, printed } = &self.wrong;
        writeln!(f, "expected {}", self.expected)?;
        writeln!(f, "      saw      {saw}")?;
        write!(f, "      look at  {look_at}")?;
        if printed.is_empty() {
            return Ok(());
        }
        let lines: Vec<_> = printed.trim_end().lines().collect();
        let rest = lines.len().saturating_sub(MOST_LINES);
        if rest > 0 {
            write!(f, "\n({rest} lines before these)")?;
        }
        for line in &lines[rest..] {
            let cut: String = line.chars().take(LONGEST_LINE).collect();
            write!(f, "\n{cut}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_says_what_was_expected_what_was_seen_and_where_to_look() {
        let step = || Err::<(), _>(Wrong::new("6\n  7", "add in main.rs"));
        let finding = expect("add(2, 3) to resolve to 5", step).unwrap_err();
        assert_eq!(
            finding.to_string(),
            "expected add(2, 3) to resolve to 5\n      \
             saw      6 7\n      \
             look at  add in main.rs"
        );
    }

    #[test]
    fn a_panic_of_the_program_is_told_with_its_place() {
        let step = || -> Result<(), Wrong> {
            panic!(
                "it ended (exit status: 101) before its window\n--- ch04\n\
                 --- its stderr\n\nthread 'main' (7) panicked at \
                 chapters/ch04-send/main.rs:77:64:\nno number\n---"
            )
        };
        let wrong = expect("a window", step).unwrap_err().wrong;
        assert_eq!(wrong.saw, "the program ended: no number");
        assert!(wrong.look_at.starts_with("main.rs:77: "), "{wrong:?}");
        assert_eq!(wrong.printed, "");
    }

    #[test]
    fn what_a_program_said_before_it_ended_is_told() {
        let step = || -> Result<(), Wrong> {
            panic!("it ended (exit status: 1) before its window\nError: no")
        };
        let finding = expect("a window", step).unwrap_err();
        assert!(finding.to_string().ends_with("below\nError: no"));
    }

    #[test]
    fn of_a_program_that_prints_for_ever_the_last_lines_are_told() {
        let step = || -> Result<(), Wrong> {
            panic!("waited 9 s for x\n{}last\n", "more\n".repeat(100))
        };
        let told = expect("x", step).unwrap_err().to_string();
        let (_, told) = told.split_once("(81 lines before these)\n").unwrap();
        assert_eq!(told, format!("{}last", "more\n".repeat(19)));
        let mut wrong = Wrong::new("x", "y");
        wrong.printed = "x".repeat(1_000);
        let finding = Finding { expected: "z".into(), wrong };
        assert!(finding.to_string().len() < 300);
    }

    #[test]
    fn a_wait_in_vain_is_told() {
        let step = || -> Result<(), Wrong> { panic!("waited 9 s for x\nout") };
        let wrong = expect("x", step).unwrap_err().wrong;
        assert_eq!(wrong.saw, "waited 9 s for x");
        assert_eq!(wrong.look_at, WAITS);
        assert_eq!(wrong.printed, "out");
        let step = || -> Result<(), Wrong> {
            panic!("waited 9 s for #info in the page; there is none\nout")
        };
        let wrong = expect("x", step).unwrap_err().wrong;
        assert!(wrong.look_at.starts_with("index.html"), "{wrong:?}");
    }
}
