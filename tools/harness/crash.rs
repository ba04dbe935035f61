//! The process of a page, and its end as one that crashes.

use std::fs;
use std::process::Command;

use crate::usage::family;

/// A process of WebKit's that shows pages of a program, which has started it.
///
/// # Panics
/// When there is none.
#[track_caller]
pub(crate) fn page_of(program: u32) -> u32 {
    let is_page = |id: &u32| {
        let name = fs::read_to_string(format!("/proc/{id}/comm"));
        // The system cuts the name.
        name.is_ok_and(|name| name.starts_with("WebKitWebProces"))
    };
    let found = family(program).into_iter().find(is_page);
    found.expect("its page has a process")
}

/// Kills it.
///
/// # Panics
/// When there is none, or it cannot be killed.
#[track_caller]
pub(crate) fn kill_page_of(program: u32) {
    let page = page_of(program);
    let killed = Command::new("kill").args(["-9", &page.to_string()]).status();
    assert!(killed.is_ok_and(|it| it.success()), "it cannot be killed");
}
