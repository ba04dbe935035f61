//! A chapter as a program of its own, to be changed and run.

use std::collections::BTreeMap;
use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, value};

use crate::manifest::Workspace;
use crate::{Patch, Result, at, cargo, entries, fail, read, root, write};

/// A copy of a chapter that can be changed and built, while the chapter itself
/// stays as it is.
///
/// It is a package of its own in `target/workshop/<chapter>-<label>`, and its
/// program has that name too. It uses this workspace's `common`, versions and
/// target folder, so that of all that it needs only the copy is compiled.
#[derive(Clone, Debug)]
pub struct WorkingCopy {
    name: String,
    files: BTreeMap<String, String>,
}

impl WorkingCopy {
    /// Copies a chapter, by its full name: `ch06-open-file`.
    ///
    /// Copies with the same label are the same folder. So a label says what the
    /// copy is for: `break-1`.
    ///
    /// # Errors
    /// When the chapter cannot be read.
    pub fn of(chapter: &str, label: &str) -> Result<Self> {
        let mut files = BTreeMap::new();
        collect(&root().join("chapters").join(chapter), "", &mut files)?;
        Ok(Self { name: format!("{chapter}-{label}"), files })
    }

    /// Changes the copy.
    ///
    /// # Errors
    /// When the patch does not apply. The message names the patch, the file and
    /// the hunk, and the copy is as it was.
    pub fn apply(&mut self, patch: &Patch) -> Result<&mut Self> {
        patch.apply(&mut self.files)?;
        Ok(self)
    }

    /// The text of one of the copy's files, such as `main.rs`.
    pub fn file(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(String::as_str)
    }

    /// Where the copy is written to.
    pub fn folder(&self) -> PathBuf {
        root().join("target/workshop").join(&self.name)
    }

    /// Writes the copy to its folder and gives the path of its Cargo.toml.
    ///
    /// # Errors
    /// When files cannot be written, or the chapter's Cargo.toml takes what the
    /// workspace does not have.
    pub fn write(&self) -> Result<PathBuf> {
        let folder = self.folder();
        let manifest = folder.join("Cargo.toml");
        for (name, text) in &self.files {
            if name == "Cargo.toml" {
                write(&manifest, &self.manifest(text)?)?;
            } else {
                write(&folder.join(name), text)?;
            }
        }
        // Cargo strikes out of it what this package does not need.
        write(&folder.join("Cargo.lock"), &read(&root().join("Cargo.lock"))?)?;
        Ok(manifest)
    }

    fn manifest(&self, chapter: &str) -> Result<String> {
        let workspace = read(&root().join("Cargo.toml"))?;
        let workspace = Workspace::parse(&workspace)?;
        let common = root().join("common");
        let common = common.to_string_lossy();
        let mut manifest = workspace.fill_in(chapter, &common)?;
        // Its program must not take the place of the chapter's own.
        rename(&mut manifest, &self.name);
        workspace.make_root(&mut manifest);
        Ok(manifest.to_string())
    }

    /// Writes and builds the copy, and gives the path of its program.
    ///
    /// # Errors
    /// When it cannot be written or does not compile. The message holds what
    /// the compiler says.
    pub fn build(&self) -> Result<PathBuf> {
        let manifest = self.write()?;
        let target = root().join("target");
        let built = cargo(&["build", "--quiet", "--manifest-path"])
            .arg(&manifest)
            .arg("--target-dir")
            .arg(&target)
            .output()
            .map_err(at(Path::new("cargo")))?;
        if built.status.success() {
            return Ok(target
                .join("debug")
                .join(format!("{}{EXE_SUFFIX}", self.name)));
        }
        fail(format!(
            "{} does not compile:\n{}",
            manifest.with_file_name("").display(),
            String::from_utf8_lossy(&built.stderr)
        ))
    }
}

/// Gives a package and its program another name.
pub(crate) fn rename(manifest: &mut DocumentMut, name: &str) {
    manifest["package"]["name"] = value(name);
    let program = manifest.get_mut("bin").and_then(|bin| bin.get_mut(0));
    if let Some(program) = program {
        program["name"] = value(name);
    }
}

/// Reads all files of a folder and of those in it.
pub(crate) fn collect(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, String>,
) -> Result {
    for path in entries(folder)? {
        let name = format!("{prefix}{}", crate::name(&path));
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else {
            files.insert(name, read(&path)?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_built_and_the_chapter_stays_as_it_was() {
        let chapter = root().join("chapters/ch01-window/main.rs");
        let before = read(&chapter).unwrap();
        let mut copy = WorkingCopy::of("ch01-window", "test").unwrap();
        let patch = root().join("target/tmp/copy-test.patch");
        write(&patch, PATCH).unwrap();
        copy.apply(&Patch::read(&patch).unwrap()).unwrap();
        let program = copy.build().unwrap();
        assert!(program.is_file(), "{}", program.display());
        let written = read(&copy.folder().join("main.rs")).unwrap();
        assert_eq!(written, before.replace("800.0", "400.0"));
        assert_eq!(read(&chapter).unwrap(), before);
        std::fs::remove_file(patch).unwrap();
    }

    const PATCH: &str = "\
title: A narrow window

--- main.rs
+++ main.rs
@@ -52,3 +52,3 @@
         .with_title(\"ch01-window\")
-        .with_inner_size(LogicalSize::new(800.0, 600.0))
+        .with_inner_size(LogicalSize::new(400.0, 600.0))
         .build(target);
";
}
