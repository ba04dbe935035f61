//! This checkout: where it is, and which of its packages are built together.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// The folder of this workspace, found at run time: a checkout may be copied or
/// moved together with the programs in its `target`.
///
/// It is the nearest folder with `chapters` and a Cargo.toml, upwards from the
/// package that cargo runs or tests, or else from the current folder.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let start = package.or_else(|| env::current_dir().ok());
        let start = start.unwrap_or_default();
        root_above(&start).unwrap_or(&start).to_owned()
    })
}

fn root_above(start: &Path) -> Option<&Path> {
    start.ancestors().find(|folder| {
        folder.join("chapters").is_dir() && folder.join("Cargo.toml").is_file()
    })
}

/// The names of all chapters, in the order of the book.
///
/// # Errors
/// When the folder `chapters` cannot be read.
pub fn chapters(root: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(root.join("chapters"))?;
    let mut names: Vec<_> = entries
        .flatten()
        .filter(|entry| entry.path().join("Cargo.toml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

/// Whether a chapter is a Tauri program.
pub fn is_tauri(root: &Path, chapter: &str) -> bool {
    root.join("chapters").join(chapter).join("tauri.conf.json").is_file()
}

/// The packages with Tauri: its chapters, and what they share.
///
/// # Errors
/// As [`chapters`].
pub fn with_tauri(root: &Path) -> io::Result<Vec<String>> {
    let mut packages = chapters(root)?;
    packages.retain(|chapter| is_tauri(root, chapter));
    packages.push("common-tauri".into());
    Ok(packages)
}

/// Gives each Tauri chapter a folder `capabilities`, be it empty. tauri-build
/// asks cargo to look at it, and where there is none, cargo takes the chapter
/// for changed every time.
///
/// # Errors
/// When a folder cannot be read or made.
pub fn prepare(root: &Path) -> io::Result<()> {
    let mut chapters = chapters(root)?;
    chapters.retain(|chapter| is_tauri(root, chapter));
    chapters.iter().try_for_each(|chapter| {
        let folder = root.join("chapters").join(chapter);
        fs::create_dir_all(folder.join("capabilities"))
    })
}

/// Every package of the workspace, in two groups, each as arguments for cargo:
/// what has nothing to do with Tauri, and what has. Cargo gives all packages
/// that it builds together the same features of their dependencies, and so the
/// first chapters would be built with another wry than `cargo run -p` uses.
///
/// One test, too, is built with its whole group: then each crate is compiled
/// once for all of them.
///
/// # Errors
/// As [`chapters`].
pub fn groups(root: &Path) -> io::Result<[Vec<String>; 2]> {
    let tauri = with_tauri(root)?;
    let each = |flag: &str| {
        tauri.iter().flat_map(|name| [flag.into(), name.clone()]).collect()
    };
    let without = [vec!["--workspace".into()], each("--exclude")].concat();
    Ok([without, each("-p")])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace of two chapters, the second with Tauri.
    fn scratch(test: &str) -> PathBuf {
        let name = format!("checkout-{test}-{}", std::process::id());
        let root = env::temp_dir().join(name);
        for folder in ["chapters/ch02-b", "chapters/ch01-a", "chapters/notes"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        for file in [
            "Cargo.toml",
            "chapters/ch01-a/Cargo.toml",
            "chapters/ch02-b/Cargo.toml",
            "chapters/ch02-b/tauri.conf.json",
        ] {
            fs::write(root.join(file), "").unwrap();
        }
        root
    }

    #[test]
    fn a_chapter_is_a_folder_with_a_manifest_and_a_configuration_is_tauris() {
        let root = scratch("groups");
        assert_eq!(chapters(&root).unwrap(), ["ch01-a", "ch02-b"]);
        let [without, with] = groups(&root).unwrap().map(|it| it.join(" "));
        let excluded = "--exclude ch02-b --exclude common-tauri";
        assert_eq!(without, format!("--workspace {excluded}"));
        assert_eq!(with, "-p ch02-b -p common-tauri");
        prepare(&root).unwrap();
        assert!(root.join("chapters/ch02-b/capabilities").is_dir());
        assert!(!root.join("chapters/ch01-a/capabilities").exists());
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn the_root_is_found_from_every_folder_in_it() {
        let root = scratch("root");
        for folder in ["", "chapters", "chapters/ch01-a", "no/such/folder"] {
            assert_eq!(root_above(&root.join(folder)), Some(&*root));
        }
        assert_eq!(root_above(Path::new("/proc")), None);
        fs::remove_dir_all(root).unwrap();
    }
}
