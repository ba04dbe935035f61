//! What an attack posts, and whether the program goes on after it.
use harness::{App, Page};
use std::sync::atomic::{AtomicU32, Ordering};

/// `postHostile(name, view)`, and the names in `hostile`.
pub const HOSTILE: &str = include_str!("../features/hostile.js");

/// Posts a text as it is.
pub fn post(page: &Page<'_>, text: &str) {
    let post = "webkit.messageHandlers.ipc.postMessage(arguments[0])";
    page.run_with(post, &[text.into()]);
}

/// Makes a call to nobody, past the preload, and waits until it is answered: it
/// is refused, and no document takes the answer.
#[track_caller]
pub fn goes_on(app: &App, page: &Page<'_>) {
    static LAST: AtomicU32 = AtomicU32::new(1_000_000);
    let id = LAST.fetch_add(1, Ordering::Relaxed);
    post(page, &format!(r#"["probe",{id},"probe",[]]"#));
    app.wait_for_line(&format!(
        "[main] error #{id} is for a document that is gone"
    ));
}
