//! ch07: what is not there is not found, and no answer's type is guessed.

use crate::check::Check;
use crate::finding::{Finding, Wrong, expect};

/// What the page consists of, and what it does not.
const THERE: [&str; 3] = ["/", "/renderer.js", "/style.css"];
const NOT_THERE: [&str; 4] =
    ["/missing.html", "/missing.css", "/main.rs", "/a/style.css"];

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    for path in NOT_THERE {
        expect(format!("{path} to be answered with 404"), || {
            match status(check, path)? {
                404 => Ok(()),
                seen => Err(Wrong::new(
                    seen,
                    "create_window in main.rs: on_web_resource_request sees \
                     each answer before the page does, and may change it",
                )),
            }
        })?;
    }
    for path in THERE {
        expect(format!("{path} to be answered with 200"), || {
            match status(check, path)? {
                200 => Ok(()),
                seen => Err(Wrong::new(
                    seen,
                    "main.rs: the page is asked for as `/`, and each of its \
                     files by its name",
                )),
            }
        })?;
    }
    for path in NOT_THERE {
        expect(format!("{path} not to be answered with the page"), || {
            let text = ask(check, path, "await answer.text()")?;
            let text = text.as_str().unwrap_or_default();
            if !text.contains("id=\"info\"") {
                return Ok(());
            }
            Err(Wrong::new(
                "404, and index.html with it",
                "main.rs: an answer has a body as well: `body_mut()`",
            ))
        })?;
    }
    for path in THERE.into_iter().chain(NOT_THERE) {
        expect(format!("{path} to come with nosniff"), || {
            let header = "answer.headers.get('x-content-type-options')";
            let seen = ask(check, path, header)?;
            if seen == "nosniff" {
                return Ok(());
            }
            Err(Wrong::new(
                format!("X-Content-Type-Options: {seen}"),
                "app.security in tauri.conf.json: `headers` go with each \
                 answer",
            ))
        })?;
    }
    expect("the page to keep its policy", || {
        let header = "answer.headers.get('content-security-policy')";
        let seen = ask(check, "/", header)?;
        let policy = seen.as_str().unwrap_or_default();
        let parts = ["default-src 'self'", "script-src 'self'"];
        if parts.iter().all(|it| policy.contains(it)) {
            return Ok(());
        }
        Err(Wrong::new(
            seen,
            "app.security.csp in tauri.conf.json: it is the chapter's as it \
             was",
        ))
    })
}

fn status(check: &Check<'_>, path: &str) -> Result<u64, Wrong> {
    let seen = ask(check, path, "answer.status")?;
    Ok(seen.as_u64().unwrap_or_default())
}

/// Asks for a path and gives what an expression makes of the `answer`.
fn ask(
    check: &Check<'_>,
    path: &str,
    expression: &str,
) -> Result<serde_json::Value, Wrong> {
    check.script(&format!(
        "const answer = await fetch('{path}', {{ cache: 'no-store' }});
         return {expression};"
    ))
}
