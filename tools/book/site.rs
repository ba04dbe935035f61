//! The tool's two ways into mdBook: it renders the book itself, and it is
//! the preprocessor that `mdbook` starts.

use std::fs;
use std::path::{Path, PathBuf};

use mdbook_driver::MDBook;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::errors::{Error, Result};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::directive::Directive;
use crate::expand::expand;
use crate::listing::SOURCES;
use crate::page::Page;
use crate::{Problem, Tree, cases};

/// The preprocessor that replaces directives with what they print.
pub struct Tutorial {
    /// Where the printed files are.
    pub tree: Tree,
}

impl Preprocessor for Tutorial {
    fn name(&self) -> &str {
        "tutorial"
    }

    fn run(&self, _: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let mut problems = Vec::new();
        book.for_each_chapter_mut(|page| {
            let Some(source) = &page.source_path else {
                return;
            };
            let source = source.to_string_lossy().replace('\\', "/");
            let file = format!("book/src/{source}");
            match expand(&self.tree, &file, &page.content) {
                Ok(text) => page.content = text,
                Err(found) => problems.extend(found),
            }
        });
        if problems.is_empty() {
            return Ok(book);
        }
        let lines: Vec<_> = problems.iter().map(Problem::to_string).collect();
        Err(Error::msg(lines.join("\n")))
    }
}

/// Renders the book and returns the path of its index.html.
///
/// # Errors
/// If a page cannot be read, or a directive in one cannot be printed.
pub fn render(tree: &Tree) -> Result<PathBuf> {
    render_into(tree, &tree.path("book/book"))
}

/// Renders the book into a folder of the caller's and returns the path of its
/// index.html.
///
/// # Errors
/// If a page cannot be read, or a directive in one cannot be printed.
pub fn render_into(tree: &Tree, folder: &Path) -> Result<PathBuf> {
    let mut book = MDBook::load(tree.path("book"))?;
    book.config.build.build_dir = folder.to_owned();
    // This takes the place of the command of the same name in book.toml.
    book.with_preprocessor(Tutorial { tree: tree.clone() });
    book.build()?;
    let site = book.build_dir_for("html");
    copy_sources(tree, &site.join(SOURCES))?;
    Ok(site.join("index.html"))
}

/// The files that the captions of the listings lead to, as plain text that a
/// browser shows.
fn copy_sources(tree: &Tree, to: &Path) -> Result<()> {
    let mut files = Vec::new();
    for folder in ["chapters", "common"] {
        let names = tree.files(folder).into_iter();
        files.extend(names.map(|name| format!("{folder}/{name}")));
    }
    // Pages print some lines of others, too.
    let (pages, _) = Page::all(tree);
    let directives = pages.iter().flat_map(|page| &page.directives);
    files.extend(directives.filter_map(|at| {
        match Directive::parse(&at.what) {
            Ok(Directive::Code { file, .. }) => Some(file.to_owned()),
            _ => None,
        }
    }));
    files.extend(cases::files(tree));
    files.retain(|file| tree.has(file) && tree.is_text(file));
    files.iter().try_for_each(|file| copy(tree, file, to))
}

fn copy(tree: &Tree, file: &str, to: &Path) -> Result<()> {
    let copy = to.join(format!("{file}.txt"));
    if let Some(folder) = copy.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(tree.path(file), copy)?;
    Ok(())
}
