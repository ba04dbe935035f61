//! The glossary: the headings of `book/src/glossary.md` are its terms, and every
//! other page links the first use of each.

use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use crate::Tree;

pub(crate) const GLOSSARY: &str = "book/src/glossary.md";

/// A page's text, with a link to the glossary at the first use of each term.
pub(crate) fn linked(tree: &Tree, file: &str, text: &str) -> String {
    if file == GLOSSARY || !tree.has(GLOSSARY) {
        return text.to_owned();
    }
    let glossary = tree.read(GLOSSARY).unwrap_or_default();
    let mut terms: Vec<_> =
        glossary.lines().filter_map(|it| it.strip_prefix("## ")).collect();
    // “Custom protocol” before “protocol”.
    terms.sort_by_key(|term| std::cmp::Reverse(term.len()));
    let prose = prose(text);
    let mut uses = Vec::<(Range<usize>, &str)>::new();
    for term in terms {
        let free = |found: &Range<usize>| {
            let meets = |(used, _): &(Range<usize>, &str)| {
                used.start < found.end && found.start < used.end
            };
            !uses.iter().any(meets)
        };
        let mut found = prose.iter().flat_map(|range| {
            let start = range.start;
            let places = uses_of(&text[range.clone()], term);
            places.into_iter().map(move |it| start + it.start..start + it.end)
        });
        if let Some(first) = found.find(free) {
            uses.push((first, term));
        }
    }
    uses.sort_by_key(|(range, _)| range.start);
    let mut linked = String::new();
    let mut done = 0;
    for (range, term) in uses {
        let id = term.to_lowercase().replace(' ', "-");
        linked += &text[done..range.start];
        let word = &text[range.clone()];
        linked += &format!("[{word}](glossary.md#{id})");
        done = range.end;
    }
    linked + &text[done..]
}

/// Where the words of a page stand that are in no heading, link, code or table's
/// head.
fn prose(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut within = 0_usize;
    let options = MarkdownOptions::default();
    for (event, range) in new_cmark_parser(text, &options).into_offset_iter() {
        match event {
            Event::Start(
                Tag::Heading { .. }
                | Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::CodeBlock(_)
                | Tag::TableHead
                | Tag::HtmlBlock,
            ) => within += 1,
            Event::End(
                TagEnd::Heading(_)
                | TagEnd::Link
                | TagEnd::Image
                | TagEnd::CodeBlock
                | TagEnd::TableHead
                | TagEnd::HtmlBlock,
            ) => within = within.saturating_sub(1),
            Event::Text(it)
                if within == 0
                    && !is_directive(text, range.start)
                    // Escaped characters are not where the text says.
                    && text.get(range.clone()) == Some(&*it) =>
            {
                ranges.push(range);
            }
            _ => {}
        }
    }
    ranges
}

/// Whether the line that holds this place is a directive.
fn is_directive(text: &str, place: usize) -> bool {
    let start = text[..place].rfind('\n').map_or(0, |end| end + 1);
    text[start..].trim_start().starts_with("{{#")
}

/// Where a text has a term as a word, or as its plain plural.
fn uses_of(text: &str, term: &str) -> Vec<Range<usize>> {
    let (text, term) = (text.to_ascii_lowercase(), term.to_ascii_lowercase());
    let plural = match term.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{term}s"),
    };
    let letter = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let mut uses = Vec::new();
    for form in [plural, term] {
        for (start, _) in text.match_indices(&form) {
            let end = start + form.len();
            let before = text[..start].chars().next_back().is_some_and(letter);
            // The file main.js is not main.
            let rest = &text[end..];
            let rest = rest.strip_prefix('.').unwrap_or(rest);
            let after = rest.chars().next().is_some_and(letter);
            if !before && !after {
                uses.push(start..end);
            }
        }
    }
    uses.sort_by_key(|it| it.start);
    uses
}
