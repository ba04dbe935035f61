//! ch14: what a page has main keep, each later document is told.

use crate::check::Check;
use crate::finding::{Finding, Wrong, expect};

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    check.exposes("electronAPI", "keep")?;
    expect("#kept to show what was kept, after “Reload”", || {
        check.script("electronAPI.keep('a draft')")?;
        check.page().click("#reload");
        let look_at = "main.rs: what was kept is for the next document, so it \
                       is sent to the page and not replied";
        shows(check, "a draft", look_at)
    })?;
    expect(
        "#kept to show it after a reload that main did not ask for",
        || {
            check.page().reload();
            let look_at = "main.rs: send it in the listener of did-finish-load, \
                       which hears of each document";
            shows(check, "a draft", look_at)
        },
    )?;
    expect("#kept to show what was kept last", || {
        check
            .script("electronAPI.keep('another'); electronAPI.keep('last')")?;
        check.page().reload();
        let look_at = "main.rs: each text takes the place of the one before";
        shows(check, "last", look_at)
    })
}

/// Waits until the next document shows it.
fn shows(check: &Check<'_>, text: &str, look_at: &str) -> Result<(), Wrong> {
    let mut seen = Ok(String::new());
    let shown = check.within(|| {
        seen = check
            .script("return document.querySelector('#kept')?.textContent")
            .map(|it| it.as_str().unwrap_or("no element #kept").to_owned());
        (seen.as_deref() == Ok(text)).then_some(())
    });
    match shown {
        Some(()) => Ok(()),
        None => Err(Wrong::new(format!("{:?}", seen?), look_at)),
    }
}
