//! What the directives print: a block of text with a caption.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use similar::TextDiff;

use crate::{Tree, told};

/// Of more lines than this at a time, a reader skips some.
const MAX_LINES: usize = 25;

/// Files and folders of a chapter in the order of the chapters' walkthroughs;
/// others follow by name.
const FIRST: [&str; 8] = [
    "Cargo.toml",
    "build.rs",
    "tauri.conf.json",
    "capabilities/",
    "main.rs",
    "preload.js",
    "renderer.js",
    "index.html",
];

/// Lines of a file, as `#code` selects them.
pub(crate) struct Selection {
    pub file: String,
    /// Counted from 1, as is the last.
    pub first: usize,
    pub last: usize,
    text: String,
}

/// The lines of a file from one text to another.
pub(crate) fn code(
    tree: &Tree,
    path: &str,
    lines: Lines<'_>,
) -> Result<String, String> {
    let Selection { file, first, last, text } = select(tree, path, lines)?;
    let lines = if first == last {
        format!("line {first}")
    } else {
        format!("lines {first}–{last}")
    };
    let caption = format!("<code>{file}</code>, {lines}");
    Ok(figure(&caption, language(&file), &text))
}

/// What a `#code` with these arguments prints.
pub(crate) fn select(
    tree: &Tree,
    path: &str,
    lines: Lines<'_>,
) -> Result<Selection, String> {
    let file = locate(tree, path)?;
    let text = tree.read(&file)?;
    let all: Vec<_> = text.lines().collect();
    let (first, last) = lines.range(&file, &all)?;
    let chosen = all.get(first..=last).unwrap_or_default();
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

/// Which lines of a file a directive chooses, by what they hold.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Lines<'a> {
    All,
    /// The only line that holds this.
    One(&'a str),
    /// From there to the first line, that one or later, that holds the other.
    To(&'a str, &'a str),
    /// From there to before the first later line that holds the other.
    Until(&'a str, &'a str),
}

impl Lines<'_> {
    /// The first and the last line, counted from 0.
    pub fn range(
        self,
        file: &str,
        lines: &[&str],
    ) -> Result<(usize, usize), String> {
        let find = |after: usize, wanted: &str| {
            let place = lines[after..].iter().position(|l| matches(l, wanted));
            place.map(|place| after + place).ok_or_else(|| {
                let line = after + 1;
                format!("{file} has no {wanted:?} on line {line} or later")
            })
        };
        match self {
            Self::All => Ok((0, lines.len().saturating_sub(1))),
            Self::One(from) => {
                let line = only_line(file, lines, from)?;
                Ok((line, line))
            }
            Self::To(from, to) => {
                let first = only_line(file, lines, from)?;
                Ok((first, find(first, to)?))
            }
            Self::Until(from, until) => {
                let first = only_line(file, lines, from)?;
                let mut last = find(first + 1, until)? - 1;
                while last > first && lines[last].trim().is_empty() {
                    last -= 1;
                }
                Ok((first, last))
            }
        }
    }
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
    match (wanted.strip_prefix('^'), wanted.strip_suffix('$')) {
        (Some(start), Some(_)) => line == start.trim_end_matches('$'),
        (Some(start), None) => line.starts_with(start),
        (None, Some(end)) => line.ends_with(end),
        (None, None) => line.contains(wanted),
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

/// What `#diff` calls the state before the first chapter.
pub(crate) const NOTHING: &str = "nothing";

/// What changed, file by file: the whole way from one chapter to the other.
/// Of a Cargo.toml, only what is the reader's.
pub(crate) fn diff(
    tree: &Tree,
    old: &str,
    new: &str,
) -> Result<String, String> {
    let mut files = BTreeSet::new();
    let before = (old != NOTHING).then_some(old);
    for slug in before.into_iter().chain([new]) {
        if !tree.chapters().iter().any(|chapter| chapter == slug) {
            return Err(format!("there is no chapter {slug}"));
        }
        let here = tree.files(&format!("chapters/{slug}"));
        files.extend(here.into_iter().map(|file| {
            let place = FIRST.iter().position(|first| match *first {
                folder if folder.ends_with('/') => file.starts_with(folder),
                first => first == file,
            });
            (place.unwrap_or(FIRST.len()), file)
        }));
    }
    let mut figures = String::new();
    for (_, file) in files {
        figures += &file_diff(tree, before, new, &file)?;
    }
    if figures.is_empty() {
        return Err(format!("nothing changed from {old} to {new}"));
    }
    Ok(figures)
}

fn file_diff(
    tree: &Tree,
    old: Option<&str>,
    new: &str,
    name: &str,
) -> Result<String, String> {
    let read = |slug| told::text(tree, &format!("chapters/{slug}/{name}"));
    let before = old.map(read).transpose()?.flatten();
    let after = read(new)?;
    if before == after {
        return Ok(String::new());
    }
    let path = |slug| format!("<code>chapters/{slug}/{name}</code>");
    let caption = match (old, &before, &after) {
        (Some(old), Some(_), Some(_)) => {
            format!("{}, changed since <code>{old}</code>", path(new))
        }
        (Some(old), Some(_), None) => {
            format!("{}, removed in <code>{new}</code>", path(old))
        }
        (Some(old), None, _) => {
            format!("{}, a new file since <code>{old}</code>", path(new))
        }
        (None, ..) => format!("{}, a new file", path(new)),
    };
    let (before, after) =
        (before.unwrap_or_default(), after.unwrap_or_default());
    let diff = TextDiff::from_lines(&before, &after);
    Ok(figure(&caption, "diff", &diff.unified_diff().to_string()))
}

/// A snapshot, without the head that insta gives it.
pub(crate) struct Transcript {
    pub file: String,
    pub body: String,
    /// What it is the output of, for people.
    pub caption: String,
}

/// A snapshot as the test wrote it.
pub(crate) fn snapshot(tree: &Tree, name: &str) -> Result<String, String> {
    let Transcript { body, caption, .. } = transcript(tree, name)?;
    Ok(figure(&caption, "text", &body))
}

/// Reads `tests/snapshots/NAME.snap`.
pub(crate) fn transcript(
    tree: &Tree,
    name: &str,
) -> Result<Transcript, String> {
    let file = format!("tests/snapshots/{name}.snap");
    if !tree.has(&file) {
        return Err(format!("there is no snapshot {file}; run its test"));
    }
    let text = tree.read(&file)?;
    // insta writes a YAML header between two lines of `---`.
    let body = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map(|(_, body)| body.to_owned())
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
    Ok(Transcript { file, body, caption })
}

/// A fenced block with a caption. The fence is longer than any in the text.
pub(crate) fn figure(caption: &str, language: &str, text: &str) -> String {
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
