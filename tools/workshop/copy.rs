//! A chapter as a program of its own, to be changed and run.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, value};

use crate::files::{self, CONFIG, Files, MANIFEST, collect};
use crate::manifest::Workspace;
use crate::stack::Stack;
use crate::suite::{Built, build, tell};
use crate::{Patch, Result, at, cargo, fail, patch, read, root, write};

/// A copy of a chapter that can be changed and built, while the chapter itself
/// stays as it is.
///
/// It is a package of its own, `<chapter>-<label>` in `target/workshop`, and
/// its program has that name too. It uses this workspace's `common`, versions
/// and target folder, and is built with the crates that the chapter's tests are
/// built with, so that of all that it needs only the copy is compiled. Where a
/// patch changes `common` or a package in it, the copy has that of its own.
#[derive(Clone, Debug)]
pub struct WorkingCopy {
    chapter: String,
    label: String,
    files: Files,
}

impl WorkingCopy {
    /// Copies a chapter, by its full name: `ch06-open-file`.
    ///
    /// Copies with the same label are the same folder. So a label says what the
    /// copy is for: `break-1`. Copies whose labels have the same first word are
    /// packages of one workspace, and can be built together.
    ///
    /// # Errors
    /// When the chapter cannot be read.
    pub fn of(chapter: &str, label: &str) -> Result<Self> {
        let files = collect(&root().join("chapters").join(chapter))?;
        let (chapter, label) = (chapter.into(), label.into());
        Ok(Self { chapter, label, files })
    }

    /// Changes the copy, or what it uses of `common`: paths that begin with
    /// `common/` are those of this workspace, and `ipc/` is the library in it.
    ///
    /// # Errors
    /// When the patch does not apply. The message names the patch, the file and
    /// the hunk, and the copy is as it was.
    pub fn apply(&mut self, patch: &Patch) -> Result<&mut Self> {
        let mut files = self.files.clone();
        let mut packages = packages_of(&files, patch)?;
        packages.retain(|it| !self.has(it));
        files::take(&mut files, &packages)?;
        patch::apply(patch, &mut files)?;
        self.files = files;
        Ok(self)
    }

    /// Whether it has a package of `common` of its own.
    fn has(&self, package: &str) -> bool {
        self.files.contains_key(&format!("{package}/{MANIFEST}"))
    }

    /// Puts a file in the place of the copy's own, or beside them.
    pub fn put(&mut self, name: &str, content: impl Into<Vec<u8>>) {
        self.files.insert(name.into(), content.into());
    }

    /// The text of one of the copy's files, such as `main.rs`.
    pub fn file(&self, name: &str) -> Option<&str> {
        files::text(&self.files, name)
    }

    /// Where the copy is written to.
    pub fn folder(&self) -> PathBuf {
        self.workspace().join(self.name())
    }

    fn name(&self) -> String {
        format!("{}-{}", self.chapter, self.label)
    }

    /// The workspace that the copies of one kind share.
    fn workspace(&self) -> PathBuf {
        let kind = self.label.split('-').next().unwrap_or_default();
        root().join("target/workshop").join(kind)
    }

    /// Writes the copy to its folder, in a workspace where it is alone, and
    /// gives the path of its Cargo.toml.
    ///
    /// # Errors
    /// When files cannot be written, or the chapter's Cargo.toml takes what the
    /// workspace does not have.
    pub fn write(&self) -> Result<PathBuf> {
        write_all(&[self])?;
        Ok(self.folder().join("Cargo.toml"))
    }

    fn write_files(&self) -> Result {
        let folder = self.folder();
        // What an earlier copy of this name had, and this one has not.
        if folder.is_dir() {
            for name in collect(&folder)?.into_keys() {
                let left = folder.join(&name);
                if !self.files.contains_key(&name) {
                    fs::remove_file(&left).map_err(at(&left))?;
                }
            }
        }
        if self.files.contains_key(CONFIG) {
            // Without it, cargo would build the copy anew each time: see
            // `checkout::prepare`.
            let capabilities = folder.join("capabilities");
            fs::create_dir_all(&capabilities).map_err(at(&capabilities))?;
        }
        for (name, content) in &self.files {
            let to = match name.starts_with("common/") {
                true => self.common(),
                false => folder.clone(),
            };
            write(&to.join(name), self.adapted(name, content)?)?;
        }
        Ok(())
    }

    /// A file as it has to be where the copy is: what leads out of the folder
    /// leads to the workspace.
    fn adapted(&self, name: &str, content: &[u8]) -> Result<Vec<u8>> {
        let adapted = match (name, str::from_utf8(content)) {
            ("Cargo.toml", Ok(text)) => self.manifest(text)?,
            (CONFIG, Ok(text)) => {
                files::with_common_at(text, &self.place("common"))
            }
            (name, Ok(text)) if name.ends_with("/Cargo.toml") => {
                // Cargo.lock tells packages by their names and versions.
                let mut manifest = Workspace::read()?
                    .fill_in(text, |package| self.place(package))?;
                let version = format!("0.1.0-{}", self.name());
                manifest["package"]["version"] = value(version);
                manifest.to_string()
            }
            _ => return Ok(content.to_vec()),
        };
        Ok(adapted.into_bytes())
    }

    fn manifest(&self, chapter: &str) -> Result<String> {
        let workspace = Workspace::read()?;
        let mut manifest =
            workspace.fill_in(chapter, |package| self.place(package))?;
        // Its program must not take the place of the chapter's own.
        rename(&mut manifest, &self.name());
        Stack::of(&self.chapter).join(&mut manifest);
        Ok(manifest.to_string())
    }

    /// Where a package of `common` is for this copy.
    fn place(&self, package: &str) -> String {
        let folder = match self.has(package) {
            true => self.common(),
            false => root().to_owned(),
        };
        folder.join(package).to_string_lossy().into_owned()
    }

    /// The folder with what it has of `common`. It is outside the workspace of
    /// the copies, where no two packages can have one name.
    fn common(&self) -> PathBuf {
        root().join("target/workshop/common-of").join(self.name())
    }

    /// Writes and builds the copy, and gives the path of its program.
    ///
    /// # Errors
    /// When it cannot be written or does not compile. The message holds what
    /// the compiler says.
    pub fn build(&self) -> Result<PathBuf> {
        build_all(&[self]).remove(0)
    }
}

/// The packages of `common` that a patch changes, of those that a chapter needs,
/// and those that need one of them: they have to find the one that is changed.
fn packages_of(files: &Files, patch: &Patch) -> Result<BTreeSet<String>> {
    let workspace = Workspace::read()?;
    let all = workspace.packages(files::required(files, MANIFEST)?)?;
    let patched = patch.files();
    let packages = patched.iter().filter_map(|file| {
        let mut around = all.iter().rev();
        around.find(|it| Path::new(file).starts_with(it))
    });
    let mut packages: BTreeSet<_> = packages.cloned().collect();
    let patched = packages.clone();
    for package in all {
        let manifest = read(&root().join(&package).join(MANIFEST))?;
        if !workspace.packages(&manifest)?.is_disjoint(&patched) {
            packages.insert(package);
        }
    }
    Ok(packages)
}

/// Builds copies whose labels have the same first word, all at once, and gives
/// for each the path of its program, or why it has none.
pub fn build_all(copies: &[&WorkingCopy]) -> Vec<Result<PathBuf>> {
    let built = write_all(copies).and_then(|()| compile(copies));
    let program = |copy: &&WorkingCopy| match &built {
        Ok(built) => match built.programs.get(&copy.name()) {
            Some(program) => Ok(program.clone()),
            None => fail(format!(
                "{} does not compile:\n{}",
                copy.folder().display(),
                built.said
            )),
        },
        Err(failure) => fail(failure.message.clone()),
    };
    copies.iter().map(program).collect()
}

/// Writes copies, and the workspace whose packages they are.
fn write_all(copies: &[&WorkingCopy]) -> Result {
    let Some(first) = copies.first() else { return Ok(()) };
    let folder = first.workspace();
    let mut members = Array::new();
    for copy in copies {
        copy.write_files()?;
        members.push(copy.name());
    }
    for stack in [Stack::Plain, Stack::Tauri] {
        if copies.iter().any(|copy| Stack::of(&copy.chapter) == stack) {
            stack.write()?;
        }
    }
    let mut manifest = DocumentMut::new();
    Workspace::read()?.make_root(&mut manifest)?;
    manifest["workspace"]["members"] = value(members);
    write(&folder.join("Cargo.toml"), manifest.to_string())?;
    // Cargo strikes out of it what these packages do not need.
    write(&folder.join("Cargo.lock"), read(&root().join("Cargo.lock"))?)
}

/// Compiles copies that are written: those with Tauri, and those without.
fn compile(copies: &[&WorkingCopy]) -> Result<Built> {
    let mut all = Built::default();
    let mut number = 0;
    for stack in [Stack::Plain, Stack::Tauri] {
        let is_of = |it: &&&WorkingCopy| Stack::of(&it.chapter) == stack;
        let chosen: Vec<_> = copies.iter().filter(is_of).collect();
        let Some(first) = chosen.first() else { continue };
        // With the features that tests ask for: see `stack`.
        let mut cargo =
            cargo(&["build", "--quiet", "--keep-going", "--bins", "--tests"]);
        cargo.arg("--manifest-path").arg(first.workspace().join(MANIFEST));
        cargo.arg("--target-dir").arg(root().join("target"));
        for copy in &chosen {
            cargo.args(["--package", &copy.name()]);
        }
        let built = build(&mut cargo, "bin", |name| {
            number += 1;
            tell(&format!("[{number}/{}] {name} built", copies.len()));
        })?;
        all.programs.extend(built.programs);
        all.said += &built.said;
    }
    Ok(all)
}

/// Gives a package and its program another name.
pub(crate) fn rename(manifest: &mut DocumentMut, name: &str) {
    manifest["package"]["name"] = value(name);
    let program = manifest.get_mut("bin").and_then(|bin| bin.get_mut(0));
    if let Some(program) = program {
        program["name"] = value(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A copy of a chapter on the library, changed by a patch of that file.
    fn patched(file: &str, line: &str) -> WorkingCopy {
        let mut copy = WorkingCopy::of("ch10-context-bridge", "unit").unwrap();
        let needs = "[dependencies]\ncommon-ipc.workspace = true";
        let manifest = copy.file(MANIFEST).unwrap();
        let manifest = manifest.replace("[dependencies]", needs);
        copy.put(MANIFEST, manifest);
        let diff = format!(
            "title: t\n\n--- {file}\n+++ {file}\n@@ -1 +1 @@\n-{line}\n+new\n"
        );
        let patch = Patch::parse("a.patch", &diff).unwrap();
        copy.apply(&patch).unwrap();
        copy
    }

    #[test]
    fn a_copy_has_of_common_what_is_changed_and_what_needs_that() {
        let first = |file: &str| {
            let text = read(&root().join(file)).unwrap();
            text.lines().next().unwrap().to_owned()
        };
        let library = patched("ipc/error.rs", &first("common/ipc/error.rs"));
        assert!(library.has("common/ipc") && !library.has("common"));
        assert!(
            library.file("common/ipc/error.rs").unwrap().starts_with("new")
        );
        let path = |place: &Path| format!("path = {place:?}");
        let own = path(&library.common().join("common/ipc"));
        let shared = path(&root().join("common"));
        for (name, needs_library) in
            [(MANIFEST, true), ("common/ipc/Cargo.toml", false)]
        {
            let text = library.adapted(name, &library.files[name]).unwrap();
            let text = String::from_utf8(text).unwrap();
            assert!(text.contains(&shared), "{text}");
            assert_eq!(text.contains(&own), needs_library, "{text}");
        }
        let both = patched("common/page.rs", &first("common/page.rs"));
        assert!(both.has("common/ipc") && both.has("common"));
        let none =
            patched("main.rs", &first("chapters/ch10-context-bridge/main.rs"));
        assert!(!none.has("common/ipc") && !none.has("common"));
    }
}
