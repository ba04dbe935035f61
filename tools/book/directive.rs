//! The directives, each alone on its line:
//!
//! ```text
//! {{#code FILE LINES}}          lines of a file
//! {{#diff CHAPTER CHAPTER}}     what changed between two chapters, in all
//!                               their files; before the first is `nothing`
//! {{#snap NAME}}                tests/snapshots/NAME.snap
//! {{#sequence NAME LINES}}      the same, drawn: who speaks to whom
//! {{#break CHAPTER NUMBER}}     tests/breaks/CHAPTER/NUMBER-….patch
//! ```
//!
//! LINES chooses lines by what they hold:
//!
//! ```text
//!                               (nothing) all lines
//! from="TEXT"                   the one line that holds TEXT
//! from="TEXT" to="TEXT"         from there to the first line, that one or
//!                               later, that holds the other
//! from="TEXT" until="TEXT"      from there to before the first later line
//!                               that holds the other
//! ```
//!
//! TEXT is taken literally; `^` before it means that the line starts with
//! it, `$` after it that the line ends with it. It stands in double quotes, or
//! in single ones if it holds double ones. FILE is in a chapter if its first
//! part names one, else in the workspace.

use crate::page::Page;
use crate::print::Lines;
use crate::{Problem, Tree, breaks, print, sequence};

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Directive<'a> {
    Code { file: &'a str, lines: Lines<'a> },
    Diff { old: &'a str, new: &'a str },
    Snap { name: &'a str },
    Sequence { name: &'a str, lines: Lines<'a> },
    Break { chapter: &'a str, number: &'a str },
}

/// Words, and keys with their values.
type Arguments<'a> = (Vec<&'a str>, Vec<(&'a str, &'a str)>);

impl<'a> Directive<'a> {
    /// Reads `{{#name word… key="value"…}}`.
    pub fn parse(text: &'a str) -> Result<Self, String> {
        let inner = text.trim_start_matches("{{").trim_end_matches("}}");
        let (words, values) = arguments(inner).unwrap_or_default();
        let lines = match values[..] {
            [] => Some(Lines::All),
            [("from", from)] => Some(Lines::One(from)),
            [("from", from), ("to", to)] => Some(Lines::To(from, to)),
            [("from", from), ("until", until)] => {
                Some(Lines::Until(from, until))
            }
            _ => None,
        };
        Ok(match (&words[..], lines) {
            (&["#code", file], Some(lines)) => Self::Code { file, lines },
            (&["#diff", old, new], Some(Lines::All)) => Self::Diff { old, new },
            (&["#snap", name], Some(Lines::All)) => Self::Snap { name },
            (&["#sequence", name], Some(lines)) => {
                Self::Sequence { name, lines }
            }
            (&["#break", chapter, number], Some(Lines::All)) => {
                Self::Break { chapter, number }
            }
            _ => {
                return Err("no directive reads like this; write \
                    {{#code FILE}}, {{#code FILE from=\"TEXT\"}}, \
                    {{#code FILE from=\"TEXT\" to=\"TEXT\"}}, \
                    {{#code FILE from=\"TEXT\" until=\"TEXT\"}}, \
                    {{#diff CHAPTER CHAPTER}}, {{#snap NAME}}, \
                    {{#sequence NAME}}, with lines as in #code, \
                    or {{#break CHAPTER NUMBER}}"
                    .into());
            }
        })
    }

    fn print(&self, tree: &Tree) -> Result<String, String> {
        match *self {
            Self::Code { file, lines } => print::code(tree, file, lines),
            Self::Diff { old, new } => print::diff(tree, old, new),
            Self::Snap { name } => print::snapshot(tree, name),
            Self::Sequence { name, lines } => sequence::draw(tree, name, lines),
            Self::Break { chapter, number } => {
                breaks::print(tree, chapter, number)
            }
        }
    }
}

/// Nothing if a quote is missing.
fn arguments(mut rest: &str) -> Option<Arguments<'_>> {
    let (mut words, mut values) = (Vec::new(), Vec::new());
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Some((words, values));
        }
        let end = rest.find(|c: char| c == '=' || c.is_whitespace());
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        if let Some(quoted) = after.strip_prefix('=') {
            let quote = quoted.chars().next().filter(|c| "\"'".contains(*c))?;
            let (value, after) = quoted[1..].split_once(quote)?;
            values.push((word, value));
            rest = after;
        } else {
            words.push(word);
        }
    }
}

/// A page's text with its directives replaced by what they print.
pub(crate) fn expand(
    tree: &Tree,
    file: &str,
    text: &str,
) -> Result<String, Vec<Problem>> {
    let page = Page::parse(file, text);
    let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
    let mut problems = Vec::new();
    for &line in &page.strays {
        let message = "a directive stands alone on its line; to show one, \
                       write it in backticks or with a \\ before it";
        problems.push(Problem::new(file, line, message));
    }
    for directive in &page.directives {
        let line = &mut lines[directive.line - 1];
        // Within a list, what is printed stays within the list.
        let indent = line.len() - line.trim_start().len();
        let margin = format!("\n{}", &line[..indent]);
        let parsed = Directive::parse(&directive.what);
        match parsed.and_then(|directive| directive.print(tree)) {
            Ok(text) => *line = text.replace('\n', &margin),
            Err(message) => {
                problems.push(Problem::new(file, directive.line, message));
            }
        }
    }
    if problems.is_empty() {
        Ok(lines.join("\n") + "\n")
    } else {
        Err(problems)
    }
}
