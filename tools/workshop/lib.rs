//! The workshop: where chapters are changed without touching the reader's own.
//!
//! A [`WorkingCopy`] is a chapter as a program of its own under
//! `target/workshop`, a [`Patch`] is one change to it, and everything that
//! shows, proves or checks a changed chapter is made of these two:
//!
//! ```no_run
//! use workshop::{Patch, WorkingCopy, root};
//!
//! # fn main() -> workshop::Result {
//! let file = "tests/breaks/ch02-page/1-no-404.patch";
//! let patch = Patch::read(root(), file)?;
//! let mut copy = WorkingCopy::of("ch02-page", "break-1")?;
//! copy.apply(&patch)?;
//! let program = copy.build()?;
//! # Ok(())
//! # }
//! ```

#![warn(missing_docs)]

mod breaks;
mod copy;
mod eject;
mod files;
mod manifest;
mod patch;
mod propagate;
mod stack;
mod suite;

pub use checkout::{Patch, root};

pub use breaks::{Break, Kind, list, prove_all};
pub use copy::{WorkingCopy, build_all};
pub use eject::eject;
pub use propagate::propagate;
pub use stack::build_as_tests;
pub use suite::{
    Tests, compile_all_tests, compile_tests_of, indented, said_by, tell,
};

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// What can fail here, fails like this.
pub type Result<T = ()> = std::result::Result<T, Failure>;

/// Why something ended: what was wrong, and what to do next.
#[derive(Debug)]
pub struct Failure {
    /// The exit code: 1 when something failed, 2 when it was asked wrongly, 0
    /// when nobody listens any more.
    pub code: u8,
    /// For the reader; nothing, where what failed has said it all.
    pub message: String,
}

impl Failure {
    /// Something was asked for that there is not.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { code: 2, message: message.into() }
    }
}

impl From<checkout::Error> for Failure {
    fn from(error: checkout::Error) -> Self {
        Self { code: 1, message: error.to_string() }
    }
}

/// Ends with a message, because something failed.
///
/// # Errors
/// Always.
pub fn fail<T>(message: impl Into<String>) -> Result<T> {
    Err(Failure { code: 1, message: message.into() })
}

/// The names of all chapters, in the order of the book.
///
/// # Errors
/// When the folder `chapters` cannot be read.
pub fn chapters() -> Result<Vec<String>> {
    Ok(checkout::chapters(root())?)
}

/// Whether a chapter is a Tauri program.
pub fn is_tauri(chapter: &str) -> bool {
    checkout::is_tauri(root(), chapter)
}

/// The arguments with which cargo builds everything in two groups: see
/// [`checkout::groups`].
///
/// # Errors
/// As [`chapters`].
pub fn groups() -> Result<[Vec<String>; 2]> {
    Ok(checkout::groups(root())?)
}

/// Cargo, in the folder of this workspace, so that its settings hold.
pub fn cargo(args: &[&str]) -> Command {
    let program = env::var_os("CARGO").unwrap_or("cargo".into());
    let mut cargo = Command::new(program);
    cargo.args(args).current_dir(root());
    cargo
}

/// The values of all, or else what each that failed says.
///
/// # Errors
/// When one of them is a failure.
pub fn all_of<T>(
    results: impl IntoIterator<Item = Result<T>>,
) -> Result<Vec<T>> {
    let (mut values, mut failures) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(value) => values.push(value),
            Err(failure) => failures.push(failure.message),
        }
    }
    if failures.is_empty() { Ok(values) } else { fail(failures.join("\n\n")) }
}

/// What is in a folder, sorted.
///
/// # Errors
/// When it cannot be read.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = || -> io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
    };
    let mut paths = read().map_err(at(folder))?;
    paths.sort();
    Ok(paths)
}

/// The last part of a path.
pub(crate) fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Reads a text file.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(at(path))
}

/// Writes a file, in a folder that is made if need be. A file that holds this
/// already keeps its time, so that nothing is built anew.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result {
    let content = content.as_ref();
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(at(folder))?;
    fs::write(path, content).map_err(at(path))
}

/// Says which path an error is about.
pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    move |error| Failure {
        code: 1,
        message: format!(
            "cannot use {}: {error}. Is it there, and yours to read and write?",
            path.display()
        ),
    }
}
