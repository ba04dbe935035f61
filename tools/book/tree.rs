//! The workspace on the disk, and its files.

use std::fs;
use std::path::{Path, PathBuf};

/// The workspace that the book is about. Paths in it are texts such as
/// `chapters/ch01-window/main.rs`, the same on every platform.
#[derive(Clone)]
pub struct Tree {
    root: PathBuf,
}

impl Tree {
    /// The tree below `root`, the folder of the workspace's Cargo.toml.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The workspace that this tool is run in.
    pub fn workspace() -> Self {
        Self::new(checkout::root())
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.root.join(file)
    }

    pub(crate) fn has(&self, file: &str) -> bool {
        self.path(file).is_file()
    }

    /// Whether a file is text, or cannot be read, which is told elsewhere.
    pub(crate) fn is_text(&self, file: &str) -> bool {
        let bytes = fs::read(self.path(file)).unwrap_or_default();
        str::from_utf8(&bytes).is_ok()
    }

    /// A file's text, with `\n` line ends wherever it was checked out.
    pub(crate) fn read(&self, file: &str) -> Result<String, String> {
        match fs::read_to_string(self.path(file)) {
            Ok(text) => Ok(text.replace("\r\n", "\n")),
            Err(error) => Err(format!("cannot read {file}: {error}")),
        }
    }

    /// Every file in a folder and below it, as paths from that folder, sorted.
    /// A folder that is not there, or cannot be read, has no files; the second
    /// is told elsewhere.
    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        checkout::all_files(&self.path(folder)).unwrap_or_default()
    }

    /// The names of the chapters, in order.
    pub(crate) fn chapters(&self) -> Vec<String> {
        checkout::chapters(&self.root).unwrap_or_default()
    }
}
