//! A change to a chapter, and what it says about itself.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use diffy::patch_set::{ParseOptions, PatchSet};

use crate::files::{self, Files};
use crate::{Failure, Result, fail, read};

/// A patch file: lines of `key: value`, an empty line, and a unified diff
/// whose paths begin at the chapter's folder, or with `common/`.
///
/// ```text
/// title: Every path is the page
/// symptom: …
///
/// --- main.rs
/// +++ main.rs
/// @@ -80,3 +80,3 @@
/// …
/// ```
#[derive(Clone, Debug)]
pub struct Patch {
    file: PathBuf,
    fields: Vec<(String, String)>,
    diff: String,
}

impl Patch {
    /// Reads a patch file. A relative path begins at the workspace's folder.
    ///
    /// # Errors
    /// When the file cannot be read, or its head is not lines of `key: value`.
    pub fn read(file: impl AsRef<Path>) -> Result<Self> {
        let path = crate::root().join(file);
        Self::parse(&path, &read(&path)?)
    }

    fn parse(path: &Path, text: &str) -> Result<Self> {
        let file = path.strip_prefix(crate::root()).unwrap_or(path).to_owned();
        let shown = file.display();
        let Some((head, diff)) = text.split_once("\n\n") else {
            return fail(format!(
                "{shown} has no empty line between its head and its diff"
            ));
        };
        let mut fields = Vec::new();
        for (number, line) in (1..).zip(head.lines()) {
            match line.split_once(": ") {
                Some((key, value)) => fields.push((key.into(), value.into())),
                None => {
                    return fail(format!(
                        "{shown}:{number} should say `key: value`, and says \
                         `{line}`"
                    ));
                }
            }
        }
        let diff = diff.to_owned();
        Ok(Self { file, fields, diff })
    }

    /// The patch file, from the workspace's folder on.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The unified diff.
    pub fn diff(&self) -> &str {
        &self.diff
    }

    /// Whether it changes a file whose path begins like this.
    pub(crate) fn changes(&self, beginning: &str) -> bool {
        let line = format!("--- {beginning}");
        self.diff.lines().any(|it| it.starts_with(&line))
    }

    /// The value of a line `key: value` in the head, the first of that key.
    ///
    /// # Errors
    /// When there is no such line, or it says nothing.
    pub fn field(&self, key: &str) -> Result<&str> {
        let field = self.fields.iter().find(|field| field.0 == key);
        match field.map(|field| field.1.trim()) {
            Some("") | None => {
                Err(self.failure(format!("has no line `{key}: …` in its head")))
            }
            Some(value) => Ok(value),
        }
    }

    /// Changes a chapter's `files`. Either the whole patch applies or nothing
    /// changes.
    pub(crate) fn apply(&self, files: &mut Files) -> Result {
        let mut changed = Files::new();
        for part in PatchSet::parse(&self.diff, ParseOptions::unidiff()) {
            let part = part.map_err(|error| {
                self.failure(format!("is no unified diff: {error}"))
            })?;
            let diff = part.patch().as_text().ok_or_else(|| {
                self.failure("changes a file that is no text")
            })?;
            let is_new = diff.original() == Some("/dev/null");
            let name = if is_new { diff.modified() } else { diff.original() };
            let name = name.unwrap_or_default();
            let old = self.before(files, name, is_new)?;
            let new = diffy::apply(old, diff).map_err(|error| {
                self.failure(format!(
                    "does not apply to {name} any more: {error}. Write the \
                     change anew against today's {name}"
                ))
            })?;
            changed.insert(name.to_owned(), new.into_bytes());
        }
        files.extend(changed);
        Ok(())
    }

    /// What a file is before the patch; a new one is empty.
    fn before<'a>(
        &self,
        files: &'a Files,
        name: &str,
        is_new: bool,
    ) -> Result<&'a str> {
        match (files::text(files, name), is_new) {
            (Some(old), false) => Ok(old),
            (None, true) => Ok(""),
            (Some(_), true) => Err(self.failure(format!(
                "makes a new file `{name}`, which the chapter has already"
            ))),
            (None, false) => Err(self.failure(format!(
                "changes `{name}`, which the chapter does not have. Its paths \
                 begin at the chapter's folder, `--- main.rs`, or are those of \
                 `common`, `--- common/page.rs`"
            ))),
        }
    }

    fn failure(&self, what: impl Display) -> Failure {
        let message = format!("{} {what}", self.file.display());
        Failure { code: 1, message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIFF: &str = "\
--- main.rs
+++ main.rs
@@ -1,2 +1,2 @@
 one
-two
+2
--- page.html
+++ page.html
@@ -1 +1 @@
-three
+3
";

    fn applied(patch: &str, page: &str, text: &str) -> Result<Files> {
        let mut files = Files::from([
            ("main.rs".into(), "one\ntwo\n".into()),
            (page.into(), text.into()),
        ]);
        let before = files.clone();
        let patch = Patch::parse(Path::new("a.patch"), patch)?;
        let result = patch.apply(&mut files);
        assert_eq!(result.is_err(), files == before);
        result.map(|()| files)
    }

    #[test]
    fn a_patch_changes_all_its_files_or_none_and_says_why() {
        let patch = format!("title: A: b\n\n{DIFF}");
        let files = applied(&patch, "page.html", "three\n").unwrap();
        assert_eq!(files::text(&files, "main.rs"), Some("one\n2\n"));
        assert_eq!(files::text(&files, "page.html"), Some("3\n"));
        let new = "title: t\n\n--- /dev/null\n+++ new\n@@ -0,0 +1 @@\n+three\n";
        let files = applied(new, "old", "").unwrap();
        assert_eq!(files::text(&files, "new"), Some("three\n"));
        for (patch, page, why) in [
            (new, "new", "a.patch makes a new file `new`"),
            (&*patch, "page.html", "a.patch does not apply to page.html"),
            (&patch, "other.html", "a.patch changes `page.html`"),
            ("title: t\n\nwords\n", "b", "a.patch is no unified diff"),
            ("title: t\n\n", "b", "a.patch is no unified diff"),
            ("title\n\n", "b", "a.patch:1 should say `key: value`"),
            ("title: t\n", "b", "a.patch has no empty line"),
        ] {
            let error = applied(patch, page, "four\n").unwrap_err().message;
            assert!(error.starts_with(why), "{error}");
        }
    }
}
