//! The book's tool: it prints the chapters' own files in the pages, renders
//! the book, and says where the book and the tree disagree.

#![warn(missing_docs)]

mod bench;
mod borders;
mod breaks;
mod budget;
mod cases;
mod changes;
mod check;
mod directive;
mod expand;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod gate;
mod glossary;
mod length;
mod library;
#[cfg(test)]
mod library_tests;
mod lines;
mod links;
mod listing;
mod map;
mod page;
#[cfg(test)]
mod rebuild;
mod sequence;
mod serve;
mod site;
mod svg;
#[cfg(test)]
mod tests;
mod told;
mod tree;

use std::fmt;

pub use budget::table;
pub use check::{check, illustrations};
pub use length::lengths;
pub use links::links;
pub use serve::{host, serve};
pub use site::{Tutorial, render, render_into};
pub use tree::Tree;

/// Something to put right, where it is, and what to do about it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, from the root of the workspace, with `/` between its parts.
    pub file: String,
    /// The line in it, from 1; 1 as well where the whole file is meant.
    pub line: usize,
    /// What is wrong and what to do, for people.
    pub message: String,
}

impl Problem {
    fn new(
        file: impl Into<String>,
        line: usize,
        message: impl Into<String>,
    ) -> Self {
        let (file, message) = (file.into(), message.into());
        Self { file, line, message }
    }
}

impl From<checkout::Error> for Problem {
    fn from(error: checkout::Error) -> Self {
        Self::new(error.file, error.line.unwrap_or(1), error.message)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}
