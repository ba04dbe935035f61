//! What a preload script is given, as ch03 gives it.
use crate::{page, transcript::line, versions};
use serde_json::json;

/// Frames, foreign pages and a `document.open()` in our own get nothing.
const GUARD: &str = "if (window !== top || location.origin !== main.origin \
                     || Object.hasOwn(window, 'versions')) return;";

/// Makes `preload.js` the body of a function and hands it what it may know,
/// so that neither becomes a global of the page. Node wraps modules that way.
///
/// In the script, `main.origin` is the origin of our page and `main.versions`
/// holds `webview`, `wry` and `tao`, each a string. Electron's counterpart is
/// `process.versions`.
///
/// # Errors
/// Where the system has no web view whose version could be told.
pub fn wrap(preload: &str) -> wry::Result<String> {
    wrap_for(page::ORIGIN, preload)
}

/// [`wrap`] for a page of another origin, such as the one that Tauri serves.
///
/// # Errors
/// As [`wrap`].
pub fn wrap_for(origin: &str, preload: &str) -> wry::Result<String> {
    let given = json!({
        "origin": origin,
        "versions": {
            "webview": wry::webview_version()?,
            "wry": versions::WRY,
            "tao": versions::TAO,
        },
    });
    line("main → preload", &given);
    Ok(format!("(main => {{ {GUARD}\n{preload}\n}})({given});"))
}
