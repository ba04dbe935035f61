//! The process of a page, and its end as one that crashes.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

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

/// Kills a process, and says whether that was there to be killed.
pub(crate) fn kill(process: u32) -> bool {
    let id = process.try_into().ok().and_then(Pid::from_raw);
    id.is_some_and(|id| kill_process(id, Signal::KILL).is_ok())
}
