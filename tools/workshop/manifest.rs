//! A Cargo.toml of the workspace, made to stand without it.
//!
//! `cargo package` would fill in as much, and leave no path in it: what it makes
//! is for a registry. That ours asks for what the workspace's does is proved by
//! `stacks`, that it can be built by `eject` and by everything that is copied.

use std::collections::BTreeSet;

use toml_edit::{DocumentMut, InlineTable, Item, Table, Value};

use crate::{Result, fail, read, root};

/// The Cargo.toml of the workspace: versions, lints, profiles.
pub(crate) struct Workspace(DocumentMut);

impl Workspace {
    /// Reads the Cargo.toml of this workspace.
    pub(crate) fn read() -> Result<Self> {
        Ok(Self(parse(&read(&root().join("Cargo.toml"))?)?))
    }

    /// Fills in what the Cargo.toml of a chapter or of `common` takes from the
    /// workspace. `path` gives what to put in for a path of the workspace.
    ///
    /// What is the tutorial's own goes: tests, what stands beside a chapter, and
    /// the place in the book.
    pub(crate) fn fill_in(
        &self,
        manifest: &str,
        path: impl Fn(&str) -> String,
    ) -> Result<DocumentMut> {
        let mut manifest = parse(manifest)?;
        manifest.remove("test");
        manifest.remove("example");
        manifest.remove("dev-dependencies");
        if let Some(package) = tables(manifest.get_mut("package")) {
            package.remove("metadata");
            for (key, item) in package.iter_mut() {
                if is_inherited(item) {
                    *item = self.shared("package", key.get())?;
                }
            }
        }
        if let Some(lints) = manifest.get_mut("lints")
            && is_inherited(lints)
        {
            *lints = self.0["workspace"]["lints"].clone();
        }
        for (key, own) in dependencies(&mut manifest) {
            if is_inherited(own) {
                let shared = self.shared("dependencies", &key)?;
                *own = merge(shared, own, &path);
            }
        }
        Ok(manifest)
    }

    /// The paths in this workspace of the packages that a manifest needs, and
    /// that these need.
    pub(crate) fn packages(&self, manifest: &str) -> Result<BTreeSet<String>> {
        let mut packages = BTreeSet::new();
        let mut manifests = vec![manifest.to_owned()];
        while let Some(manifest) = manifests.pop() {
            let mut manifest = parse(&manifest)?;
            manifest.remove("dev-dependencies");
            for (key, own) in dependencies(&mut manifest) {
                if !is_inherited(own) {
                    continue;
                }
                let shared = self.shared("dependencies", &key)?;
                let path = shared.get("path").and_then(Item::as_str);
                if let Some(path) = path
                    && packages.insert(path.to_owned())
                {
                    let folder = root().join(path);
                    manifests.push(read(&folder.join("Cargo.toml"))?);
                }
            }
        }
        Ok(packages)
    }

    /// Makes `manifest` a workspace of its own, built as this one is.
    pub(crate) fn make_root(&self, manifest: &mut DocumentMut) -> Result {
        let mut root = DocumentMut::new();
        let mut workspace = Table::new();
        workspace["resolver"] = self.0["workspace"]["resolver"].clone();
        root["workspace"] = workspace.into();
        root["profile"] = self.0["profile"].clone();
        // As texts, for tables remember the place that they had in their own.
        *manifest = parse(&format!("{manifest}\n{}", root.to_string().trim()))?;
        Ok(())
    }

    /// What the workspace says under `[workspace.<table>]` about `key`.
    fn shared(&self, table: &str, key: &str) -> Result<Item> {
        let shared = self.0["workspace"].get(table);
        match shared.and_then(|table| table.get(key)) {
            Some(item) => Ok(item.clone()),
            None => fail(format!(
                "a Cargo.toml takes `{key}` from the workspace, whose \
                 [workspace.{table}] does not have it: add it there"
            )),
        }
    }
}

/// The dependencies of a package and of its build script, those on some
/// systems too. `manifest` is a Cargo.toml or what it says about a system.
fn dependencies(manifest: &mut Table) -> Vec<(String, &mut Item)> {
    let mut found = Vec::new();
    for (name, item) in manifest.iter_mut() {
        let Some(table) = item.as_table_mut() else { continue };
        match name.get() {
            "dependencies" | "build-dependencies" => {
                let all = table.iter_mut();
                found.extend(all.map(|(key, own)| (key.to_string(), own)));
            }
            "target" => {
                let systems = table.iter_mut();
                let systems = systems.filter_map(|it| it.1.as_table_mut());
                found.extend(systems.flat_map(dependencies));
            }
            _ => {}
        }
    }
    found
}

/// A dependency as the workspace has it, with what `own` adds.
fn merge(shared: Item, own: &Item, path: impl Fn(&str) -> String) -> Item {
    let mut merged = InlineTable::new();
    match shared {
        Item::Value(Value::InlineTable(table)) => merged = table,
        Item::Value(version) => drop(merged.insert("version", version)),
        _ => {}
    }
    if let Some(place) = merged.get("path").and_then(Value::as_str) {
        let place = path(place);
        merged.insert("path", place.into());
    }
    let own = own.as_table_like().into_iter().flat_map(|own| own.iter());
    for (key, value) in own.filter_map(|(k, v)| Some((k, v.as_value()?))) {
        match (key, merged.get_mut(key), value) {
            ("workspace", _, _) => {}
            (_, Some(Value::Array(features)), Value::Array(more)) => {
                features.extend(more.iter().cloned());
                features.fmt();
            }
            _ => drop(merged.insert(key, value.clone())),
        }
    }
    merged.fmt();
    match (merged.len(), merged.get("version")) {
        (1, Some(version)) => version.clone().decorated(" ", "").into(),
        _ => Value::from(merged).decorated(" ", "").into(),
    }
}

pub(crate) fn parse(text: &str) -> Result<DocumentMut> {
    match text.parse() {
        Ok(manifest) => Ok(manifest),
        Err(error) => fail(format!("a Cargo.toml cannot be read: {error}")),
    }
}

fn tables(item: Option<&mut Item>) -> Option<&mut Table> {
    item.and_then(Item::as_table_mut)
}

/// Whether this is `{ workspace = true }`, in any spelling.
fn is_inherited(item: &Item) -> bool {
    item.get("workspace").and_then(Item::as_bool) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_package_asks_for_besides_is_added_to_what_all_ask_for() {
        let shared = "wry = { version = \"1\", features = [\"a\"] }\n";
        let shared = format!("[workspace.dependencies]\n{shared}");
        let workspace = Workspace(parse(&shared).unwrap());
        let own = "wry = { workspace = true, features = [\"b\"] }\n";
        let own = format!("[target.'cfg(unix)'.dependencies]\n{own}");
        let alone = workspace.fill_in(&own, str::to_owned).unwrap();
        let both = "wry = { version = \"1\", features = [\"a\", \"b\"] }";
        assert!(alone.to_string().contains(both), "{alone}");
    }
}
