//! ch05: main adds two numbers for the page.

use serde_json::Value;

use crate::check::{Check, Outcome};
use crate::finding::{Finding, Wrong, expect};

/// What main prints of each call.
const INVOKE: &str = "[renderer → main] invoke #";

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    check.exposes("electronAPI", "add")?;
    let before = check.lines();
    for (call, sum) in [("add(2, 3)", "5"), ("add(0.5, 0.25)", "0.75")] {
        resolves(check, call, sum)?;
    }
    for call in ["add('2', 3)", "add(2, null)", "add(2)", "add(NaN, 3)"] {
        rejects(check, call)?;
    }
    overlap(check)?;
    past_the_preload(check, before)
}

fn resolves(check: &Check<'_>, call: &str, sum: &str) -> Result<(), Finding> {
    expect(format!("electronAPI.{call} to resolve to {sum}"), || {
        let seen = check.ask(&format!("electronAPI.{call}"))?;
        let look_at = match &seen {
            Outcome::Resolved(answer) if answer == sum => return Ok(()),
            Outcome::Resolved(_) => "main.rs: is this the sum, as a number?",
            Outcome::Returned(_) => {
                "preload.js: `invoke` gives a promise, `send` gives nothing"
            }
            Outcome::Rejected(why) if why.starts_with("No handler") => {
                "on_invoke in main.rs: there is no arm for this channel yet"
            }
            Outcome::Rejected(_) => {
                "main.rs: a number of JavaScript's is an f64 in Rust"
            }
            Outcome::Threw(_) => "preload.js: this error is thrown there",
            Outcome::Silent => {
                "on_invoke in main.rs: Ok(Answer::Now(value)) is answered at \
                 once, Ok(Answer::Later) not yet"
            }
        };
        Err(Wrong::new(seen, look_at))
    })
}

fn rejects(check: &Check<'_>, call: &str) -> Result<(), Finding> {
    expect(format!("electronAPI.{call} to be rejected"), || {
        let seen = check.ask(&format!("electronAPI.{call}"))?;
        let look_at = match &seen {
            Outcome::Rejected(_) => return Ok(()),
            Outcome::Threw(_) => {
                "preload.js: main decides what it accepts; pass it on"
            }
            _ => {
                "main.rs: serde_json reads a tuple of numbers or says why it \
                 cannot, and `?` makes that the rejection"
            }
        };
        Err(Wrong::new(seen, look_at))
    })
}

fn overlap(check: &Check<'_>) -> Result<(), Finding> {
    expect("each of 100 calls at once to get its own sum", || {
        let seen = check.ask(
            "Promise.all(Array.from({ length: 100 }, async (_, i) => {
               const sum = await electronAPI.add(i, 1000);
               if (sum !== i + 1000)
                 throw new Error(`add(${i}, 1000) gave ${sum}`);
             })).then(() => 'all')",
        )?;
        if seen == Outcome::Resolved("\"all\"".into()) {
            return Ok(());
        }
        Err(Wrong::new(seen, "main.rs: answer each call with its own id"))
    })
}

/// What the preload refuses can be sent all the same: the message of
/// `add(2, 3)`, the first after so many lines, with something else for the 2.
fn past_the_preload(check: &Check<'_>, before: usize) -> Result<(), Finding> {
    // The page may have its answer before we have read the line.
    let message = check.within(|| check.line(before, INVOKE));
    let message = message.unwrap_or_default();
    let (channel, args) = match message.splitn(3, ' ').collect::<Vec<_>>()[..] {
        [_, channel, args] => (channel.to_owned(), args.to_owned()),
        _ => Default::default(),
    };
    for (id, value) in (900..).zip(["\"2\"", "null", "[2]"]) {
        let args = args.replacen('2', value, 1);
        main_refuses(check, id, &channel, &args)?;
    }
    Ok(())
}

fn main_refuses(
    check: &Check<'_>,
    id: u32,
    channel: &str,
    args: &str,
) -> Result<(), Finding> {
    expect(format!("main itself to refuse {channel} {args}"), || {
        let text = format!("[{id},{},{args}]", Value::from(channel));
        let text = Value::from(text);
        check.script(&format!("ipc.postMessage({text})"))?;
        let answer =
            |kind| check.line(0, &format!("[main → renderer] {kind} #{id} "));
        let seen = check.within(|| {
            let refused = answer("error").map(|_| Ok(()));
            let answered = answer("reply").map(|value| {
                Err(Wrong::new(
                    format!("an answer: {value}"),
                    "main.rs: the preload's checks bind nobody; any script \
                     can post such a message",
                ))
            });
            refused.or(answered).or_else(|| check.ended().map(Err))
        });
        seen.unwrap_or_else(|| {
            let look_at = "on_invoke in main.rs: is every call answered?";
            Err(Wrong::new("no answer", look_at))
        })
    })
}
