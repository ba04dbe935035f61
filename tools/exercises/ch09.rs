//! ch09: the second window may cancel the first one's work, and no more.

use crate::check::{Check, Outcome};
use crate::finding::{Finding, Wrong, expect};

const FIRST: &str = "ch09-tauri-capabilities";
const SECOND: &str = "The second window";

/// What main prints for each step of the work.
const STEP: &str = "[main → first] channel work ";

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    let first = check.window(FIRST)?;
    let second = check.window(SECOND)?;
    begins(&first)?;
    accepted(&second)?;
    ends(&first, "a cancel in the second window to end the first one's work")?;
    refused(&second)?;
    begins(&first)?;
    expect("the second window to show its page after a reload", || {
        second.page().reload();
        Ok(())
    })?;
    goes_on(&first, "a reload of the second window")?;
    expect("the second window to close", || {
        check.app.close_window(SECOND);
        check.app.wait_until("one window", || check.app.windows().len() == 1);
        Ok(())
    })?;
    goes_on(&first, "closing the second window")?;
    expect("cancel in the first window to be accepted", || {
        match first.ask("electronAPI.cancel()")? {
            Outcome::Resolved(_) => Ok(()),
            seen => Err(Wrong::new(seen, "capabilities: the first may, too")),
        }
    })?;
    ends(&first, "a cancel in the first window to end its work")
}

/// Begins a long work. What it comes to goes to `window.end`.
fn begins(first: &Check<'_>) -> Result<(), Finding> {
    expect("work in the first window to begin", || {
        let since = first.lines();
        first.script(
            "window.end = null;
             const tell = (end) => { window.end = end.message ?? end; };
             electronAPI.work(255, () => {}).then(tell, tell);",
        )?;
        match first.within(|| step(first, since)) {
            Some(()) => Ok(()),
            None => Err(Wrong::new(
                end(first)?.unwrap_or("nothing happens".into()),
                "capabilities/first.json: may the first window still call \
                 `work`? And does `work` in main.rs send its steps?",
            )),
        }
    })
}

fn accepted(second: &Check<'_>) -> Result<(), Finding> {
    expect("cancel in the second window to be accepted", || {
        let seen = second.ask("electronAPI.cancel()")?;
        let look_at = match &seen {
            Outcome::Resolved(_) => return Ok(()),
            Outcome::Rejected(why) if why.contains("not allowed") => {
                "capabilities: which of them holds for the window `second`, \
                 and does it permit `allow-cancel`?"
            }
            _ => "preload.js and main.rs: `cancel` takes no argument",
        };
        Err(Wrong::new(seen, look_at))
    })
}

fn ends(first: &Check<'_>, expected: &str) -> Result<(), Finding> {
    expect(expected, || {
        let end = first.within(|| end(first).ok().flatten());
        match end.as_deref() {
            Some("Cancelled") => Ok(()),
            Some(other) => Err(Wrong::new(
                format!("it ended with {other}"),
                "`work` in main.rs: a work that is cancelled ends with \
                 Cancelled",
            )),
            None => Err(Wrong::new(
                "it goes on",
                "`cancel` in main.rs: the label says who asks; whose work is \
                 it to end?",
            )),
        }
    })
}

fn refused(second: &Check<'_>) -> Result<(), Finding> {
    expect("work in the second window to be refused", || {
        let seen = second.ask("electronAPI.work(1, () => {})")?;
        match &seen {
            Outcome::Rejected(why) if why.starts_with("work not allowed") => {
                Ok(())
            }
            _ => Err(Wrong::new(
                seen,
                "capabilities: a window gets all the permissions of each file \
                 that names it",
            )),
        }
    })
}

fn goes_on(first: &Check<'_>, what: &str) -> Result<(), Finding> {
    expect(format!("{what} to leave the first one's work alone"), || {
        let since = first.lines();
        let ended = first.within(|| {
            let end = end(first).ok().flatten();
            let output = first.app.output();
            let steps = output.lines().skip(since);
            let steps = steps.filter(|line| line.starts_with(STEP)).count();
            (end.is_some() || steps > 2).then_some(end)
        });
        match ended {
            Some(None) => Ok(()),
            Some(Some(end)) => Err(Wrong::new(
                format!("it ended: {end}"),
                "`Job::end` in main.rs is also called for each window that is \
                 reloaded or closed",
            )),
            None => Err(Wrong::new(
                "it stands still",
                "`work` in main.rs: does it wait for the second window?",
            )),
        }
    })
}

/// What the first window's work has come to, if it has.
fn end(first: &Check<'_>) -> Result<Option<String>, Wrong> {
    Ok(first.script("return window.end")?.as_str().map(str::to_owned))
}

fn step(first: &Check<'_>, since: usize) -> Option<()> {
    first.line(since, STEP).map(|_| ())
}
