//! What of the files is the reader's, and what a chapter does to the files of
//! the chapter before it.
//!
//! Of a chapter every file counts. Some of what is in them does not: the tables
//! in its Cargo.toml that wire it to its test and to this tool, which a reader's
//! own copy has no use for, and the same in the library's; there and in tauri.conf.json the chapter's name,
//! which changes in every chapter; and `alone.rs`, which stands beside the
//! chapter and is no part of what comes after. Of `common`, unit tests do not
//! count.

use checkout::Chapter;
use similar::{ChangeTag, TextDiff};

use crate::Tree;

/// The tables of a chapter's or the library's Cargo.toml that are not the reader's.
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
    let has_wiring =
        file.starts_with("chapters/") || file.starts_with("common/ipc/");
    if has_wiring && file.ends_with("/Cargo.toml") {
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

/// A module of tests goes on until a line that begins with its brace, if it is not
/// in a file of its own.
fn without_tests(lines: Vec<(usize, &str)>) -> Vec<(usize, &str)> {
    let mut kept = Vec::new();
    let mut rest = lines.into_iter().peekable();
    while let Some((number, line)) = rest.next() {
        let module = |(_, next): &(usize, &str)| next.starts_with("mod ");
        if line.starts_with("#[cfg(test)]") && rest.peek().is_some_and(module) {
            let ends = |line: &str| {
                line.starts_with('}') || line.trim_end().ends_with("tests;")
            };
            let _ = rest.find(|(_, line)| ends(line));
        } else {
            kept.push((number, line));
        }
    }
    kept
}

/// The lines of a chapter's file `name` that the chapter before does not have.
pub(crate) fn come(tree: &Tree, chapter: &Chapter, name: &str) -> Vec<Place> {
    let after = chapter.after.as_deref().unwrap_or_default();
    let file = format!("chapters/{}/{name}", chapter.slug);
    // A file without text, such as an icon, has no lines to be told.
    let text = tree.read(&file).unwrap_or_default();
    let new: Vec<_> = filled(&file, &text).collect();
    let before = text_before(tree, chapter, name);
    let old: Vec<_> = filled(&format!("chapters/{after}/{name}"), &before)
        .map(|(_, line)| line)
        .collect();
    let texts: Vec<_> = new.iter().map(|(_, line)| *line).collect();
    let diff = TextDiff::from_slices(&old, &texts);
    diff.iter_all_changes()
        .filter(|it| it.tag() == ChangeTag::Insert)
        .filter_map(|it| Some((file.clone(), new[it.new_index()?].0)))
        .collect()
}

/// The text of a file of the chapter before, where there is one. A chapter's own
/// name in it changes without a word.
pub(crate) fn text_before(
    tree: &Tree,
    chapter: &Chapter,
    name: &str,
) -> String {
    let after = chapter.after.as_deref().unwrap_or_default();
    if name == ALONE {
        return String::new();
    }
    let text = tree.read(&format!("chapters/{after}/{name}"));
    let text = text.unwrap_or_default();
    match name {
        "Cargo.toml" | "tauri.conf.json" if !after.is_empty() => {
            text.replace(after, &chapter.slug)
        }
        _ => text,
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
