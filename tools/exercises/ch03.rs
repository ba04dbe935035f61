//! ch03: the page is given one more version, `versions.rust()`.

use crate::check::{Check, Outcome};
use crate::finding::{Finding, Wrong, expect};

/// What `env!("CARGO_PKG_RUST_VERSION")` says in the chapters as well: they
/// and this crate have it from the workspace.
const RUST: &str = env!("CARGO_PKG_RUST_VERSION");

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    check.exposes("versions", "rust")?;
    expect(format!("versions.rust() to return {RUST:?}"), || {
        let seen = check.ask("versions.rust()")?;
        if seen == Outcome::Returned(format!("{RUST:?}")) {
            return Ok(());
        }
        Err(Wrong::new(
            seen,
            "`given` in main.rs: what is in it is what preload.js finds in \
             its `given`",
        ))
    })?;
    let ending = format!("and Rust (v{RUST})");
    expect(format!("the sentence to end with {ending:?}"), || {
        let seen = check.page().text("#info");
        if seen.ends_with(&ending) {
            return Ok(());
        }
        match check.error_in("renderer.js").filter(|_| seen.is_empty()) {
            Some(error) => Err(Wrong::new(
                error,
                "renderer.js: this error is thrown there",
            )),
            None => Err(Wrong::new(
                format!("{seen:?}"),
                "renderer.js: it writes the sentence",
            )),
        }
    })
}
