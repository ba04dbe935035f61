//! What the directives print: a block of text with a caption.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use similar::TextDiff;

use crate::Tree;

/// Of more lines than this at a time, a reader skips some.
const MAX_LINES: usize = 25;

/// Files of a chapter in the order of the chapters' walkthroughs; others
/// follow by name.
const FIRST: [&str; 5] =
    ["Cargo.toml", "main.rs", "preload.js", "renderer.js", "index.html"];

/// Lines of a file, as `#code` selects them.
struct Selection {
    file: String,
    /// Counted from 1, as is the last.
    first: usize,
    last: usize,
    text: String,
}

/// The lines of a file from one text to another.
pub(crate) fn code(
    tree: &Tree,
    path: &str,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<String, String> {
    let Selection { file, first, last, text } = select(tree, path, from, to)?;
    let lines = if first == last {
        format!("line {first}")
    } else {
        format!("lines {first}–{last}")
    };
    let caption = format!("<code>{file}</code>, {lines}");
    Ok(figure(&caption, language(&file), &text))
}

fn select(
    tree: &Tree,
    path: &str,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<Selection, String> {
    let file = locate(tree, path)?;
    let text = tree.read(&file)?;
    let lines: Vec<_> = text.lines().collect();
    let (mut first, mut last) = (0, lines.len().saturating_sub(1));
    if let Some(from) = from {
        first = only_line(&file, &lines, from)?;
        last = first;
    }
    if let Some(to) = to {
        let end = lines[first..].iter().position(|line| matches(line, to));
        last = first
            + end.ok_or_else(|| {
                let line = first + 1;
                format!("{file} has no {to:?} on line {line} or later")
            })?;
    }
    let chosen = lines.get(first..=last).unwrap_or_default();
    if chosen.iter().all(|line| line.trim().is_empty()) {
        return Err(format!("this selects nothing of {file}"));
    }
    let (count, text) = (chosen.len(), chosen.join("\n"));
    if count > MAX_LINES {
        return Err(format!(
            "this prints {count} lines of {file}; at most {MAX_LINES} at a \
             time: split it, with prose between"
        ));
    }
    Ok(Selection { file, first: first + 1, last: last + 1, text })
}

/// The rule for paths: in a chapter if the first part names one, else in the
/// workspace, and never outside.
fn locate(tree: &Tree, path: &str) -> Result<String, String> {
    let mut parts = Path::new(path).components();
    if !parts.all(|part| matches!(part, Component::Normal(_))) {
        return Err(format!("{path} leaves the workspace"));
    }
    let first = path.split('/').next().unwrap_or(path);
    let in_chapter = tree.chapters().iter().any(|slug| slug == first);
    let file =
        if in_chapter { format!("chapters/{path}") } else { path.to_owned() };
    if tree.has(&file) {
        Ok(file)
    } else {
        Err(format!("there is no file {file}"))
    }
}

fn matches(line: &str, wanted: &str) -> bool {
    match wanted.strip_prefix('^') {
        Some(start) => line.starts_with(start),
        None => line.contains(wanted),
    }
}

fn only_line(file: &str, lines: &[&str], from: &str) -> Result<usize, String> {
    let found: Vec<_> =
        (0..lines.len()).filter(|&i| matches(lines[i], from)).collect();
    match found[..] {
        [line] => Ok(line),
        [] => Err(format!("{file} has no {from:?}; correct `from`")),
        _ => {
            let numbers: Vec<_> =
                found.iter().map(|i| (i + 1).to_string()).collect();
            let numbers = numbers.join(", ");
            Err(format!(
                "{file} has {from:?} on lines {numbers}; make `from` longer"
            ))
        }
    }
}

/// What changed, file by file.
pub(crate) fn diff(
    tree: &Tree,
    old: &str,
    new: &str,
    only: Option<&str>,
) -> Result<String, String> {
    let mut files = BTreeSet::new();
    for slug in [old, new] {
        if !tree.chapters().iter().any(|chapter| chapter == slug) {
            return Err(format!("there is no chapter {slug}"));
        }
        let here = tree.files(&format!("chapters/{slug}"));
        files.extend(here.into_iter().map(|file| {
            let place = FIRST.iter().position(|first| *first == file);
            (place.unwrap_or(FIRST.len()), file)
        }));
    }
    let mut figures = String::new();
    for (_, file) in files {
        if only.is_none_or(|only| only == file) {
            figures += &file_diff(tree, old, new, &file)?;
        }
    }
    if figures.is_empty() {
        let what = only.map_or(String::new(), |file| format!(" in {file}"));
        return Err(format!("nothing changed{what} from {old} to {new}"));
    }
    Ok(figures)
}

fn file_diff(
    tree: &Tree,
    old: &str,
    new: &str,
    file: &str,
) -> Result<String, String> {
    let (before, after) =
        (format!("chapters/{old}/{file}"), format!("chapters/{new}/{file}"));
    let read = |file| match tree.has(file) {
        true => tree.read(file),
        false => Ok(String::new()),
    };
    let (text_before, text_after) = (read(&before)?, read(&after)?);
    if text_before == text_after {
        return Ok(String::new());
    }
    let caption = if !tree.has(&before) {
        format!("<code>{after}</code>, a new file")
    } else if !tree.has(&after) {
        format!("<code>{before}</code>, removed")
    } else {
        format!("<code>{after}</code>, changed since <code>{old}</code>")
    };
    let diff = TextDiff::from_lines(&text_before, &text_after);
    Ok(figure(&caption, "diff", &diff.unified_diff().to_string()))
}

/// A snapshot as the test wrote it.
pub(crate) fn snapshot(tree: &Tree, name: &str) -> Result<String, String> {
    let file = format!("tests/snapshots/{name}.snap");
    if !tree.has(&file) {
        return Err(format!("there is no snapshot {file}; run its test"));
    }
    let text = tree.read(&file)?;
    // insta writes a YAML header between two lines of `---`.
    let body = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map(|(_, body)| body)
        .ok_or_else(|| format!("{file} does not begin as insta writes it"))?;
    let chapter = |name: &str| {
        let slug = name.replace('_', "-");
        tree.chapters().contains(&slug).then_some(slug)
    };
    let caption = if let Some(slug) = chapter(name) {
        format!("Output of <code>cargo run -p {slug}</code>")
    } else if let Some(slug) = name.strip_suffix("_window").and_then(chapter) {
        format!("The window of <code>{slug}</code>, as text")
    } else {
        format!("<code>{file}</code>")
    };
    Ok(figure(&caption, "text", body))
}

/// A fenced block with a caption. The fence is longer than any in the text.
fn figure(caption: &str, language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    let text = text.trim_end_matches('\n');
    format!(
        "\n<figure class=\"listing\">\n<figcaption>{caption}</figcaption>\n\n\
         {fence}{language}\n{text}\n{fence}\n\n</figure>\n"
    )
}

/// The name that the highlighter knows the file's language by.
fn language(file: &str) -> &str {
    match file.rsplit('.').next() {
        // Not "rust": in such a block mdBook hides lines that begin with `# `
        // and offers to run the rest on a playground without our crates.
        Some("rs") => "rs",
        Some(known @ ("js" | "html" | "toml" | "css" | "json")) => known,
        _ => "text",
    }
}
