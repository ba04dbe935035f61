//! The workspace on the disk: its files, and what a chapter's manifest says.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::Problem;

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

    /// The workspace that this tool was built in.
    pub fn workspace() -> Self {
        let tool = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::new(tool.ancestors().nth(2).unwrap_or(tool))
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.root.join(file)
    }

    pub(crate) fn has(&self, file: &str) -> bool {
        self.path(file).is_file()
    }

    /// A file's text, with `\n` line ends wherever it was checked out.
    pub(crate) fn read(&self, file: &str) -> Result<String, String> {
        match fs::read_to_string(self.path(file)) {
            Ok(text) => Ok(text.replace("\r\n", "\n")),
            Err(error) => Err(format!("cannot read {file}: {error}")),
        }
    }

    /// Every file in a folder and below it, as paths from that folder,
    /// sorted. Hidden and built files are left out; a folder that is not
    /// there has no files.
    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        let mut files = Vec::new();
        self.walk(&self.path(folder), "", &mut files);
        files.sort();
        files
    }

    fn walk(&self, folder: &Path, prefix: &str, files: &mut Vec<String>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let built = name == "target" || path == self.path("book/book");
            if built || name.starts_with('.') {
                continue;
            } else if path.is_dir() {
                self.walk(&path, &format!("{prefix}{name}/"), files);
            } else {
                files.push(format!("{prefix}{name}"));
            }
        }
    }

    /// The names of the chapters, in order.
    pub(crate) fn chapters(&self) -> Vec<String> {
        let mut slugs: Vec<_> = self
            .files("chapters")
            .iter()
            .filter_map(|file| Some(file.split_once('/')?.0.to_owned()))
            .collect();
        slugs.dedup();
        slugs
    }
}

/// What a chapter's Cargo.toml says about it.
pub(crate) struct Chapter {
    /// Folder, package, program and page: `ch05-invoke`.
    pub slug: String,
    pub package: String,
    /// The chapter that this one starts from; the first has none.
    pub after: Option<String>,
    /// How many lines it may add, where it is more than usual.
    pub added: Option<usize>,
    /// The paths of its `[[test]]` tables.
    pub tests: Vec<String>,
}

impl Chapter {
    pub fn read(tree: &Tree, slug: &str) -> Result<Self, Problem> {
        let file = manifest(slug);
        let text =
            tree.read(&file).map_err(|why| Problem::new(&file, 1, why))?;
        let manifest: Manifest = toml::from_str(&text).map_err(|error| {
            let before = error.span().map_or("", |span| &text[..span.start]);
            let line = before.matches('\n').count() + 1;
            Problem::new(&file, line, error.message())
        })?;
        let tutorial = manifest.package.metadata.tutorial;
        Ok(Self {
            slug: slug.to_owned(),
            package: manifest.package.name,
            after: tutorial.after,
            added: tutorial.added,
            tests: manifest.test.into_iter().map(|test| test.path).collect(),
        })
    }

    /// The name of its test and of its snapshots: `ch05_invoke`.
    pub fn snake(&self) -> String {
        snake(&self.slug)
    }

    pub fn manifest(&self) -> String {
        manifest(&self.slug)
    }

    pub fn page(&self) -> String {
        format!("book/src/{}.md", self.slug)
    }
}

/// A chapter's name as its test and its snapshots have it.
pub(crate) fn snake(slug: &str) -> String {
    slug.replace('-', "_")
}

fn manifest(slug: &str) -> String {
    format!("chapters/{slug}/Cargo.toml")
}

#[derive(Deserialize)]
struct Manifest {
    package: Package,
    #[serde(default)]
    test: Vec<Test>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    tutorial: TutorialTable,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TutorialTable {
    after: Option<String>,
    added: Option<usize>,
}

#[derive(Deserialize)]
struct Test {
    path: String,
}
