//! A chapter as a program of its own, to be changed and run.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, value};

use crate::files::{self, CONFIG, Files, collect};
use crate::manifest::Workspace;
use crate::{Patch, Result, at, cargo, fail, read, root, write};

/// A copy of a chapter that can be changed and built, while the chapter itself
/// stays as it is.
///
/// It is a package of its own in `target/workshop/<chapter>-<label>`, and its
/// program has that name too. It uses this workspace's `common`, versions and
/// target folder, so that of all that it needs only the copy is compiled.
#[derive(Clone, Debug)]
pub struct WorkingCopy {
    name: String,
    files: Files,
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
        let files = collect(&root().join("chapters").join(chapter))?;
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
        files::text(&self.files, name)
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
        for (name, content) in &self.files {
            write(&folder.join(name), self.adapted(name, content)?)?;
        }
        // Cargo strikes out of it what this package does not need.
        write(&folder.join("Cargo.lock"), read(&root().join("Cargo.lock"))?)?;
        Ok(manifest)
    }

    /// A file as it has to be where the copy is: what leads out of the folder
    /// leads to the workspace.
    fn adapted(&self, name: &str, content: &[u8]) -> Result<Vec<u8>> {
        let adapted = match (name, str::from_utf8(content)) {
            ("Cargo.toml", Ok(text)) => self.manifest(text)?,
            (CONFIG, Ok(text)) => {
                files::with_common_at(text, &in_workspace("common"))
            }
            _ => return Ok(content.to_vec()),
        };
        Ok(adapted.into_bytes())
    }

    fn manifest(&self, chapter: &str) -> Result<String> {
        let workspace = Workspace::read()?;
        let mut manifest = workspace.fill_in(chapter, in_workspace)?;
        // Its program must not take the place of the chapter's own.
        rename(&mut manifest, &self.name);
        workspace.make_root(&mut manifest)?;
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

/// A path in the workspace, as it leads there from everywhere.
fn in_workspace(path: &str) -> String {
    root().join(path).to_string_lossy().into_owned()
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
