//! A patch, applied to a chapter's files.

use checkout::place;
use diffy::patch_set::{ParseOptions, PatchSet};

use crate::files::{self, Files};
use crate::{Patch, Result, fail};

/// Changes a chapter's `files`. Either the whole patch applies or nothing
/// changes.
pub(crate) fn apply(patch: &Patch, files: &mut Files) -> Result {
    let file = patch.file();
    let mut changed = Files::new();
    for part in PatchSet::parse(patch.diff(), ParseOptions::unidiff()) {
        let part = match part {
            Ok(part) => part,
            Err(error) => {
                return fail(format!("{file} is no unified diff: {error}"));
            }
        };
        let Some(diff) = part.patch().as_text() else {
            return fail(format!("{file} changes a file that is no text"));
        };
        let is_new = diff.original() == Some("/dev/null");
        let name = if is_new { diff.modified() } else { diff.original() };
        let name = place(name.unwrap_or_default());
        let old = before(patch, files, &name, is_new)?;
        let new = match diffy::apply(old, diff) {
            Ok(new) => new,
            Err(error) => {
                return fail(format!(
                    "{file} does not apply to {name} any more: {error}. Write \
                     the change anew against today's {name}"
                ));
            }
        };
        changed.insert(name, new.into_bytes());
    }
    files.extend(changed);
    Ok(())
}

/// What a file is before the patch; a new one is empty.
fn before<'a>(
    patch: &Patch,
    files: &'a Files,
    name: &str,
    is_new: bool,
) -> Result<&'a str> {
    let file = patch.file();
    match (files::text(files, name), is_new) {
        (Some(old), false) => Ok(old),
        (None, true) => Ok(""),
        (Some(_), true) => fail(format!(
            "{file} makes a new file `{name}`, which the chapter has already"
        )),
        (None, false) => fail(format!(
            "{file} changes `{name}`, which the chapter does not have. Its \
             paths begin at the chapter's folder, `--- main.rs`, or are those \
             of `common` and its library, `--- common/page.rs`, `--- \
             ipc/error.rs`"
        )),
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
        let patch = Patch::parse("a.patch", patch)?;
        let result = apply(&patch, &mut files);
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
        ] {
            let error = applied(patch, page, "four\n").unwrap_err().message;
            assert!(error.starts_with(why), "{error}");
        }
    }
}
