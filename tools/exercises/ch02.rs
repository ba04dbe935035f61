//! ch02: the program serves one more page, as it serves its first.

use serde_json::{Value, json};

use crate::check::Check;
use crate::finding::{Finding, Wrong, expect};

const PATH: &str = "/about.html";

/// What each answer of the chapter's says about its body.
const HEADERS: [&str; 3] =
    ["Content-Type", "Content-Security-Policy", "X-Content-Type-Options"];

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    expect("the page to have a link with the id about", || {
        let link = "return document.querySelector('a#about') !== null";
        match check.script(link)? == true {
            true => Ok(()),
            false => Err(Wrong::new(
                "none",
                format!("index.html: <a id=\"about\" href=\"{PATH}\">"),
            )),
        }
    })?;
    answered(check, "GET", PATH, 200)?;
    for header in HEADERS {
        as_the_first(check, header)?;
    }
    for (method, path, status) in [
        ("POST", PATH, 405),
        ("GET", "/about", 404),
        ("GET", "/about.html/", 404),
        ("GET", "/main.rs", 404),
    ] {
        answered(check, method, path, status)?;
    }
    expect(format!("HEAD {PATH} to be answered without a body"), || {
        let seen = ask(check, "HEAD", PATH, "await answer.text()")?;
        if seen == "" {
            return Ok(());
        }
        let count = seen.as_str().unwrap_or_default().chars().count();
        Err(Wrong::new(
            format!("{count} characters"),
            "serve in main.rs: `body` is empty for HEAD",
        ))
    })?;
    shown(check)
}

fn answered(
    check: &Check<'_>,
    method: &str,
    path: &str,
    status: u16,
) -> Result<(), Finding> {
    expect(format!("{method} {path} to be answered with {status}"), || {
        let seen = ask(check, method, path, "answer.status")?;
        if seen == status {
            return Ok(());
        }
        let look_at = match status {
            200 => "FILES in main.rs: a file is served by its exact path",
            _ => {
                "main.rs: FILES is all that is served; `serve` can stay as it \
                 is"
            }
        };
        Err(Wrong::new(seen, look_at))
    })
}

/// The new page's answer has the header that the first page's has.
fn as_the_first(check: &Check<'_>, header: &str) -> Result<(), Finding> {
    let value = format!("answer.headers.get('{header}')");
    let first = expect(format!("/ to be answered with a {header}"), || {
        let first = ask(check, "GET", "/", &value)?;
        match first.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(Wrong::new("none", "serve in main.rs: its headers")),
        }
    })?;
    expect(format!("{PATH} to be answered with {header}: {first}"), || {
        let seen = ask(check, "GET", PATH, &value)?;
        match seen.as_str() {
            Some(text) if text == first => Ok(()),
            seen => Err(Wrong::new(
                seen.unwrap_or("none"),
                "main.rs: its entry in FILES says the type, and `serve` adds \
                 the rest to each answer",
            )),
        }
    })
}

/// The link leads there, and there is something to be read.
fn shown(check: &Check<'_>) -> Result<(), Finding> {
    expect(format!("a click on the link to show {PATH}"), || {
        check.page().click("#about");
        let heading = "return [location.pathname,
            document.querySelector('h1')?.textContent.trim() ?? '']";
        let there = || check.script(heading).ok();
        let right = |it: &Value| it[0] == PATH && it[1] != "";
        if check.within(|| there().filter(right)).is_some() {
            return Ok(());
        }
        let seen = there().unwrap_or(json!(["no page", ""]));
        let (path, title) = (&seen[0], &seen[1]);
        Err(Wrong::new(
            format!("{path} with the heading {title}"),
            "index.html: where does the link lead? And about.html: it has an \
             <h1>",
        ))
    })
}

/// Asks for a path and gives what an expression makes of the `answer`.
fn ask(
    check: &Check<'_>,
    method: &str,
    path: &str,
    expression: &str,
) -> Result<Value, Wrong> {
    check.script(&format!(
        "const answer = await fetch('{path}', {{ method: '{method}' }});
         return {expression};"
    ))
}
