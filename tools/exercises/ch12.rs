//! ch12: calls that wait on another thread, and that can be cancelled.

use serde_json::{Value, json};

use crate::check::Check;
use crate::finding::{Finding, Wrong, expect};

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    check.exposes("electronAPI", "later")?;
    check.exposes("electronAPI", "cancel")?;
    expect("later('a', 10) to resolve to 'a'", || {
        let seen = check.script("return electronAPI.later('a', 10)")?;
        same(&seen, json!("a"), "main.rs: who resolves the promise?")
    })?;
    expect("main to answer a ping while later('b', 2000) waits", || {
        let seen = check.script(
            "const late = electronAPI.later('b', 2000);
             return Promise.race([late, electronAPI.ping()]);",
        )?;
        let look_at = "main.rs: the handler of later waits by itself, on the \
                       main thread; let a thread wait";
        same(&seen, json!("Pong"), look_at)
    })?;
    cancelled(check)?;
    expect("cancel() to resolve to 0 when nothing waits", || {
        let seen = check.script(
            "await electronAPI.later('e', 10);
             return electronAPI.cancel();",
        )?;
        let look_at = "main.rs: a call that was answered waits no longer, so \
                       it is not to be counted";
        same(&seen, json!(0), look_at)
    })
}

fn cancelled(check: &Check<'_>) -> Result<(), Finding> {
    expect("cancel() to resolve to the number of calls that wait", || {
        let seen = check.script(
            "await electronAPI.cancel();
             window.names = [];
             for (const text of ['c', 'd'])
               electronAPI.later(text, 60000)
                 .then(() => 'no error', ({ name }) => name)
                 .then((name) => { names.push(name); });
             return electronAPI.cancel();",
        )?;
        same(&seen, json!(2), "main.rs: what does cancel count?")
    })?;
    expect("the calls that waited to be rejected by an AbortError", || {
        let names = || check.script("return names");
        let both = || {
            let names = names().ok()?;
            (names.as_array()?.len() == 2).then_some(names)
        };
        let seen = match check.within(both) {
            Some(names) => names,
            None => names()?,
        };
        let look_at = "main.rs: reject each with Error::new(\"AbortError\", …); \
                       a resolver that is dropped has another error";
        same(&seen, json!(["AbortError", "AbortError"]), look_at)
    })
}

fn same(seen: &Value, expected: Value, look_at: &str) -> Result<(), Wrong> {
    match *seen == expected {
        true => Ok(()),
        false => Err(Wrong::new(seen, look_at)),
    }
}
