//! Changed chapters are built with what their tests are built with: the same
//! crates with the same features. So these are compiled once.
//!
//! Cargo gives the packages that it builds together one set of features of
//! each crate, the sum of what all of them ask for. A stack is a package
//! without code that asks for all that one of the two groups of this workspace
//! does (see `checkout::groups`). A copy has it as a dev-dependency, and is
//! built as tests are (`--tests`), when these count; it is never compiled.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, value};

use crate::manifest::{Workspace, parse};
use crate::{Result, read, root, write};

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
        let mut wanted = Table::new();
        let mut asked = BTreeSet::new();
        let mut members = self.members(&workspace)?;
        let group = members.clone();
        while let Some(member) = members.pop() {
            if !asked.insert(member.clone()) {
                continue;
            }
            let file = root().join(&member).join("Cargo.toml");
            let manifest = parse(&read(&file)?)?;
            // Of what a package needs, the tests are not built.
            let with_tests = group.contains(&member);
            for tests in
                [false, true].into_iter().filter(|it| !it || with_tests)
            {
                let what = if tests { "tests-of" } else { "of" };
                // One Cargo.lock may have those of both stacks.
                let name = member.replace('/', "-");
                let name = format!("{}-{what}-{name}", self.name());
                let asks = asks(&manifest, &name, tests);
                let mut asks =
                    workspace.fill_in(&asks, |path| path.to_owned())?;
                members.extend(without_paths(&mut asks));
                package(&folder.join(&name), &asks)?;
                wanted[&name]["path"] = value(name.clone());
            }
        }
        let mut manifest = empty(self.name());
        manifest["dependencies"] = wanted.into();
        package(&folder, &manifest)?;
        Ok(folder)
    }

    /// The folders of the packages in this group.
    fn members(self, workspace: &Workspace) -> Result<Vec<String>> {
        let [_, tauri] = crate::groups()?;
        let mut members = workspace.members()?;
        let mut problem = Ok(());
        members.retain(|member| {
            let file = root().join(member).join("Cargo.toml");
            match read(&file).and_then(|text| parse(&text)) {
                Ok(manifest) => {
                    let name = manifest["package"]["name"].as_str();
                    let with = tauri.iter().any(|it| Some(&**it) == name);
                    with == (self == Self::Tauri)
                }
                Err(failure) => {
                    problem = Err(failure);
                    false
                }
            }
        });
        problem.map(|()| members)
    }
}

/// Takes the packages of this workspace out of what a package asks for, and
/// gives their folders: what these ask for is asked by packages of their own.
/// What is optional is wanted, for one of the chapters wants it.
fn without_paths(manifest: &mut Table) -> Vec<String> {
    let mut folders = Vec::new();
    for (kind, item) in manifest.iter_mut() {
        let Some(table) = item.as_table_mut() else { continue };
        if kind == "target" {
            let systems = table.iter_mut();
            let systems = systems.filter_map(|it| it.1.as_table_mut());
            folders.extend(systems.flat_map(without_paths));
        } else if kind.ends_with("dependencies") {
            table.retain(|_, own| {
                let path = own.get("path").and_then(Item::as_str);
                folders.extend(path.map(String::from));
                path.is_none()
            });
            for (_, own) in table.iter_mut() {
                if let Some(own) = own.as_table_like_mut() {
                    own.remove("optional");
                }
            }
        }
    }
    folders
}

/// A package that asks for what another does, or for what its tests do.
fn asks(manifest: &DocumentMut, name: &str, tests: bool) -> String {
    let mut asks = empty(name);
    let kinds: &[_] = match tests {
        true => &[("dev-dependencies", "dependencies")],
        false => &[
            ("dependencies", "dependencies"),
            ("build-dependencies", "build-dependencies"),
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
