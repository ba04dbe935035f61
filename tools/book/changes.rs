//! What of the files is the reader's, and what a chapter does to the files of
//! the chapter before it.
//!
//! Of a chapter every file counts. Some of what is in them does not: the tables
//! in its Cargo.toml that wire it to its test and to this tool, which a reader's
//! own copy has no use for; there and in tauri.conf.json the chapter's name,
//! which changes in every chapter; and `alone.rs`, which stands beside the
//! chapter and is no part of what comes after. Of `common`, unit tests do not
//! count.

use similar::{ChangeTag, TextDiff};

use crate::Tree;
use crate::tree::Chapter;

/// The tables of a chapter's Cargo.toml that are not the reader's.
const WIRING: [&str; 4] = [
    "[[test]]",
    "[[example]]",
    "[dev-dependencies]",
    "[package.metadata.tutorial]",
];

/// A program beside the chapter's own, which no later chapter begins with.
pub(crate) const ALONE: &str = "alone.rs";

/// A line of a file, counted from 1.
pub(crate) type Place = (String, usize);

/// The lines of a file that are the reader's, each with its number, counted
/// from 1, and with its line end.
pub(crate) fn lines<'a>(file: &str, text: &'a str) -> Vec<(usize, &'a str)> {
    let all = (1..).zip(text.split_inclusive('\n')).collect();
    if file.starts_with("chapters/") && file.ends_with("/Cargo.toml") {
        without_wiring(all)
    } else if file.starts_with("common/") && file.ends_with(".rs") {
        without_tests(all)
    } else {
        all
    }
}

/// Those of them that are not blank.
pub(crate) fn filled<'a>(
    file: &str,
    text: &'a str,
) -> impl Iterator<Item = (usize, &'a str)> {
    let lines = lines(file, text).into_iter();
    lines.filter(|(_, line)| !line.trim().is_empty())
}

/// The text of these lines; nothing if there is no such file, or if it holds no
/// text, as an icon does.
pub(crate) fn text(tree: &Tree, file: &str) -> Result<Option<String>, String> {
    if !tree.has(file) || !tree.is_text(file) {
        return Ok(None);
    }
    let text = tree.read(file)?;
    let lines = lines(file, &text).into_iter();
    Ok(Some(lines.map(|(_, line)| line).collect()))
}

/// A table goes on until the next one begins.
fn without_wiring(mut lines: Vec<(usize, &str)>) -> Vec<(usize, &str)> {
    let mut wiring = false;
    lines.retain(|(_, line)| {
        if line.starts_with('[') {
            wiring = WIRING.contains(&line.trim_end());
        }
        !wiring
    });
    // What stood before a table at the end.
    while lines.last().is_some_and(|(_, line)| line.trim().is_empty()) {
        lines.pop();
    }
    lines
}

/// A module of tests goes on until a line that begins with its brace.
fn without_tests(lines: Vec<(usize, &str)>) -> Vec<(usize, &str)> {
    let mut kept = Vec::new();
    let mut rest = lines.into_iter().peekable();
    while let Some((number, line)) = rest.next() {
        let module = |(_, next): &(usize, &str)| next.starts_with("mod ");
        if line.starts_with("#[cfg(test)]") && rest.peek().is_some_and(module) {
            let _ = rest.find(|(_, line)| line.starts_with('}'));
        } else {
            kept.push((number, line));
        }
    }
    kept
}

/// What a chapter does to one file of the chapter before.
#[derive(Default)]
pub(crate) struct Change {
    /// Lines of the chapter's own file that are new.
    pub come: Vec<Place>,
    /// Lines of the file before that are there no more.
    pub gone: Vec<Place>,
}

impl Change {
    /// How the file `name` of a chapter differs from the one before.
    pub fn of(tree: &Tree, chapter: &Chapter, name: &str) -> Self {
        let after = chapter.after.as_deref().unwrap_or_default();
        let file = format!("chapters/{}/{name}", chapter.slug);
        let before = format!("chapters/{after}/{name}");
        // A file without text, such as an icon, has no lines to be told.
        let text = tree.read(&file).unwrap_or_default();
        let mut text_before = match name {
            ALONE => String::new(),
            _ => tree.read(&before).unwrap_or_default(),
        };
        let named = matches!(name, "Cargo.toml" | "tauri.conf.json");
        if named && !after.is_empty() {
            text_before = text_before.replace(after, &chapter.slug);
        }
        let (new, old) = (lines(&file, &text), lines(&before, &text_before));
        let old_texts: Vec<_> = old.iter().map(|(_, line)| *line).collect();
        let new_texts: Vec<_> = new.iter().map(|(_, line)| *line).collect();
        let mut change = Self::default();
        for it in
            TextDiff::from_slices(&old_texts, &new_texts).iter_all_changes()
        {
            if it.value().trim().is_empty() {
                continue;
            }
            let line = |lines: &[(usize, &str)], index: Option<usize>| {
                index.and_then(|index| lines.get(index)).map(|(n, _)| *n)
            };
            match it.tag() {
                ChangeTag::Insert => change.come.extend(
                    line(&new, it.new_index()).map(|n| (file.clone(), n)),
                ),
                ChangeTag::Delete => change.gone.extend(
                    line(&old, it.old_index()).map(|n| (before.clone(), n)),
                ),
                ChangeTag::Equal => {}
            }
        }
        change
    }
}

/// The names of the files of a chapter and of the one before it.
pub(crate) fn names(tree: &Tree, chapter: &Chapter) -> Vec<String> {
    let mut names = tree.files(&format!("chapters/{}", chapter.slug));
    if let Some(after) = &chapter.after {
        let mut before = tree.files(&format!("chapters/{after}"));
        before.retain(|name| name != ALONE);
        names.extend(before);
    }
    names.sort();
    names.dedup();
    names
}
