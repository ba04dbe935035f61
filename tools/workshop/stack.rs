//! Changed chapters are built with what their tests are built with: the same
//! crates with the same features. So these are compiled once.
//!
//! Cargo gives the packages that it builds together one set of features of
//! each crate, the sum of what all of them ask for. A stack is a package
//! without code that asks for all that one of the two groups of this workspace
//! does (see `checkout::groups`). A copy has it as a dev-dependency, and is
//! built as tests are (`--tests`), when these count; it is never compiled.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use toml_edit::{Array, DocumentMut, Table, value};

use crate::manifest::parse;
use crate::{Result, at, cargo, fail, groups, read, root, write};

/// Lets the package in `folder` be built with what the tests of a chapter are
/// built with: `cargo build --bins --tests` in that folder.
///
/// # Errors
/// When its Cargo.toml cannot be read or written.
pub fn build_as_tests(chapter: &str, folder: &Path) -> Result {
    let file = folder.join("Cargo.toml");
    let mut manifest = parse(&read(&file)?)?;
    let stack = Stack::of(chapter);
    stack.write()?;
    stack.join(&mut manifest);
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

    fn folder(self) -> PathBuf {
        root().join("target/workshop").join(self.name())
    }

    /// Makes a package be built with this stack: its Cargo.toml asks for it.
    pub(crate) fn join(self, manifest: &mut DocumentMut) {
        let mut wanted = Table::new();
        wanted[self.name()]["path"] =
            value(self.folder().to_string_lossy().into_owned());
        manifest["dev-dependencies"] = wanted.into();
        // Its own unit tests would need all of the stack compiled.
        let program = manifest.get_mut("bin").and_then(|bin| bin.get_mut(0));
        if let Some(program) = program {
            program["test"] = value(false);
        }
    }

    /// Writes the package: it asks for all that the packages of this group do.
    /// Where these ask for packages of this workspace, it asks for what those
    /// want in turn, be it optional: one of the chapters wants it.
    ///
    /// # Errors
    /// When cargo cannot read this workspace, or the package not be written.
    pub(crate) fn write(self) -> Result {
        let mut manifest = DocumentMut::new();
        manifest["package"]["name"] = value(self.name());
        manifest["package"]["edition"] = value("2024");
        manifest["lib"]["path"] = value("lib.rs");
        let packages = packages()?;
        let [_, tauri] = groups()?;
        let apart = checkout::bench_hosts(root())?;
        let is_member = |name: &&String| {
            tauri.contains(name) == (self == Self::Tauri)
                && !apart.contains(name)
        };
        let members = packages.keys().filter(is_member);
        // Of what a member needs in turn, the tests are not built.
        let mut left: Vec<_> = members.map(|it| (it.as_str(), true)).collect();
        let mut seen = BTreeSet::new();
        while let Some((package, tests)) = left.pop() {
            let asked = packages.get(package).into_iter().flatten();
            for it in asked.filter(|it| tests || it["kind"] != "dev") {
                let name = it["name"].as_str().unwrap_or_default();
                if it["path"].is_null() {
                    ask(&mut manifest, name, it);
                } else if seen.insert(name) {
                    left.push((name, false));
                }
            }
        }
        write(&self.folder().join("Cargo.toml"), manifest.to_string())?;
        write(&self.folder().join("lib.rs"), "")
    }
}

/// Adds a dependency, or its features to those that are wanted of it already.
fn ask(manifest: &mut DocumentMut, name: &str, asked: &Json) {
    let kind = match asked["kind"] == "build" {
        true => "build-dependencies",
        false => "dependencies",
    };
    let wanted = match asked["target"].as_str() {
        Some(system) => &mut manifest["target"][system][kind][name],
        None => &mut manifest[kind][name],
    };
    // The same wherever it is asked for: `[workspace.dependencies]` says it.
    wanted["version"] = value(asked["req"].as_str().unwrap_or_default());
    wanted["default-features"] = value(asked["uses_default_features"] == true);
    let features = asked["features"].as_array().into_iter().flatten();
    let sum = wanted["features"].or_insert(value(Array::new()));
    let sum = sum.as_array_mut().into_iter();
    sum.for_each(|sum| sum.extend(features.clone().flat_map(Json::as_str)));
}

/// What each package of this workspace asks for, as cargo tells it.
fn packages() -> Result<BTreeMap<String, Vec<Json>>> {
    let asked = cargo(&["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .map_err(at(Path::new("cargo")))?;
    let Ok(told) = serde_json::from_slice::<Json>(&asked.stdout) else {
        let said = String::from_utf8_lossy(&asked.stderr);
        return fail(format!("cargo cannot read this workspace:\n{said}"));
    };
    let packages = told["packages"].as_array().into_iter().flatten();
    let packages = packages.filter_map(|it| {
        let asks = it["dependencies"].as_array()?.clone();
        Some((it["name"].as_str()?.to_owned(), asks))
    });
    Ok(packages.collect())
}
