//! Says how long a first build takes, before it begins and only then: it looks
//! for what such a build leaves in the target folder. The times were measured
//! on two cores.

use crate::root;
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Crates that such a build leaves, and how long it takes.
type Build = (&'static [&'static str], &'static str);

/// All chapters, and what drives them in tests.
pub const ALL: Build = (&["tauri", "fantoccini"], "five minutes");

/// What checks exercises, or tests a chapter without Tauri.
pub const TEST: Build = (&["fantoccini"], "three minutes");

/// What makes the book.
pub const BOOK: Build = (&["mdbook_driver"], "a minute");

/// The program in this folder.
pub fn of(folder: &Path) -> Build {
    match folder.join("tauri.conf.json").is_file() {
        true => (&["tauri"], "four minutes"),
        false => (&["tao"], "two minutes"),
    }
}

/// A chapter with its test, and with what drives it there.
pub fn of_test(chapter: &str) -> Build {
    if checkout::is_tauri(root(), chapter) { ALL } else { TEST }
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
pub fn announce_in(folder: &Path, (crates, time): Build) -> bool {
    let files = fs::read_dir(folder.join("deps")).into_iter().flatten();
    let files: Vec<_> = files.flatten().map(|file| file.file_name()).collect();
    let built = |name: &&str| {
        let start = format!("lib{name}-");
        files.iter().any(|it| it.to_string_lossy().starts_with(&start))
    };
    let first = !crates.iter().all(built);
    if first {
        println!(
            "The first build takes about {time} on two cores; a later one \
             compiles what has changed."
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
        assert!(announce_in(&folder, TEST));
        fs::create_dir_all(folder.join("deps")).unwrap();
        fs::write(folder.join("deps/libfantoccini-1f.rmeta"), "").unwrap();
        assert!(!announce_in(&folder, TEST));
        assert!(announce_in(&folder, ALL));
        fs::remove_dir_all(folder).unwrap();
    }
}
