//! The library `common/ipc`, which the chapters from ch11 on stand on. A module
//! is a file of Rust or JavaScript in its folder. It says which chapter brings
//! it, and has a page of its own, below that chapter's, which prints all of it.

use std::collections::HashSet;

use checkout::is_on_library;

use crate::changes::filled;
use crate::directive::Directive;
use crate::length::too_long;
use crate::lines::Selection;
use crate::page::Page;
use crate::told::runs;
use crate::{Problem, Tree};

/// Where the library is.
pub(crate) const FOLDER: &str = "common/ipc";
/// What tries the library stands in none of its pages.
const TRIALS: [&str; 3] = ["benches/", "fuzz/", "tests/"];
/// Where the book lists its pages.
pub(crate) const SUMMARY: &str = "book/src/SUMMARY.md";
/// How many lines of the library a chapter's page may print.
const EXCERPT: usize = 150;

/// One module of the library.
pub(crate) struct Module {
    /// From the library's folder on: `values.js`.
    pub name: String,
    /// Which chapter brings it, if it says so.
    pub chapter: Option<String>,
    /// How many lines its head has.
    head: usize,
}

impl Module {
    /// All modules, by name.
    pub fn all(tree: &Tree) -> Vec<Self> {
        let mut names = files(tree);
        names.retain(|name| is_module(name));
        names.into_iter().map(|name| Self::read(tree, name)).collect()
    }

    fn read(tree: &Tree, name: String) -> Self {
        let text = tree.read(&format!("{FOLDER}/{name}")).unwrap_or_default();
        let mark = if name.ends_with(".js") { "//" } else { "//!" };
        let head: Vec<_> =
            text.lines().take_while(|it| it.starts_with(mark)).collect();
        let last = head.last().and_then(|it| it.strip_prefix(mark));
        let chapter = last.and_then(|it| it.strip_prefix(" Chapter: "));
        Self { chapter: chapter.map(Into::into), head: head.len(), name }
    }

    /// From the workspace on: `common/ipc/values.js`.
    pub fn file(&self) -> String {
        format!("{FOLDER}/{}", self.name)
    }

    /// Its name without what follows the point: `values`.
    pub fn stem(&self) -> &str {
        self.name.split('.').next().unwrap_or(&self.name)
    }

    /// Its page in `book/src`, without `.md`: `ipc-values`.
    pub fn slug(&self) -> String {
        format!("ipc-{}", self.stem().replace('_', "-"))
    }

    fn page(&self) -> String {
        format!("book/src/{}.md", self.slug())
    }

    /// What its page prints. The page of lib.rs has all that is no module, too:
    /// Cargo.toml and the examples.
    pub fn printed(&self, tree: &Tree) -> Vec<String> {
        let mut files = files(tree);
        files.retain(|name| {
            *name == self.name || (self.name == "lib.rs" && !is_module(name))
        });
        files.iter().map(|name| format!("{FOLDER}/{name}")).collect()
    }
}

fn files(tree: &Tree) -> Vec<String> {
    let mut files = tree.files(FOLDER);
    files.retain(|name| !TRIALS.iter().any(|folder| name.starts_with(folder)));
    files
}

fn is_module(name: &str) -> bool {
    let is_code = name.ends_with(".rs") || name.ends_with(".js");
    is_code && !name.contains('/')
}

/// Every module says which chapter brings it, and its page prints it.
pub(crate) fn check(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let (chapters, modules) = (tree.chapters(), Module::all(tree));
    let mut problems = Vec::new();
    for (index, module) in modules.iter().enumerate() {
        let mut add = |line, message| {
            problems.push(Problem::new(module.file(), line, message));
        };
        match &module.chapter {
            Some(slug) if chapters.contains(slug) => {}
            Some(slug) => add(
                module.head,
                format!("it is of `{slug}`, which is no chapter"),
            ),
            None => add(
                module.head.max(1),
                "its head does not end with the chapter that brings it; add \
                 the line `Chapter: chNN-…` there"
                    .into(),
            ),
        }
        let mut others = modules[..index].iter();
        if let Some(other) = others.find(|it| it.slug() == module.slug()) {
            let other = other.file();
            add(1, format!("{other} would have the same page; rename one"));
        }
        match pages.iter().find(|page| page.file == module.page()) {
            Some(page) => problems.extend(own(tree, page, module)),
            None => add(1, format!("the module has no {}", module.page())),
        }
    }
    problems.extend(nested(tree, pages, &modules));
    problems.extend(elsewhere(tree, pages, &modules));
    problems
}

/// A module's own page has a head and every line, and is not too long.
fn own(tree: &Tree, page: &Page, module: &Module) -> Vec<Problem> {
    let mut problems = too_long(tree, page);
    let of = format!("ipc/{}", module.name);
    let mut directives = page.directives.iter();
    if !directives
        .any(|at| Directive::parse(&at.what) == Ok(Directive::Head { of: &of }))
    {
        let message = format!("the page has no {{{{#head {of}}}}}");
        problems.push(Problem::new(&page.file, 1, message));
    }
    let pieces = pieces(tree, page);
    let printed: HashSet<_> = pieces
        .iter()
        .flat_map(|(_, it)| {
            (it.first..=it.last).map(|line| (it.file.as_str(), line))
        })
        .collect();
    for file in module.printed(tree) {
        let text = tree.read(&file).unwrap_or_default();
        let untold: Vec<_> = filled(&file, &text)
            .map(|(line, _)| (file.clone(), line))
            .filter(|(file, line)| !printed.contains(&(file.as_str(), *line)))
            .collect();
        let code = format!("no #code on {} prints", page.file);
        problems.extend(runs(&untold, |what| {
            format!("{code} {what}; add one, and say before it what it is for")
        }));
    }
    problems
}

/// What of the library a page prints, each with the line of its directive.
fn pieces(tree: &Tree, page: &Page) -> Vec<(usize, Selection)> {
    let of_library = |it: &Selection| it.file.starts_with("common/ipc/");
    let directives = page.directives.iter();
    let pieces = directives.filter_map(|at| match Directive::parse(&at.what) {
        // What cannot be selected is said elsewhere.
        Ok(Directive::Code { file, lines }) => {
            let piece = Selection::of(tree, file, lines).ok()?;
            of_library(&piece).then_some((at.line, piece))
        }
        _ => None,
    });
    pieces.collect()
}

/// SUMMARY.md has each module's page below the page of its chapter.
fn nested(tree: &Tree, pages: &[Page], modules: &[Module]) -> Vec<Problem> {
    let summary = pages.iter().find(|page| page.file == SUMMARY);
    let text = tree.read(SUMMARY).unwrap_or_default();
    let lines: Vec<_> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut problems = Vec::new();
    for link in summary.iter().flat_map(|summary| &summary.links) {
        let name = link.what.trim_start_matches("./");
        let is_its = |it: &&Module| it.page() == format!("book/src/{name}");
        let Some(Module { chapter: Some(chapter), .. }) =
            modules.iter().find(is_its)
        else {
            continue;
        };
        let (before, own) = (&lines[..link.line - 1], lines[link.line - 1]);
        let above = before.iter().rfind(|it| indent(it) < indent(own));
        let target = format!("{chapter}.md)");
        if !above.is_some_and(|above| above.contains(&target)) {
            let message = format!(
                "{name} does not stand below {chapter}.md, which brings the \
                 module; move it there, two spaces further in"
            );
            problems.push(Problem::new(SUMMARY, link.line, message));
        }
    }
    problems
}

/// No page but a module's own prints it, and no page of this kind is left over.
/// A chapter's page may show a little of the library, to tell the idea.
fn elsewhere(tree: &Tree, pages: &[Page], modules: &[Module]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in pages {
        let mut add = |line, message| {
            problems.push(Problem::new(&page.file, line, message));
        };
        let name = page.file.trim_start_matches("book/src/");
        let module = modules.iter().find(|it| it.page() == page.file);
        if name.starts_with("ipc-") && module.is_none() {
            let message = "belongs to no module of common/ipc; remove it, or \
                           rename it after one";
            add(1, message.into());
        }
        let pieces = pieces(tree, page);
        if is_on_library(name) && name.starts_with("ch") {
            let count: usize = pieces.iter().map(|(_, it)| it.count()).sum();
            if count > EXCERPT {
                let message = format!(
                    "the page prints {count} lines of {FOLDER}; at most \
                     {EXCERPT}: the modules' own pages print all"
                );
                add(1, message);
            }
            continue;
        }
        let own = module.map(|it| it.printed(tree)).unwrap_or_default();
        for (line, piece) in pieces {
            if !own.contains(&piece.file) {
                let message = format!(
                    "{} is printed on the page of its module alone; link to \
                     that",
                    piece.file
                );
                add(line, message);
            }
        }
    }
    problems
}
