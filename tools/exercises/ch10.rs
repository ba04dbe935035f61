//! ch10: main tells the page each title that it has set.

use serde_json::{Value, json};

use crate::check::Check;
use crate::finding::{Finding, Wrong, expect};

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    check.exposes("electronAPI", "onTitle")?;
    listens(check)?;
    expect("a listener to be called with the title alone", || {
        check.script("electronAPI.setTitle('Told')")?;
        match heard(check, "one", 1)?.as_slice() {
            [only] if *only == json!(["Told"]) => Ok(()),
            [] => Err(Wrong::new(
                "nothing is heard",
                "set_title in main.rs sends on a channel, and onTitle in \
                 preload.js listens to it: is it the same?",
            )),
            seen => Err(Wrong::new(
                words(seen),
                "onTitle in preload.js: the event stays there, the title is \
                 passed on",
            )),
        }
    })?;
    refused(check)?;
    expect("a title that was sent past the preload to be told too", || {
        let message = json!([null, "set-title", ["Past"]]).to_string();
        check.script(&format!("ipc.postMessage({})", json!(message)))?;
        match last(check, 3)? {
            Some(title) if title == "Past" => Ok(()),
            seen => Err(Wrong::new(
                format!("the last that is heard is {}", json!(seen)),
                "set_title in main.rs: it is main that tells, not the page",
            )),
        }
    })?;
    ended(check)
}

/// Two listeners; what each is called with goes to `window.heard`. An event's
/// object is not for JSON, so its type stands for it.
fn listens(check: &Check<'_>) -> Result<(), Finding> {
    expect("onTitle to return a function that ends its listener", || {
        let returned = check.script(
            "window.heard = { one: [], other: [] };
             const plain = (it) => typeof it === 'string' ? it : typeof it;
             const listen = (name) => electronAPI.onTitle((...args) =>
               heard[name].push(args.map(plain)));
             window.end = listen('one');
             listen('other');
             return typeof window.end;",
        )?;
        if returned == "function" {
            return Ok(());
        }
        Err(Wrong::new(
            format!("it returns {}", returned.as_str().unwrap_or_default()),
            "onTitle in preload.js: return a function that calls \
             ipcRenderer.off",
        ))
    })
}

fn refused(check: &Check<'_>) -> Result<(), Finding> {
    expect("no listener to hear of a title that main refuses", || {
        // The second arrives after all that comes of the first.
        check.script(
            "electronAPI.setTitle('a\\nb'); electronAPI.setTitle('Second');",
        )?;
        let seen = heard(check, "one", 2)?;
        match seen.get(1) {
            Some(second) if *second == json!(["Second"]) => Ok(()),
            Some(other) => Err(Wrong::new(
                format!("heard {}", other[0]),
                "set_title in main.rs: send when the title has been set, not \
                 before",
            )),
            None => Err(Wrong::new(
                "the next title is not heard either",
                "onTitle in preload.js: `on`, not `once`",
            )),
        }
    })
}

fn ended(check: &Check<'_>) -> Result<(), Finding> {
    expect("a listener that was ended to hear nothing more", || {
        check.script("end(); electronAPI.setTitle('After')")?;
        if heard(check, "other", 4)?.len() < 4 {
            return Err(Wrong::new(
                "the other listener hears nothing more either",
                "onTitle in preload.js: end this listener, not all",
            ));
        }
        match heard(check, "one", 0)?.get(3) {
            None => Ok(()),
            Some(args) => Err(Wrong::new(
                format!("heard {}", args[0]),
                "onTitle in preload.js: `off` needs the very function that \
                 `on` was given",
            )),
        }
    })
}

/// The last title that the first listener has heard, once it has heard `count`.
fn last(check: &Check<'_>, count: usize) -> Result<Option<Value>, Wrong> {
    let heard = heard(check, "one", count)?;
    Ok(heard.last().map(|args| args[0].clone()))
}

/// What a listener was called with so far, once that was `count` times or a
/// moment has passed.
fn heard(
    check: &Check<'_>,
    name: &str,
    count: usize,
) -> Result<Vec<Value>, Wrong> {
    let read = || check.script(&format!("return heard.{name}"));
    let calls = |value: Value| value.as_array().cloned().unwrap_or_default();
    let enough = || {
        let calls = calls(read().ok()?);
        (calls.len() >= count).then_some(calls)
    };
    match check.within(enough) {
        Some(calls) => Ok(calls),
        None => Ok(calls(read()?)),
    }
}

fn words(calls: &[Value]) -> String {
    let calls: Vec<_> = calls.iter().map(Value::to_string).collect();
    format!("called with {}", calls.join(", "))
}
