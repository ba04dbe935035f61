//! A page's process that ends as one does that crashes.

use std::fs;
use std::process::Command;

/// Kills a process of WebKit's that shows pages of a program: one of the
/// program's children.
///
/// # Panics
/// When there is none, or it cannot be killed.
#[track_caller]
pub(crate) fn kill_page_of(program: u32) {
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
    let page = ids.find(is_page).expect("its page has a process");
    let killed = Command::new("kill").args(["-9", &page.to_string()]).status();
    assert!(killed.is_ok_and(|it| it.success()), "it cannot be killed");
}
