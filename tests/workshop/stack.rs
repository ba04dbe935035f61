//! Changed chapters are built with what their tests are built with: the same
//! crates with the same features. So these are compiled once.
//!
//! Cargo gives the packages that it builds together one set of features of
//! each crate, the sum of what all of them ask for. A stack is a package
//! without code that asks for all that one of the two groups of this workspace
//! does (see `checkout::groups`). A copy has it as a dev-dependency, and is
//! built as tests are (`--tests`), when these count; it is never compiled.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, value};

use crate::manifest::{Workspace, parse};
use crate::{Result, at, read, root, write};

/// Lets the package in `folder` be built with what the tests of a chapter are
/// built with: `cargo build --bins --tests` in that folder.
///
/// # Errors
/// When its Cargo.toml cannot be read or written.
pub fn build_as_tests(chapter: &str, folder: &Path) -> Result {
    let file = folder.join("Cargo.toml");
    let mut manifest = parse(&read(&file)?)?;
    Stack::of(chapter).join(&mut manifest)?;
    write(&file, manifest.to_string())
}

/// One of the two groups of packages that are built together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stack {
    Plain,
    Tauri,
}

impl Stack {
    /// What a chapter is built with.
    pub(crate) fn of(chapter: &str) -> Self {
        match crate::is_tauri(chapter) {
            true => Self::Tauri,
            false => Self::Plain,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Plain => "stack-plain",
            Self::Tauri => "stack-tauri",
        }
    }

    /// Makes a package be built with this stack: its Cargo.toml asks for it.
    pub(crate) fn join(self, manifest: &mut DocumentMut) -> Result {
        let folder = self.write()?.to_string_lossy().into_owned();
        let mut wanted = Table::new();
        wanted[self.name()]["path"] = value(folder);
        manifest["dev-dependencies"] = wanted.into();
        // Its own unit tests would need all of the stack compiled.
        let program = manifest.get_mut("bin").and_then(|bin| bin.get_mut(0));
        if let Some(program) = program {
            program["test"] = value(false);
        }
        Ok(())
    }

    /// Writes the package, and gives its folder.
    fn write(self) -> Result<PathBuf> {
        let folder = root().join("target/workshop").join(self.name());
        let workspace = Workspace::read()?;
        let tauri = checkout::with_tauri(root()).map_err(at(root()))?;
        let mut wanted = Table::new();
        for member in workspace.members()? {
            let manifest = read(&root().join(&member).join("Cargo.toml"))?;
            let manifest: DocumentMut = parse(&manifest)?;
            let name = manifest["package"]["name"].as_str().unwrap_or_default();
            if tauri.iter().any(|it| it == name) != (self == Self::Tauri) {
                continue;
            }
            for (kind, tests) in [("of", false), ("of-tests-of", true)] {
                let part = format!("{kind}-{name}");
                let asks = asks(&manifest, &part, tests);
                let asks = workspace.fill_in(&asks, |path| {
                    root().join(path).to_string_lossy().into_owned()
                })?;
                package(&folder.join(&part), &asks)?;
                wanted[&part]["path"] = value(part.clone());
            }
        }
        let mut manifest = empty(self.name());
        manifest["dependencies"] = wanted.into();
        package(&folder, &manifest)?;
        Ok(folder)
    }
}

/// A package that asks for what another does, or for what its tests do.
fn asks(manifest: &DocumentMut, name: &str, tests: bool) -> String {
    let mut asks = empty(name);
    let kinds: &[_] = match tests {
        true => &[("dev-dependencies", "dependencies")],
        false => &[
            ("dependencies", "dependencies"),
            ("build-dependencies", "build-dependencies"),
            ("features", "features"),
        ],
    };
    let copy = |from: &dyn Fn(&str) -> Option<Item>, to: &mut Table| {
        for (kind, name) in kinds {
            if let Some(table) = from(kind) {
                to[name] = table;
            }
        }
    };
    copy(&|kind| manifest.get(kind).cloned(), &mut asks);
    let systems = manifest.get("target").and_then(Item::as_table);
    for (system, own) in systems.into_iter().flat_map(Table::iter) {
        let mut table = Table::new();
        copy(&|kind| own.get(kind).cloned(), &mut table);
        asks["target"][system] = table.into();
    }
    asks.to_string()
}

fn empty(name: &str) -> DocumentMut {
    let mut manifest = DocumentMut::new();
    manifest["package"]["name"] = value(name);
    manifest["package"]["edition"] = value("2024");
    manifest["lib"]["path"] = value("lib.rs");
    manifest
}

fn package(folder: &Path, manifest: &DocumentMut) -> Result {
    write(&folder.join("Cargo.toml"), manifest.to_string())?;
    write(&folder.join("lib.rs"), "")
}
