//! ch13: main tells a page when a time has gone, and each promise hears its own.

use serde_json::{Value, json};

use crate::check::Check;
use crate::finding::{Finding, Wrong, expect};

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    check.exposes("electronAPI", "wait")?;
    expect("wait('a', 10) to resolve to 'a'", || {
        let seen = check.script("return electronAPI.wait('a', 10)")?;
        let look_at = "main.rs: who sends the name back? preload.js: who \
                       listens to it?";
        same(&seen, json!("a"), look_at)
    })?;
    expect("each of two waits to resolve to its own name", || {
        let seen = check.script(
            "const { wait } = electronAPI;
             return Promise.all([wait('slow', 600), wait('quick', 10)]);",
        )?;
        let look_at = "preload.js: the listener of wait has to look at the \
                       name, and to stay if it is another one's";
        same(&seen, json!(["slow", "quick"]), look_at)
    })?;
    expect("wait to send, and main to send the name back", || {
        let since = check.lines();
        check.script("return electronAPI.wait('b', 10)")?;
        let sends = ["[renderer → main] send", "[main → renderer] send"];
        let look_at = "preload.js: ipcRenderer.send; main.rs: Remote::send";
        // What the page knows by then may not have been read by us.
        let is_there = |it: &&str| check.within(|| check.line(since, it));
        match sends.iter().find(|it| is_there(it).is_none()) {
            None => Ok(()),
            Some(none) => {
                let none = format!("no line that begins with {none}");
                Err(Wrong::new(none, look_at))
            }
        }
    })?;
    expect("main to answer tally() while wait('late', 2000) waits", || {
        let seen = check.script(
            "const late = electronAPI.wait('late', 2000);
             return Promise.race([late, electronAPI.tally()]);",
        )?;
        let look_at = "main.rs: the listener of wait waits by itself, on the \
                       main thread; let a thread wait";
        same(&seen, json!("0 in order"), look_at)
    })
}

fn same(seen: &Value, expected: Value, look_at: &str) -> Result<(), Wrong> {
    match *seen == expected {
        true => Ok(()),
        false => Err(Wrong::new(seen, look_at)),
    }
}
