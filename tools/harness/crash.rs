//! The process of a page, and its end as one that crashes.

use std::fs;
use std::process::Command;

/// A process of WebKit's that shows pages of a program: one of the program's
/// children.
///
/// # Panics
/// When there is none.
#[track_caller]
pub(crate) fn page_of(program: u32) -> u32 {
    let is_page = |id: &u32| {
        let read = |file| fs::read_to_string(format!("/proc/{id}/{file}"));
        let (Ok(name), Ok(status)) = (read("comm"), read("status")) else {
            return false;
        };
        // The system cuts the name.
        name.starts_with("WebKitWebProces")
            && status.contains(&format!("PPid:\t{program}\n"))
    };
    let entries = fs::read_dir("/proc").expect("Linux has it").flatten();
    let mut ids =
        entries.filter_map(|it| it.file_name().to_str()?.parse().ok());
    ids.find(is_page).expect("its page has a process")
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
