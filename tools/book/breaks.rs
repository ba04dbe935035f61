//! The mistakes in `tests/breaks/CHAPTER/NUMBER-NAME.patch`, each a diff
//! against its chapter, below lines that say what happens and what helps.

use checkout::{Patch, short};

use crate::Tree;
use crate::listing::{escaped, figure, folded};

pub(crate) const FOLDER: &str = "tests/breaks";

/// All mistakes of a chapter, each folded under its title: what one sees of it,
/// the change, and, to be opened by itself, what helps.
pub(crate) fn print(tree: &Tree, chapter: &str) -> Result<String, String> {
    let folder = format!("{FOLDER}/{chapter}");
    let breaks = Patch::numbered(tree.root(), &folder);
    let breaks = breaks.map_err(|error| error.to_string())?;
    if breaks.is_empty() {
        return Err(format!("there are no mistakes in {folder}"));
    }
    let print = |(number, it): &(u32, Patch)| {
        let (file, diff) = (it.file(), it.diff());
        if !diff.contains("\n@@ ") {
            return Err(format!("{file}: no diff below its head"));
        }
        let field = |key| it.field(key).map_err(|error| error.to_string());
        let patch = figure(&format!("<code>{file}</code>"), "diff", diff);
        let cure = format!("\n{}\n", field("cure")?);
        Ok(folded(
            "break",
            &format!("{number}. {}", code_in(field("title")?)),
            &format!(
                "\n*See it:* `cargo x break {} {number}`\n\n*Symptom:* \
                 {}\n\n*The change:*\n{patch}{}",
                short(chapter),
                field("symptom")?,
                folded("cure", "Cure", &cure)
            ),
        ))
    };
    breaks.iter().map(print).collect()
}

/// A title's code, in HTML: Markdown has no word in a `<summary>`.
pub(crate) fn code_in(title: &str) -> String {
    let pieces = title.split('`').map(escaped).enumerate();
    pieces
        .map(|(place, text)| match place % 2 {
            1 => format!("<code>{text}</code>"),
            _ => text,
        })
        .collect()
}
