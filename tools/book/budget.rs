//! How long a chapter may be, in lines that are not blank.

use std::fmt::Write as _;

use checkout::{Chapter, is_on_library};

use crate::changes::{ALONE, come, filled};
use crate::library::Module;
use crate::page::Page;
use crate::{Problem, Tree};

/// The files that the table shows by themselves.
const SHOWN: [&str; 4] = ["main.rs", "preload.js", "renderer.js", "index.html"];
/// How long a page's file may be, each HTML and JavaScript.
const PAGE_FILE: usize = 40;
/// How long a program beside a chapter may be: its reader wants an answer.
const ALONE_FILE: usize = 60;
/// How long ch10's own part of Electron may be.
const ELECTRON: usize = 85;
/// How long a module of the library may be, and a file of its examples.
const MODULE: usize = 150;
const EXAMPLE: usize = 50;
/// What a chapter adds to the one before, unless its manifest says otherwise.
const ADDED: usize = 75;

/// How long `main.rs` may be, and all files of a chapter together. From ch05 on
/// a chapter carries what the ones before have taught about safety. ch10 is the
/// last bridge in visible lines, with all of Electron's that a preload uses. Those
/// after it are thin apps on the library; ch15's has several windows.
fn limits(slug: &str) -> (usize, usize) {
    match slug {
        _ if slug.starts_with("ch10") => (155, 295),
        _ if slug.starts_with("ch15") => (60, 180),
        _ if is_on_library(slug) => (60, 120),
        _ if slug < "ch05" => (120, 185),
        _ => (130, 205),
    }
}

struct Lines {
    /// Each text file but Cargo.toml and `alone.rs`, and its lines.
    files: Vec<(String, usize)>,
    /// Those of `alone.rs`, which are nobody else's.
    alone: usize,
    /// Over the chapter before, where there is one.
    added: Option<usize>,
}

impl Lines {
    fn count(tree: &Tree, chapter: &Chapter) -> Self {
        let slug = &chapter.slug;
        let mut files = tree.files(&format!("chapters/{slug}"));
        files.retain(|file| {
            let is_text = tree.is_text(&format!("chapters/{slug}/{file}"));
            is_text && !["Cargo.toml", ALONE].contains(&&**file)
        });
        let added = chapter.after.as_ref().map(|_| {
            let lines = |file: &String| come(tree, chapter, file).len();
            files.iter().map(lines).sum()
        });
        let count = |name: String| {
            let file = format!("chapters/{slug}/{name}");
            // What is not there is said elsewhere.
            let text = tree.read(&file).unwrap_or_default();
            (name, filled(&file, &text).count())
        };
        let (_, alone) = count(ALONE.into());
        Self { files: files.into_iter().map(count).collect(), alone, added }
    }

    fn of(&self, name: &str) -> usize {
        let file = self.files.iter().find(|(file, _)| file == name);
        file.map_or(0, |(_, lines)| *lines)
    }

    fn total(&self) -> usize {
        self.files.iter().map(|(_, lines)| lines).sum()
    }
}

/// How long a file may be by itself, where there is a limit.
fn limit(slug: &str, file: &str) -> Option<usize> {
    match file {
        "main.rs" => Some(limits(slug).0),
        ALONE => Some(ALONE_FILE),
        "electron.js" => Some(ELECTRON),
        _ if file.ends_with(".js") || file.ends_with(".html") => {
            Some(PAGE_FILE)
        }
        _ => None,
    }
}

/// Where a file has more lines than it may have.
fn too_long(tree: &Tree, file: String, most: usize) -> Option<Problem> {
    let text = tree.read(&file).unwrap_or_default();
    let lines: Vec<_> = filled(&file, &text).collect();
    let (line, _) = lines.get(most)?;
    let count = lines.len();
    let message = format!("{count} lines are too many; at most {most}");
    Some(Problem::new(file, *line, message))
}

/// Where the library is longer than it may be.
pub(crate) fn modules(tree: &Tree, _pages: &[Page]) -> Vec<Problem> {
    let printed = Module::all(tree).into_iter().map(|it| it.printed(tree));
    let limit = |file: String| {
        let most = match file.contains("/examples/") {
            true => EXAMPLE,
            false => MODULE,
        };
        too_long(tree, file, most)
    };
    printed.flatten().filter_map(limit).collect()
}

/// Where a chapter is longer than it may be.
pub(crate) fn check(tree: &Tree, chapter: &Chapter) -> Vec<Problem> {
    let lines = Lines::count(tree, chapter);
    let mut problems = Vec::new();
    let alone = (ALONE.to_owned(), lines.alone);
    for (name, _) in lines.files.iter().chain([&alone]) {
        if let Some(most) = limit(&chapter.slug, name) {
            let file = format!("chapters/{}/{name}", chapter.slug);
            problems.extend(too_long(tree, file, most));
        }
    }
    let mut manifest = |message| {
        problems.push(Problem::new(chapter.manifest(), 1, message));
    };
    let (total, most) = (lines.total(), limits(&chapter.slug).1);
    if total > most {
        manifest(format!("the chapter has {total} lines; at most {most}"));
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

/// The lines of every chapter as a Markdown table, and those of every module of
/// the library.
///
/// # Errors
/// If a chapter's Cargo.toml cannot be read.
pub fn table(tree: &Tree) -> Result<String, Problem> {
    let mut table = String::from("| chapter |");
    for name in SHOWN.into_iter().chain(["other files", "total", "added"]) {
        _ = write!(table, " {name} |");
    }
    table += "\n|---|";
    table += &"---:|".repeat(SHOWN.len() + 3);
    table += "\n";
    for slug in tree.chapters() {
        let chapter = Chapter::read(tree.root(), &slug)?;
        let lines = Lines::count(tree, &chapter);
        let shown = SHOWN.map(|name| lines.of(name));
        let (total, (main, most)) = (lines.total(), limits(&slug));
        let others = total - shown.iter().sum::<usize>();
        _ = write!(table, "| {slug} | {} (≤ {main}) |", shown[0]);
        for count in shown[1..].iter().chain([&others]) {
            _ = write!(table, " {count} |");
        }
        let added = lines.added.map_or("–".to_owned(), |added| {
            format!("{added} (≤ {})", chapter.added.unwrap_or(ADDED))
        });
        _ = writeln!(table, " {total} (≤ {most}) | {added} |");
    }
    let modules = Module::all(tree);
    if !modules.is_empty() {
        table += &format!("\n| module (≤ {MODULE}) | chapter | lines |\n");
        table += "|---|---|---:|\n";
    }
    for module in modules {
        let text = tree.read(&module.file()).unwrap_or_default();
        let lines = filled(&module.file(), &text).count();
        let chapter = module.chapter.as_deref().unwrap_or("–");
        _ = writeln!(table, "| {} | {chapter} | {lines} |", module.name);
    }
    Ok(table)
}
