//! The mistakes in `tests/breaks/CHAPTER/NUMBER-NAME.patch`, each a diff
//! against its chapter, below lines that say what happens and what helps.

use crate::Tree;
use crate::listing::{escaped, figure, folded};

pub(crate) const FOLDER: &str = "tests/breaks";

/// A mistake as its file tells it; the texts are Markdown.
struct Break {
    title: String,
    symptom: String,
    cure: String,
    patch: String,
}

impl Break {
    /// Reads `key: value` lines, an empty line, and a diff.
    fn parse(text: &str) -> Result<Self, String> {
        let (head, patch) = text
            .split_once("\n\n")
            .ok_or("has no empty line between its head and its diff")?;
        let value = |key: &str| {
            let mut lines = head.lines().filter_map(|l| l.split_once(':'));
            lines
                .find(|(found, _)| *found == key)
                .map(|(_, value)| value.trim().to_owned())
                .filter(|value| !value.is_empty())
                .ok_or_else(|| format!("has no line `{key}: …` in its head"))
        };
        if !patch.contains("\n@@ ") {
            return Err("has no diff below its head".into());
        }
        Ok(Self {
            title: value("title")?,
            symptom: value("symptom")?,
            cure: value("cure")?,
            patch: patch.to_owned(),
        })
    }
}

/// All mistakes of a chapter, each folded under its title: what one sees of it,
/// the change, and, to be opened by itself, what helps.
pub(crate) fn print(tree: &Tree, chapter: &str) -> Result<String, String> {
    let mut files = Vec::new();
    for name in tree.files(&format!("{FOLDER}/{chapter}")) {
        let file = format!("{FOLDER}/{chapter}/{name}");
        files.push((number(&file)?, file));
    }
    files.sort();
    if files.is_empty() {
        return Err(format!("there are no mistakes in {FOLDER}/{chapter}"));
    }
    for pair in files.windows(2) {
        if let [(one, file), (other, same)] = pair
            && one == other
        {
            return Err(format!("number {file} and {same} apart"));
        }
    }
    let short = chapter.split('-').next().unwrap_or(chapter);
    let print = |(number, file): &(u8, String)| {
        let it = Break::parse(&tree.read(file)?)
            .map_err(|why| format!("{file} {why}"))?;
        let patch = figure(&format!("<code>{file}</code>"), "diff", &it.patch);
        let cure = folded("cure", "Cure", &format!("\n{}\n", it.cure));
        let title = code_in(&it.title);
        Ok(folded(
            "break",
            &format!("{number}. {title}"),
            &format!(
                "\n*See it:* `cargo x break {short} {number}`\n\n*Symptom:* \
                 {}\n\n*The change:*\n{patch}{cure}",
                it.symptom
            ),
        ))
    };
    files.iter().map(print).collect()
}

/// The number that a file's name begins with.
pub(crate) fn number(file: &str) -> Result<u8, String> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let number = name
        .strip_suffix(".patch")
        .and_then(|name| name.split_once('-'))
        .and_then(|(number, _)| number.parse().ok());
    number.ok_or_else(|| format!("{file}: name it NUMBER-NAME.patch"))
}

/// A title's code, in HTML: Markdown has no word in a `<summary>`.
fn code_in(title: &str) -> String {
    let pieces = title.split('`').map(escaped).enumerate();
    pieces
        .map(|(place, text)| match place % 2 {
            1 => format!("<code>{text}</code>"),
            _ => text,
        })
        .collect()
}
