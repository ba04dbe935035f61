//! Chooses lines of a file by what they hold, as the directives do.

use std::path::{Component, Path};

use crate::Tree;

/// Which lines of a file a directive chooses.
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

/// Lines that a directive has chosen.
pub(crate) struct Selection {
    pub file: String,
    /// Counted from 1, as is the last.
    pub first: usize,
    pub last: usize,
    pub text: String,
}

impl Selection {
    /// The lines of `path` that `lines` chooses.
    pub fn of(
        tree: &Tree,
        path: &str,
        lines: Lines<'_>,
    ) -> Result<Self, String> {
        let file = locate(tree, path)?;
        let text = tree.read(&file)?;
        let all: Vec<_> = text.lines().collect();
        let (first, last) = lines.range(&file, &all)?;
        let chosen = all.get(first..=last).unwrap_or_default();
        if chosen.iter().all(|line| line.trim().is_empty()) {
            return Err(format!("this selects nothing of {file}"));
        }
        let text = chosen.join("\n");
        Ok(Self { file, first: first + 1, last: last + 1, text })
    }

    pub fn count(&self) -> usize {
        self.last + 1 - self.first
    }

    /// `line 3` or `lines 3–5`.
    pub fn place(&self) -> String {
        match (self.first, self.last) {
            (first, last) if first == last => format!("line {first}"),
            (first, last) => format!("lines {first}–{last}"),
        }
    }
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

/// The rule for paths: in a chapter if the first part names one, in `common` if
/// it is `ipc`, else in the workspace, and never outside.
pub(crate) fn locate(tree: &Tree, path: &str) -> Result<String, String> {
    let mut parts = Path::new(path).components();
    if !parts.all(|part| matches!(part, Component::Normal(_))) {
        return Err(format!("{path} leaves the workspace"));
    }
    let first = path.split('/').next().unwrap_or(path);
    let in_chapter = tree.chapters().iter().any(|slug| slug == first);
    let file = match first {
        _ if in_chapter => format!("chapters/{path}"),
        "ipc" => format!("common/{path}"),
        _ => path.to_owned(),
    };
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
