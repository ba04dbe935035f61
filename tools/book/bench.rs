//! What the benchmark has measured, as `bench/report` tells it: tables and charts
//! in `book/bench`, printed as they are. That each is what `figures.json` says
//! is a test of that package.

use crate::directive::Directive;
use crate::listing::escaped;
use crate::page::Page;
use crate::{Problem, Tree};

const FOLDER: &str = "book/bench";

/// A table.
pub(crate) fn table(tree: &Tree, name: &str) -> Result<String, String> {
    let file = format!("{FOLDER}/{name}.md");
    if !tree.has(&file) {
        return Err(format!("there is no table {file}; see `cargo x bench`"));
    }
    Ok(format!("\n{}", tree.read(&file)?))
}

/// A chart, once for light themes and once for dark ones: the style sheet shows
/// one of them.
pub(crate) fn chart(
    tree: &Tree,
    name: &str,
    alt: &str,
) -> Result<String, String> {
    if alt.trim().is_empty() {
        return Err(format!("say in alt=\"…\" what the chart {name} shows"));
    }
    let mut figure = format!(
        "\n<figure class=\"chart\" role=\"img\" aria-label=\"{}\">\n",
        escaped(alt)
    );
    for theme in ["light", "dark"] {
        let file = format!("{FOLDER}/{name}-{theme}.svg");
        if !tree.has(&file) {
            return Err(format!("there is no {file}; see `cargo x bench`"));
        }
        let class = format!("<svg class=\"{theme}\" ");
        figure += &tree.read(&file)?.replacen("<svg ", &class, 1);
    }
    Ok(figure + "</figure>\n")
}

/// What is measured is told, once.
pub(crate) fn check(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let all = pages.iter().flat_map(|page| &page.directives);
    let shown: Vec<_> = all.flat_map(|it| Directive::parse(&it.what)).collect();
    let mut problems = Vec::new();
    for file in tree.files(FOLDER) {
        let (name, directive) = match file.rsplit_once('.') {
            Some((name, "md")) => (name, "bench"),
            Some((name, "svg")) => match name.strip_suffix("-light") {
                Some(name) => (name, "chart"),
                None => continue,
            },
            _ => continue,
        };
        let shows = |it: &&Directive| match it {
            Directive::Bench { name: it } => {
                directive == "bench" && *it == name
            }
            Directive::Chart { name: it, .. } => {
                directive == "chart" && *it == name
            }
            _ => false,
        };
        if shown.iter().filter(shows).count() != 1 {
            let message = format!(
                "not on one page; print it with {{{{#{directive} {name}}}}}"
            );
            problems.push(Problem::new(format!("{FOLDER}/{file}"), 1, message));
        }
    }
    problems
}
