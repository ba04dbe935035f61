//! ch01: the window is closed by a second click, not by the first.

use crate::check::Check;
use crate::finding::{Finding, Wrong, expect};

/// What the first click prints.
const AGAIN: &str = "[main] close again to quit";

/// What the second click prints, as the chapter does.
const CLOSED: [&str; 3] =
    ["[main] close requested", "[main] all windows closed", "[main] quit"];

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    first_click(check)?;
    second_click(check)
}

fn first_click(check: &Check<'_>) -> Result<(), Finding> {
    expect(
        "a first click on the close button to leave the window open",
        || match closes(check) {
            false => Ok(()),
            true => Err(Wrong::new(
                "the window is closed",
                "CloseRequested in main.rs: the first time, `windows` has to \
                 keep its window",
            )),
        },
    )?;
    expect(format!("the first click to print `{AGAIN}`"), || {
        let output = check.app.output();
        match output.lines().filter(|line| *line == AGAIN).count() {
            0 => Err(Wrong::new(
                output.lines().last().unwrap_or("no line"),
                "CloseRequested in main.rs: line(\"main\", \"…\") prints it",
            )),
            _ => Ok(()),
        }
    })
}

fn second_click(check: &Check<'_>) -> Result<(), Finding> {
    let since = check.lines();
    expect("a second click to close the window", || match closes(check) {
        true => Ok(()),
        false => Err(Wrong::new(
            "the window is open",
            "main.rs: what is to be remembered has to be made before `run`; \
             what is made in the closure is made anew for every event",
        )),
    })?;
    let told = CLOSED.map(|it| format!("`{it}`")).join(", ");
    expect(format!("the second click to print {told}"), || {
        check.within(|| (!check.app.is_running()).then_some(()));
        let output = check.app.output();
        let printed: Vec<_> = output.lines().skip(since).collect();
        if printed == CLOSED {
            return Ok(());
        }
        Err(Wrong::new(
            printed.join(", "),
            "CloseRequested in main.rs: the second time, drop the window, and \
             leave the rest to what `Destroyed` does",
        ))
    })?;
    expect("the program to end with exit code 0", || {
        if check.app.is_running() {
            let look_at = "Destroyed in main.rs: ControlFlow::Exit ends it";
            return Err(Wrong::new("it goes on", look_at));
        }
        match check.app.wait_for_exit() {
            status if status.success() => Ok(()),
            status => Err(Wrong::new(
                status,
                "main.rs: ControlFlow::Exit ends it with 0, and a panic with \
                 101",
            )),
        }
    })
}

/// Clicks the close button, and says whether the window goes within a moment.
fn closes(check: &Check<'_>) -> bool {
    check.app.close_window(&check.app.window().title);
    let gone = || check.app.windows().is_empty().then_some(());
    check.within(gone).is_some()
}
