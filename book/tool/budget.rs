//! How long a chapter may be, in lines that are not blank.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use crate::tree::Chapter;
use crate::{Problem, Tree};

/// The files that count, and how long each may be.
const FILES: [(&str, usize); 4] = [
    ("main.rs", 120),
    ("preload.js", 40),
    ("renderer.js", 40),
    ("index.html", 40),
];
/// All of them together.
const CHAPTER: usize = 185;
/// What a chapter adds to the one before, unless its manifest says otherwise.
const ADDED: usize = 75;

struct Lines {
    files: [usize; FILES.len()],
    /// Over the chapter before, where there is one.
    added: Option<usize>,
}

impl Lines {
    fn count(tree: &Tree, chapter: &Chapter) -> Self {
        let text = |slug: &str, file: &str| {
            // A chapter need not have every file.
            tree.read(&format!("chapters/{slug}/{file}")).unwrap_or_default()
        };
        let new = FILES.map(|(file, _)| text(&chapter.slug, file));
        let added = chapter.after.as_ref().map(|after| {
            let old = FILES.map(|(file, _)| text(after, file));
            old.iter().zip(&new).map(|(old, new)| added(old, new)).sum()
        });
        Self { files: new.map(|text| filled(&text).count()), added }
    }

    fn total(&self) -> usize {
        self.files.iter().sum()
    }
}

/// The numbers, counted from 1, of the lines that are not blank.
fn filled(text: &str) -> impl Iterator<Item = usize> {
    let lines = (1..).zip(text.lines());
    lines.filter(|(_, line)| !line.trim().is_empty()).map(|(n, _)| n)
}

fn added(old: &str, new: &str) -> usize {
    TextDiff::from_lines(old, new)
        .iter_all_changes()
        .filter(|change| change.tag() == ChangeTag::Insert)
        .filter(|change| !change.value().trim().is_empty())
        .count()
}

/// Where a chapter is longer than it may be.
pub(crate) fn check(tree: &Tree, chapter: &Chapter) -> Vec<Problem> {
    let lines = Lines::count(tree, chapter);
    let mut problems = Vec::new();
    for ((name, most), count) in FILES.into_iter().zip(lines.files) {
        if count > most {
            let file = format!("chapters/{}/{name}", chapter.slug);
            let text = tree.read(&file).unwrap_or_default();
            let line = filled(&text).nth(most).unwrap_or(1);
            problems.push(Problem::new(
                file,
                line,
                format!("{count} lines are too many; at most {most}"),
            ));
        }
    }
    let mut manifest = |message| {
        problems.push(Problem::new(chapter.manifest(), 1, message));
    };
    let total = lines.total();
    if total > CHAPTER {
        manifest(format!("the chapter has {total} lines; at most {CHAPTER}"));
    }
    let most = chapter.added.unwrap_or(ADDED);
    if let (Some(added), Some(after)) = (lines.added, &chapter.after)
        && added > most
    {
        manifest(format!(
            "the chapter adds {added} lines to {after}; at most {most}"
        ));
    }
    problems
}

/// The lines of every chapter as a Markdown table.
///
/// # Errors
/// If a chapter's Cargo.toml cannot be read.
pub fn table(tree: &Tree) -> Result<String, Problem> {
    let mut table = String::from("| chapter |");
    for (name, most) in FILES {
        _ = write!(table, " {name} ≤ {most} |");
    }
    _ = writeln!(table, " total ≤ {CHAPTER} | added ≤ {ADDED} |");
    table += "|---|";
    table += &"---:|".repeat(FILES.len() + 2);
    table += "\n";
    for slug in tree.chapters() {
        let chapter = Chapter::read(tree, &slug)?;
        let lines = Lines::count(tree, &chapter);
        _ = write!(table, "| {slug} |");
        for count in lines.files {
            _ = write!(table, " {count} |");
        }
        let added = match (lines.added, chapter.added) {
            (None, _) => "–".to_owned(),
            (Some(added), None) => added.to_string(),
            (Some(added), Some(most)) => format!("{added} (≤ {most})"),
        };
        _ = writeln!(table, " {} | {added} |", lines.total());
    }
    Ok(table)
}
