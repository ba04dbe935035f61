//! The directives, each alone on its line:
//!
//! ```text
//! {{#head CHAPTER}}             what a chapter's page is about, and how long
//! {{#head ipc/FILE}}            the same of a module of the library
//! {{#map CHAPTER}}              the whole way, with this chapter's part lit;
//!                               without a chapter, all of it
//! {{#gone FILE LINES}}          lines of the chapter before that go; without
//!                               LINES the file goes, or is begun anew
//! {{#code FILE LINES}}          lines of a file
//! {{#diff CHAPTER CHAPTER}}     what changed between two chapters, in all
//!                               their files; before the first is `nothing`
//! {{#snap NAME}}                tests/snapshots/NAME.snap
//! {{#table NAME}}               the same, where tabs divide its lines
//! {{#bench NAME}}               book/bench/NAME.md: what was measured
//! {{#chart NAME alt="TEXT"}}    book/bench/NAME-light.svg and NAME-dark.svg
//! {{#sequence NAME LINES}}      the same, drawn: who speaks to whom
//! {{#window NAME alt="TEXT"}}   the picture of a window, in a frame with the
//!                               title that the snapshot NAME has
//! {{#breaks CHAPTER}}           tests/breaks/CHAPTER/*.patch
//! {{#cases}}                    Electron's cases, each with our test
//! {{#repository}}               how to get a copy of the repository
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
//! part names one, in `common` if that is `ipc`, else in the workspace.

use crate::lines::Lines;

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Directive<'a> {
    Head { of: &'a str },
    Map { chapter: Option<&'a str> },
    Gone { file: &'a str, lines: Lines<'a> },
    Code { file: &'a str, lines: Lines<'a> },
    Diff { old: &'a str, new: &'a str },
    Snap { name: &'a str },
    Table { name: &'a str },
    Bench { name: &'a str },
    Chart { name: &'a str, alt: &'a str },
    Sequence { name: &'a str, lines: Lines<'a> },
    Window { name: &'a str, alt: &'a str },
    Breaks { chapter: &'a str },
    Cases,
    Repository,
}

/// Words, and keys with their values.
type Arguments<'a> = (Vec<&'a str>, Vec<(&'a str, &'a str)>);

impl<'a> Directive<'a> {
    /// Reads `{{#name word… key="value"…}}`.
    pub fn parse(text: &'a str) -> Result<Self, String> {
        let inner = text.trim_start_matches("{{").trim_end_matches("}}");
        let (words, values) = arguments(inner).unwrap_or_default();
        if let (&["#window", name], &[("alt", alt)]) = (&words[..], &values[..])
        {
            return Ok(Self::Window { name, alt });
        }
        if let (&["#chart", name], &[("alt", alt)]) = (&words[..], &values[..])
        {
            return Ok(Self::Chart { name, alt });
        }
        let lines = match values[..] {
            [] => Lines::All,
            [("from", from)] => Lines::One(from),
            [("from", from), ("to", to)] => Lines::To(from, to),
            [("from", from), ("until", until)] => Lines::Until(from, until),
            _ => return Err(unknown()),
        };
        let whole = lines == Lines::All;
        Ok(match words[..] {
            ["#code", file] => Self::Code { file, lines },
            ["#gone", file] => Self::Gone { file, lines },
            ["#sequence", name] => Self::Sequence { name, lines },
            ["#head", of] if whole => Self::Head { of },
            ["#map"] if whole => Self::Map { chapter: None },
            ["#map", chapter] if whole => Self::Map { chapter: Some(chapter) },
            ["#diff", old, new] if whole => Self::Diff { old, new },
            ["#snap", name] if whole => Self::Snap { name },
            ["#table", name] if whole => Self::Table { name },
            ["#bench", name] if whole => Self::Bench { name },
            ["#breaks", chapter] if whole => Self::Breaks { chapter },
            ["#cases"] if whole => Self::Cases,
            ["#repository"] if whole => Self::Repository,
            _ => return Err(unknown()),
        })
    }
}

fn unknown() -> String {
    "no directive reads like this; CONTRIBUTING.md has a list of them".into()
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
