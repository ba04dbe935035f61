//! Gate 1: every line that a chapter adds, and every line of what the
//! chapters share, is printed by a `#code`, with prose before it.
//!
//! Of a chapter every file counts, and of a file every line that is not
//! blank. Two things do not: the tables in its Cargo.toml that wire it to its
//! test and to this tool, which a reader's own copy has no use for, and there
//! and in tauri.conf.json the chapter's name, which changes in every chapter.
//! Of `common`, its sources and the style sheet count; their unit tests do not.
//!
//! What a chapter takes away, and its blank lines, have nothing to be
//! explained by; they are in the `#diff` that every chapter's page ends with.

use std::collections::HashSet;

use similar::{ChangeTag, TextDiff};

use crate::directive::Directive;
use crate::page::Page;
use crate::tree::Chapter;
use crate::{Problem, Tree, print};

/// A line of a file, counted from 1.
type Place = (String, usize);

/// The tables of a chapter's Cargo.toml that are not the reader's.
const WIRING: [&str; 3] =
    ["[[test]]", "[dev-dependencies]", "[package.metadata.tutorial]"];

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

/// What no page prints although it should.
pub(crate) fn check(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let printed = pages.iter().map(|page| (page, printed(tree, page)));
    let printed: Vec<_> = printed.collect();
    let mut problems = Vec::new();
    for slug in tree.chapters() {
        // What is wrong with a manifest or a missing page is said elsewhere.
        let Ok(chapter) = Chapter::read(tree, &slug) else { continue };
        let page = chapter.page();
        if let Some((page, printed)) =
            printed.iter().find(|(own, _)| own.file == page)
        {
            for file in tree.files(&format!("chapters/{slug}")) {
                let untold = added(tree, &chapter, &file)
                    .into_iter()
                    .filter(|place| !printed.contains(place));
                problems.extend(runs(untold, &page.file));
            }
        }
    }
    let anywhere: HashSet<_> =
        printed.iter().flat_map(|(_, printed)| printed).collect();
    for name in tree.files("common") {
        if [".rs", ".js", ".css"].iter().any(|end| name.ends_with(end)) {
            let file = format!("common/{name}");
            let text = tree.read(&file).unwrap_or_default();
            let untold = filled(&file, &text)
                .map(|(number, _)| (file.clone(), number))
                .filter(|place| !anywhere.contains(place));
            problems.extend(runs(untold, "any page"));
        }
    }
    problems
}

/// What the page's `#code` directives print.
fn printed(tree: &Tree, page: &Page) -> HashSet<Place> {
    let mut places = HashSet::new();
    for at in &page.directives {
        if let Ok(Directive::Code { file, lines }) = Directive::parse(&at.what)
            && let Ok(selection) = print::select(tree, file, lines)
        {
            let numbers = selection.first..=selection.last;
            let place = |number| (selection.file.clone(), number);
            places.extend(numbers.map(place));
        }
    }
    places
}

fn filled<'a>(
    file: &str,
    text: &'a str,
) -> impl Iterator<Item = (usize, &'a str)> {
    let lines = lines(file, text).into_iter();
    lines.filter(|(_, line)| !line.trim().is_empty())
}

/// The lines of a chapter's file that the chapter before does not have.
fn added(tree: &Tree, chapter: &Chapter, name: &str) -> Vec<Place> {
    let file = format!("chapters/{}/{name}", chapter.slug);
    // A file without text, such as an icon, has no lines to be told.
    let text = tree.read(&file).unwrap_or_default();
    let after = chapter.after.as_deref().unwrap_or_default();
    let before = format!("chapters/{after}/{name}");
    let mut text_before = tree.read(&before).unwrap_or_default();
    let named = matches!(name, "Cargo.toml" | "tauri.conf.json");
    if named && !after.is_empty() {
        text_before = text_before.replace(after, &chapter.slug);
    }
    let new = lines(&file, &text);
    let old: Vec<_> = lines(&before, &text_before)
        .into_iter()
        .map(|(_, line)| line)
        .collect();
    let texts: Vec<_> = new.iter().map(|(_, line)| *line).collect();
    TextDiff::from_slices(&old, &texts)
        .iter_all_changes()
        .filter(|change| change.tag() == ChangeTag::Insert)
        .filter(|change| !change.value().trim().is_empty())
        .filter_map(|change| Some(new.get(change.new_index()?)?.0))
        .map(|number| (file.clone(), number))
        .collect()
}

/// One problem for lines that follow each other.
fn runs(places: impl Iterator<Item = Place>, page: &str) -> Vec<Problem> {
    let mut runs: Vec<(Place, usize)> = Vec::new();
    for (file, number) in places {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push(((file, number), number)),
        }
    }
    let problem = |((file, first), last): (Place, usize)| {
        let what = if first == last {
            "this line".to_owned()
        } else {
            format!("lines {first} to {last}")
        };
        let message = format!(
            "no #code on {page} prints {what}; add one, and say before it \
             what it is for"
        );
        Problem::new(file, first, message)
    };
    runs.into_iter().map(problem).collect()
}
