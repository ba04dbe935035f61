//! The tool's two ways into mdBook: it renders the book itself, and it is
//! the preprocessor that `mdbook` starts.

use std::path::{Path, PathBuf};

use mdbook_driver::MDBook;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::errors::{Error, Result};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use crate::directive::expand;
use crate::{Problem, Tree};

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
    Ok(book.build_dir_for("html").join("index.html"))
}
