//! The directives, each alone on its line:
//!
//! ```text
//! {{#code FILE}}                       prints a whole file
//! {{#code FILE from="TEXT"}}           the one line that holds TEXT
//! {{#code FILE from="TEXT" to="TEXT"}} from there to the first line, that
//!                                      one or later, that holds the other
//! {{#diff CHAPTER CHAPTER}}            what changed between two chapters
//! {{#diff CHAPTER CHAPTER FILE}}       the same, for one file of them
//! {{#snap NAME}}                       tests/snapshots/NAME.snap
//! ```
//!
//! TEXT is taken literally; `^` before it means that the line starts with
//! it. It stands in double quotes, or in single ones if it holds double ones.
//! FILE is in a chapter if its first part names one, else in the workspace.

use crate::page::Page;
use crate::{Problem, Tree, print};

pub(crate) enum Directive<'a> {
    Code { file: &'a str, from: Option<&'a str>, to: Option<&'a str> },
    Diff { old: &'a str, new: &'a str, file: Option<&'a str> },
    Snap { name: &'a str },
}

/// Words, and keys with their values.
type Arguments<'a> = (Vec<&'a str>, Vec<(&'a str, &'a str)>);

impl<'a> Directive<'a> {
    /// Reads `{{#name word… key="value"…}}`.
    pub fn parse(text: &'a str) -> Result<Self, String> {
        let inner = text.trim_start_matches("{{").trim_end_matches("}}");
        let (words, values) = arguments(inner).unwrap_or_default();
        Ok(match (&words[..], &values[..]) {
            (&["#code", file], &[]) => {
                Self::Code { file, from: None, to: None }
            }
            (&["#code", file], &[("from", from)]) => {
                Self::Code { file, from: Some(from), to: None }
            }
            (&["#code", file], &[("from", from), ("to", to)]) => {
                Self::Code { file, from: Some(from), to: Some(to) }
            }
            (&["#diff", old, new], &[]) => Self::Diff { old, new, file: None },
            (&["#diff", old, new, file], &[]) => {
                Self::Diff { old, new, file: Some(file) }
            }
            (&["#snap", name], &[]) => Self::Snap { name },
            _ => {
                return Err("no directive reads like this; write \
                    {{#code FILE}}, {{#code FILE from=\"TEXT\"}}, \
                    {{#code FILE from=\"TEXT\" to=\"TEXT\"}}, \
                    {{#diff CHAPTER CHAPTER}}, {{#diff CHAPTER CHAPTER FILE}} \
                    or {{#snap NAME}}"
                    .into());
            }
        })
    }

    fn print(&self, tree: &Tree) -> Result<String, String> {
        match *self {
            Self::Code { file, from, to } => print::code(tree, file, from, to),
            Self::Diff { old, new, file } => print::diff(tree, old, new, file),
            Self::Snap { name } => print::snapshot(tree, name),
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
