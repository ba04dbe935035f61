//! What a preload script is given.
use crate::{page, transcript::line, versions};
use serde_json::json;

/// A function in JavaScript that takes `main` and the preload, and decides
/// whether to call it: once, in the top frame of a page of `given.origin`.
pub const GUARD: &str = include_str!("guard.js");

/// Makes `preload.js` the body of a function, and lets `guard.js` decide
/// whether to call it, so that neither the script nor what it may know becomes
/// a global of the page. Node wraps modules that way.
///
/// In the script, `given.origin` is the origin of our page and `given.versions`
/// holds `webview`, `wry` and `tao`, each a string. Electron's counterpart is
/// `process.versions`.
///
/// # Errors
/// Where the system has no web view whose version could be told.
pub fn wrap(preload: &str) -> wry::Result<String> {
    let given = json!({
        "origin": page::ORIGIN,
        "versions": {
            "webview": wry::webview_version()?,
            "wry": versions::WRY,
            "tao": versions::TAO,
        },
    });
    line("main", format!("gives the preload {given}"));
    Ok(format!("({GUARD})({given}, given => {{\n{preload}\n}});"))
}
