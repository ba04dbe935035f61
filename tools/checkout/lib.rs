//! This checkout: where it is, what a chapter is, what a patch says, and which
//! packages are built together. All tools ask here, so that none of them knows
//! it otherwise. It depends on nothing: `cargo x` does, too.

#![warn(missing_docs)]

mod chapter;
mod patch;

pub use chapter::{
    Chapter, GENERATED, all_files, chapters, files, is_on_library, short, snake,
};
pub use patch::{Patch, place};

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{env, fmt, fs, io};

/// What can fail here, fails like this.
pub type Result<T = ()> = std::result::Result<T, Error>;

/// What is wrong with a file or a folder of this checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Its path, from the workspace's folder on if it begins there.
    pub file: String,
    /// Where in it, if not everywhere.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub message: String,
}

impl Error {
    fn new(file: &str, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, message: message.into() }
    }

    fn of(file: &str, error: io::Error) -> Self {
        let fix = "Is this a whole checkout, and yours to use?";
        Self::new(file, format!("{error}. {fix}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, message, .. } = self;
        match self.line {
            Some(line) => write!(f, "{file}:{line}: {message}"),
            None => write!(f, "{file}: {message}"),
        }
    }
}

impl std::error::Error for Error {}

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

/// Whether a chapter is a Tauri program.
pub fn is_tauri(root: &Path, chapter: &str) -> bool {
    root.join("chapters").join(chapter).join("tauri.conf.json").is_file()
}

/// The names of the programs that `cargo x bench` measures, beside chapters. It
/// builds them in release, and nothing else builds them.
///
/// # Errors
/// When their folder cannot be read.
pub fn bench_hosts(root: &Path) -> Result<Vec<String>> {
    let folders = names(&root.join("bench/hosts"))?;
    Ok(folders.iter().map(|folder| format!("bench-{folder}")).collect())
}

/// Every package of the workspace but [`bench_hosts`], in two groups, each as
/// arguments for cargo: what has nothing to do with Tauri, and what has. Cargo
/// gives all packages that it builds together the same features of their
/// dependencies, and so the first chapters would be built with another wry than
/// `cargo run -p` uses.
///
/// One test, too, is built with its whole group: then each crate is compiled
/// once for all of them.
///
/// # Errors
/// As [`chapters`] and [`bench_hosts`].
pub fn groups(root: &Path) -> Result<[Vec<String>; 2]> {
    let mut tauri = chapters(root)?;
    tauri.retain(|chapter| is_tauri(root, chapter));
    tauri.push("common-tauri".into());
    let each = |flag: &str, names: &[String]| -> Vec<String> {
        names.iter().flat_map(|name| [flag.into(), name.clone()]).collect()
    };
    let out = [tauri.clone(), bench_hosts(root)?].concat();
    let without = [vec!["--workspace".into()], each("--exclude", &out)];
    Ok([without.concat(), each("-p", &tauri)])
}

/// The group with which a chapter is built.
///
/// # Errors
/// As [`chapters`].
pub fn group_of(root: &Path, chapter: &str) -> Result<Vec<String>> {
    let [without, with] = groups(root)?;
    Ok(if is_tauri(root, chapter) { with } else { without })
}

/// Gives each Tauri chapter a folder `capabilities`, be it empty. tauri-build
/// asks cargo to look at it, and where there is none, cargo takes the chapter
/// for changed every time.
///
/// # Errors
/// When a folder cannot be read or made.
pub fn prepare(root: &Path) -> Result {
    let mut chapters = chapters(root)?;
    chapters.retain(|chapter| is_tauri(root, chapter));
    chapters.iter().try_for_each(|chapter| {
        let folder = format!("chapters/{chapter}/capabilities");
        fs::create_dir_all(root.join(&folder))
            .map_err(|error| Error::of(&folder, error))
    })
}

/// What is in a folder, by name, sorted; what is hidden is not.
fn names(folder: &Path) -> Result<Vec<String>> {
    let read = || -> io::Result<Vec<String>> {
        let name = |entry: fs::DirEntry| entry.file_name();
        fs::read_dir(folder)?
            .map(|entry| Ok(name(entry?).to_string_lossy().into_owned()))
            .collect()
    };
    let shown = folder.to_string_lossy();
    let mut names = read().map_err(|error| Error::of(&shown, error))?;
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    Ok(names)
}

/// A folder of a test's own, which ends with it.
#[cfg(test)]
struct Scratch(PathBuf);

#[cfg(test)]
impl Scratch {
    fn new(test: &str) -> Self {
        let name = format!("checkout-{test}-{}", std::process::id());
        let folder = env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[cfg(test)]
impl std::ops::Deref for Scratch {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

#[cfg(test)]
impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace of two chapters, the second with Tauri.
    fn workspace(test: &str) -> Scratch {
        let root = Scratch::new(test);
        for file in [
            "Cargo.toml",
            "bench/hosts/bare/Cargo.toml",
            "chapters/ch01-a/Cargo.toml",
            "chapters/ch02-b/Cargo.toml",
            "chapters/ch02-b/tauri.conf.json",
            "chapters/notes/more",
        ] {
            root.write(file, "");
        }
        root
    }

    #[test]
    fn a_chapter_is_a_folder_with_a_manifest_and_a_configuration_is_tauris() {
        let root = workspace("groups");
        assert_eq!(chapters(&root).unwrap(), ["ch01-a", "ch02-b"]);
        let [without, with] = groups(&root).unwrap().map(|it| it.join(" "));
        let excluded =
            "--exclude ch02-b --exclude common-tauri --exclude bench-bare";
        assert_eq!(without, format!("--workspace {excluded}"));
        assert_eq!(with, "-p ch02-b -p common-tauri");
        assert_eq!(group_of(&root, "ch02-b").unwrap().join(" "), with);
        prepare(&root).unwrap();
        assert!(root.join("chapters/ch02-b/capabilities").is_dir());
        assert!(!root.join("chapters/ch01-a/capabilities").exists());
    }

    #[test]
    fn the_root_is_found_from_every_folder_in_it() {
        let root = workspace("root");
        for folder in ["", "chapters", "chapters/ch01-a", "no/such/folder"] {
            assert_eq!(root_above(&root.join(folder)), Some(&*root));
        }
        assert_eq!(root_above(Path::new("/proc")), None);
    }
}
