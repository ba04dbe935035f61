//! ch08: a command with two arguments and a refusal of its own.

use serde_json::{Value, json};

use crate::check::{Check, Outcome};
use crate::finding::{Finding, Wrong, expect};

/// The most that main may give back, in characters.
const LIMIT: usize = 100;

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    check.exposes("electronAPI", "repeat")?;
    let ee = "é".repeat(LIMIT);
    for (call, answer) in
        [("repeat('ab', 3)", "ababab"), ("repeat('é', 100)", &ee)]
    {
        resolves(check, call, answer)?;
    }
    too_long(check, "repeat('ab', 51)")?;
    for call in [
        "repeat('ab', 2 ** 63)",
        "repeat('a', -1)",
        "repeat('a', '3')",
        "repeat(5, 2)",
    ] {
        rejects(check, call)?;
    }
    past_the_preload(check)
}

fn resolves(
    check: &Check<'_>,
    call: &str,
    answer: &str,
) -> Result<(), Finding> {
    let answer = json!(answer).to_string();
    expect(format!("electronAPI.{call} to resolve to {answer}"), || {
        let seen = check.ask(&format!("electronAPI.{call}"))?;
        let look_at = match &seen {
            Outcome::Resolved(it) if *it == answer => return Ok(()),
            Outcome::Rejected(why) if why.ends_with(" not found") => {
                "commands in main.rs: generate_handler! has to name the \
                 command"
            }
            Outcome::Rejected(why) if why.contains("missing required key") => {
                "preload.js: an argument that is `how_often` in Rust is \
                 `howOften` in the page"
            }
            Outcome::Returned(_) => "preload.js: return what `invoke` returns",
            Outcome::Threw(_) => "preload.js: this error is thrown there",
            _ => "repeat in main.rs: the limit counts characters, not bytes",
        };
        Err(Wrong::new(seen, look_at))
    })
}

/// The promise is rejected with an error that is called `TooLong`.
fn too_long(check: &Check<'_>, call: &str) -> Result<(), Finding> {
    expect(format!("electronAPI.{call} to be rejected as TooLong"), || {
        let named = "(why) => { throw `${why.name}: ${why.message}`; }";
        let ask = format!("electronAPI.{call}.catch({named})");
        let seen = check.ask(&ask)?;
        let look_at = match &seen {
            Outcome::Rejected(why) if why.starts_with("\"TooLong: ") => {
                return Ok(());
            }
            Outcome::Rejected(_) => {
                "Refusal in main.rs: a variant `TooLong` gives the error its \
                 name; a String has none"
            }
            _ => "repeat in main.rs: refuse it before you make the text",
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
            Outcome::Silent => {
                "repeat in main.rs: an async command that panics answers \
                 nobody"
            }
            _ => {
                "repeat in main.rs: with a String and a number that has no \
                 sign for arguments, Tauri refuses this by itself"
            }
        };
        Err(Wrong::new(seen, look_at))
    })
}

/// The same call with a larger number, as any script of the page can make it.
fn past_the_preload(check: &Check<'_>) -> Result<(), Finding> {
    expect("main itself to refuse 51 times \"ab\"", || {
        // The page may have its answer before we have read the line.
        let call = "[renderer → main] invoke repeat ";
        let args = check.within(|| check.line(0, call));
        let args = args.and_then(|args| serde_json::from_str(&args).ok());
        let mut args: Value = args.unwrap_or_default();
        for value in
            args.as_object_mut().into_iter().flat_map(|it| it.values_mut())
        {
            if value.is_number() {
                *value = 51.into();
            }
        }
        let call = format!("__TAURI_INTERNALS__.invoke('repeat', {args})");
        match check.ask(&call)? {
            Outcome::Rejected(_) => Ok(()),
            seen => Err(Wrong::new(
                seen,
                "repeat in main.rs: the preload's checks bind nobody; any \
                 script can call a command",
            )),
        }
    })
}
