//! A change to a chapter, in a file that begins with what it says of itself.

use std::fs;
use std::path::Path;

use crate::{Error, Result};

/// A patch file: lines of `key: value`, an empty line, and a unified diff
/// whose paths begin at the chapter's folder, or with `common/` or `ipc/`.
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    file: String,
    fields: Vec<(String, String)>,
    diff: String,
}

impl Patch {
    /// Reads a patch file; its path begins at `root`.
    ///
    /// # Errors
    /// When the file cannot be read, and as [`parse`](Self::parse).
    pub fn read(root: &Path, file: &str) -> Result<Self> {
        let text = fs::read_to_string(root.join(file));
        let text = text.map_err(|error| Error::of(file, error))?;
        Self::parse(file, &text.replace("\r\n", "\n"))
    }

    /// Takes the text of a patch file apart.
    ///
    /// # Errors
    /// When its head is not lines of `key: value` and an empty line.
    pub fn parse(file: &str, text: &str) -> Result<Self> {
        let Some((head, diff)) = text.split_once("\n\n") else {
            let why = "no empty line between its head and its diff";
            return Err(Error::new(file, why));
        };
        let mut fields = Vec::new();
        for (number, line) in (1..).zip(head.lines()) {
            let Some((key, value)) = line.split_once(": ") else {
                let why = format!("should say `key: value`, says `{line}`");
                let error = Error::new(file, why);
                return Err(Error { line: Some(number), ..error });
            };
            fields.push((key.into(), value.trim().into()));
        }
        Ok(Self { file: file.into(), fields, diff: diff.into() })
    }

    /// All patches `<number>-<name>.patch` in a folder below `root`, in the
    /// order of their numbers; none where there is no such folder.
    ///
    /// # Errors
    /// As [`read`](Self::read), and when a file has no number or another's.
    pub fn numbered(root: &Path, folder: &str) -> Result<Vec<(u32, Self)>> {
        if !root.join(folder).is_dir() {
            return Ok(Vec::new());
        }
        let mut patches: Vec<(u32, Self)> = Vec::new();
        for name in crate::names(&root.join(folder))? {
            let file = format!("{folder}/{name}");
            let number = name.strip_suffix(".patch");
            let number = number.and_then(|name| name.split_once('-'));
            match number.and_then(|(number, _)| number.parse().ok()) {
                Some(number) if patches.iter().any(|it| it.0 == number) => {
                    let why = "another file has that number";
                    return Err(Error::new(&file, why));
                }
                Some(number) => {
                    patches.push((number, Self::read(root, &file)?));
                }
                None => {
                    let why = "name it NUMBER-NAME.patch";
                    return Err(Error::new(&file, why));
                }
            }
        }
        patches.sort_by_key(|(number, _)| *number);
        Ok(patches)
    }

    /// The patch file, as it was named.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The unified diff.
    pub fn diff(&self) -> &str {
        &self.diff
    }

    /// The files that it changes, each as [`place`] has it.
    pub fn files(&self) -> Vec<String> {
        let name = |line: &str| {
            let name = line.strip_prefix("--- ");
            name.or(line.strip_prefix("+++ ")).map(place)
        };
        let mut names: Vec<_> = self.diff.lines().filter_map(name).collect();
        names.dedup();
        names
    }

    /// The value of a line `key: value` in the head, the first of that key.
    ///
    /// # Errors
    /// When there is no such line, or it says nothing.
    pub fn field(&self, key: &str) -> Result<&str> {
        match self.fields.iter().find(|field| field.0 == key) {
            Some((_, value)) if !value.is_empty() => Ok(value),
            _ => Err(Error::new(
                &self.file,
                format!("no line `{key}: …` in its head"),
            )),
        }
    }
}

/// Where a file is that a patch names: below `common`, if it is the library's.
pub fn place(name: &str) -> String {
    match name.starts_with("ipc/") {
        true => format!("common/{name}"),
        false => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scratch;

    const DIFF: &str = "--- main.rs\n+++ main.rs\n@@ -1 +1 @@\n-one\n+1\n";

    #[test]
    fn a_patch_says_what_it_is() {
        let text = format!("title: A: b\ncure: \n\n{DIFF}");
        let patch = Patch::parse("a.patch", &text).unwrap();
        assert_eq!(patch.field("title"), Ok("A: b"));
        assert_eq!(patch.diff(), DIFF);
        assert_eq!(patch.files(), ["main.rs"]);
        let library = text.replace("main.rs", "ipc/error.rs");
        let patch = Patch::parse("a.patch", &library).unwrap();
        assert_eq!(patch.files(), ["common/ipc/error.rs"]);
        for key in ["cure", "symptom"] {
            let said = patch.field(key).unwrap_err().to_string();
            assert_eq!(
                said,
                format!("a.patch: no line `{key}: …` in its head")
            );
        }
        for (text, says) in [
            ("title\n\n", "a.patch:1: should say `key: value`, says `title`"),
            (
                "title: t",
                "a.patch: no empty line between its head and its diff",
            ),
        ] {
            let said = Patch::parse("a.patch", text).unwrap_err().to_string();
            assert_eq!(said, says);
        }
    }

    #[test]
    fn patches_are_in_the_order_of_their_numbers() {
        let root = Scratch::new("numbered");
        let head = "title: t\n\n";
        for name in [
            "b/10-x.patch",
            "b/9-y.patch",
            "c/x.patch",
            "d/1-x.txt",
            "b/.9-y.patch.swp",
        ] {
            root.write(name, head);
        }
        let numbers = Patch::numbered(&root, "b").unwrap();
        let numbers: Vec<_> = numbers.iter().map(|it| it.0).collect();
        assert_eq!(numbers, [9, 10]);
        assert_eq!(Patch::numbered(&root, "none"), Ok(Vec::new()));
        for (folder, says) in [
            ("c", "c/x.patch: name it NUMBER-NAME.patch"),
            ("d", "d/1-x.txt: name it NUMBER-NAME.patch"),
        ] {
            let said = Patch::numbered(&root, folder).unwrap_err().to_string();
            assert_eq!(said, says);
        }
        root.write("b/09-z.patch", head);
        let said = Patch::numbered(&root, "b").unwrap_err().to_string();
        assert!(said.ends_with("another file has that number"), "{said}");
    }
}
