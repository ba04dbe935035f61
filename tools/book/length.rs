//! How long a page takes: its words, and the lines of code that stand open.
//!
//! Words are those of the prose that is visible without opening anything, with
//! its lists and typed tables; lines are those of code and output. What is folded
//! counts for neither, nor do generated tables, drawings, a page's head and the
//! whole change, which is folded.

use crate::directive::Directive;
use crate::lines::Selection;
use crate::listing::{Snapshot, gone};
use crate::page::Page;
use crate::{Problem, Tree};

/// How quick one reads, in words and in lines of code a minute.
const WORDS_A_MINUTE: usize = 180;
const LINES_A_MINUTE: usize = 30;

/// The limits of a page of a chapter or of a module.
const MOST_WORDS: usize = 1500;
const MOST_MINUTES: usize = 20;

/// The length of a page.
#[derive(Clone, Copy)]
pub(crate) struct Length {
    pub words: usize,
    pub lines: usize,
}

impl Length {
    /// What a page's reader has to read.
    pub fn of(tree: &Tree, page: &Page) -> Self {
        let open = page.directives.iter().filter(|at| !page.is_folded(at.line));
        let printed = open.map(|at| match Directive::parse(&at.what) {
            Ok(directive) => lines(tree, &directive),
            // What is wrong with it is said elsewhere.
            Err(_) => 0,
        });
        let blocks = page.blocks.iter().filter(|at| !page.is_folded(at.line));
        let typed = blocks.map(|at| at.what.text.lines().count());
        Self { words: page.words, lines: printed.chain(typed).sum() }
    }

    /// Rounded up.
    pub fn minutes(self) -> usize {
        let Self { words, lines } = self;
        let sum = words * LINES_A_MINUTE + lines * WORDS_A_MINUTE;
        sum.div_ceil(WORDS_A_MINUTE * LINES_A_MINUTE)
    }
}

/// Where a page is longer than one of a chapter or of a module may be.
pub(crate) fn too_long(tree: &Tree, page: &Page) -> Vec<Problem> {
    let length = Length::of(tree, page);
    let too_many = |(what, count, most)| {
        let message = format!("the page has {count} {what}; at most {most}");
        (count > most).then(|| Problem::new(&page.file, 1, message))
    };
    let counts = [
        ("words", length.words, MOST_WORDS),
        ("minutes", length.minutes(), MOST_MINUTES),
    ];
    counts.into_iter().filter_map(too_many).collect()
}

fn lines(tree: &Tree, directive: &Directive<'_>) -> usize {
    let count =
        match *directive {
            Directive::Code { file, lines } => {
                Selection::of(tree, file, lines).map(|it| it.count())
            }
            Directive::Gone { file, lines } => gone(tree, file, lines)
                .and_then(|printed| match printed.contains("<details") {
                    true => Ok(0),
                    false => {
                        Selection::of(tree, file, lines).map(|it| it.count())
                    }
                }),
            Directive::Snap { name } => {
                Snapshot::read(tree, name).map(|it| it.body.lines().count())
            }
            _ => Ok(0),
        };
    count.unwrap_or_default()
}

/// The length of every page of the book, as a Markdown table.
pub fn lengths(tree: &Tree) -> String {
    let mut table = String::from(
        "| page | words | lines | minutes |\n|---|---:|---:|---:|\n",
    );
    for page in Page::all(tree).0 {
        let length = Length::of(tree, &page);
        let (Length { words, lines }, minutes) = (length, length.minutes());
        let file = page.file.trim_start_matches("book/src/");
        table += &format!("| {file} | {words} | {lines} | {minutes} |\n");
    }
    table
}
