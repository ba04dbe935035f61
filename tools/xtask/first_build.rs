//! Says how long a first build takes, before it begins and only then: it looks
//! for what such a build leaves in the target folder. The times were measured
//! on two cores.

use crate::root;
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// A crate that such a build ends with, and how many minutes all of it takes.
type Build = (&'static str, &'static str);

/// All chapters, what drives them, and what makes the book.
pub const ALL: Build = ("mdbook_driver", "five");

/// What checks exercises.
pub const CHECK: Build = ("fantoccini", "three");

/// The program in this folder.
pub fn of(folder: &Path) -> Build {
    match folder.join("tauri.conf.json").is_file() {
        true => ("tauri", "four"),
        false => ("tao", "two"),
    }
}

/// A chapter with its test, and with what drives it there.
pub fn of_test(chapter: &str) -> Build {
    match checkout::is_tauri(root(), chapter) {
        true => ("tauri", "five"),
        false => CHECK,
    }
}

/// Says how long it takes, if it has not been built yet in this workspace.
pub fn announce(build: Build) {
    announce_in(&folder(), build);
}

/// Where the programs of this workspace are: cargo has put this one there, too.
pub fn folder() -> PathBuf {
    let here = env::current_exe().unwrap_or_default();
    here.parent().unwrap_or(&here).to_owned()
}

/// Says how long it takes, if it has not been built yet in a folder such as
/// `target/debug`, and whether it said so.
pub fn announce_in(folder: &Path, (name, minutes): Build) -> bool {
    let files = fs::read_dir(folder.join("deps"));
    let start = format!("lib{name}-");
    let is_it = |file: fs::DirEntry| {
        file.file_name().to_string_lossy().starts_with(&start)
    };
    let first = !files.into_iter().flatten().flatten().any(is_it);
    if first {
        println!(
            "The first build takes about {minutes} minutes on two cores. Later \
             ones compile what you changed."
        );
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_first_build_is_announced() {
        let name = format!("xtask-first-build-{}", std::process::id());
        let folder = env::temp_dir().join(name);
        assert!(announce_in(&folder, ("wry", "two")));
        fs::create_dir_all(folder.join("deps")).unwrap();
        fs::write(folder.join("deps/libwry-1f.rmeta"), "").unwrap();
        assert!(!announce_in(&folder, ("wry", "two")));
        assert!(announce_in(&folder, ("tauri", "three")));
        fs::remove_dir_all(folder).unwrap();
    }
}
