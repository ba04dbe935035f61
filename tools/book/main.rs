//! `book-tool`: builds the book, shows it, and checks it. mdBook starts it
//! too, as a preprocessor.

use std::env;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

use book_tool::{
    Tree, Tutorial, check, illustrations, lengths, links, render, serve, table,
};
use mdbook_preprocessor::errors::Error;
use mdbook_preprocessor::{Preprocessor, parse_input};
use tracing_subscriber::filter::LevelFilter;

const USAGE: &str = "\
usage: book-tool build [--open]  check and render the book, and open it
       book-tool serve           the same at each change, in a browser
       book-tool lines           how long each chapter is
       book-tool pages           how long each page is
       book-tool illustrations   the code that no program stands behind
mdBook starts it without a word, or with `supports RENDERER`.";

fn main() -> ExitCode {
    // mdBook's own warnings, such as an HTML tag that is not closed.
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::WARN)
        .with_writer(io::stderr)
        .without_time()
        .with_target(false)
        .init();
    let tree = Tree::workspace();
    let words: Vec<_> = env::args().skip(1).collect();
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["build"] => build(&tree, false),
        ["build", "--open"] => build(&tree, true),
        ["serve"] => serve(&tree, || {
            if let Err(error) = build(&tree, false) {
                eprintln!("{error:#}");
            }
        })
        .map_err(Error::from),
        ["lines"] => table(&tree)
            .map(|table| print!("{table}"))
            .map_err(|problem| Error::msg(problem.to_string())),
        ["pages"] => {
            print!("{}", lengths(&tree));
            Ok(())
        }
        ["illustrations"] => {
            print!("{}", illustrations(&tree));
            Ok(())
        }
        ["supports", _] => Ok(()),
        [] if !io::stdin().is_terminal() => preprocess(tree),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if let Err(error) = done {
        eprintln!("{error:#}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Renders the book as far as its directives allow, so that it can be looked
/// at, but calls it done only if every check passes.
fn build(tree: &Tree, open: bool) -> Result<(), Error> {
    let rendered = render(tree);
    let mut problems = check(tree);
    if let Ok(index) = &rendered
        && let Some(site) = index.parent()
    {
        problems.extend(links(tree, site));
    }
    for problem in &problems {
        eprintln!("{problem}");
    }
    match rendered {
        Ok(index) => {
            println!("{}", index.display());
            if open {
                opener::open(&index)?;
            }
        }
        // The checks have named the directive or the page, with its line.
        Err(_) if !problems.is_empty() => {}
        Err(error) => return Err(error),
    }
    match problems.len() {
        0 => Ok(()),
        1 => Err(Error::msg("the book has 1 problem")),
        count => Err(Error::msg(format!("the book has {count} problems"))),
    }
}

fn preprocess(tree: Tree) -> Result<(), Error> {
    let (context, book) = parse_input(io::stdin())?;
    let book = Tutorial { tree }.run(&context, book)?;
    serde_json::to_writer(io::stdout(), &book)?;
    Ok(())
}
