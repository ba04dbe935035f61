//! The gate: where the book and the tree disagree. Each check is a function
//! from the tree and its pages to the problems that it finds.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

use checkout::{Chapter, is_on_library, snake};

use crate::directive::Directive;
use crate::expand::expand;
use crate::length::too_long;
use crate::library::SUMMARY;
use crate::listing::NOTHING;
use crate::page::{Block, Page, Prose};
use crate::{
    Problem, Tree, bench, borders, breaks, budget, cases, library, told,
};

const SNAPSHOTS: &str = "tests/snapshots";

/// Runs every check; no problems means that the book can be trusted.
pub fn check(tree: &Tree) -> Vec<Problem> {
    let checks = [
        unreadable,
        directives,
        told::check,
        told::repeated,
        blocks,
        prose,
        chapters,
        library::check,
        budget::modules,
        borders::check,
        snapshots,
        strangers,
        summary,
        order,
        images,
        mistakes,
        cases::check,
        bench::check,
    ];
    let (pages, mut problems) = Page::all(tree);
    problems.extend(checks.iter().flat_map(|check| check(tree, &pages)));
    problems.sort();
    problems
}

/// What the book is about can be read: what cannot has no files elsewhere.
fn unreadable(tree: &Tree, _pages: &[Page]) -> Vec<Problem> {
    let folders = ["chapters", "common"].map(|name| tree.path(name));
    let there = folders.iter().filter(|folder| folder.is_dir());
    let errors = there.filter_map(|it| checkout::all_files(it).err());
    errors.map(Problem::from).collect()
}

/// Every directive prints something.
fn directives(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let failures = |page: &Page| match tree.read(&page.file) {
        Ok(text) => expand(tree, &page.file, &text).err().unwrap_or_default(),
        Err(why) => vec![Problem::new(&page.file, 1, why)],
    };
    pages.iter().flat_map(failures).collect()
}

/// How many blocks a page may show that nothing holds to the programs.
const ILLUSTRATIONS: usize = 2;

/// No code is typed into a page: directives print it. Only the commands that
/// a reader types are, and a few illustrations that are marked as such.
fn blocks(_tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in pages {
        let mut add = |line, message: String| {
            problems.push(Problem::new(&page.file, line, message));
        };
        let (marked, typed): (Vec<_>, Vec<_>) =
            page.blocks.iter().partition(|block| block.what.is("illustration"));
        for block in typed.iter().filter(|block| !is_commands(&block.what)) {
            let message = "this block is typed in; print it with #code or \
                           #snap, or mark it: ```js,illustration";
            add(block.line, message.into());
        }
        for block in marked.iter().skip(ILLUSTRATIONS) {
            let message = format!(
                "a page has at most {ILLUSTRATIONS} illustrations; print \
                 this with #code, or leave it out"
            );
            add(block.line, message);
        }
        for raw in page.raw.iter().filter(|raw| raw.what == "<pre") {
            add(raw.line, "print what is in <pre> with #code or #snap".into());
        }
    }
    problems
}

/// Words stand before each block of code or output, and say what it is.
fn prose(_tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let check = |page: &Page| {
        let prose = page.prose.iter().map(|it| (it.line, Some(it.what)));
        let directives = page.directives.iter().map(|it| (it.line, None));
        let blocks = page.blocks.iter().map(|it| (it.line, None));
        let mut all: Vec<_> = prose.chain(directives).chain(blocks).collect();
        all.sort_by_key(|(line, _)| *line);
        let printed: Vec<_> = page
            .directives
            .iter()
            .filter(|it| {
                let code =
                    ["{{#code", "{{#gone", "{{#snap", "{{#table", "{{#bench"];
                code.iter().any(|word| it.what.starts_with(word))
            })
            .map(|it| it.line)
            .chain(
                // A heading such as “Run it” says what a command is for.
                page.blocks
                    .iter()
                    .filter(|it| !is_commands(&it.what))
                    .map(|it| it.line),
            )
            .collect();
        let pairs = all.windows(2);
        let bare = pairs.filter(|pair| {
            printed.contains(&pair[1].0) && pair[0].1 != Some(Prose::Words)
        });
        let problem = |pair: &[(usize, Option<Prose>)]| {
            let message = "no words stand before this block; say what it is";
            Problem::new(&page.file, pair[1].0, message)
        };
        bare.map(problem).collect::<Vec<_>>()
    };
    pages.iter().flat_map(check).collect()
}

/// Commands of Cargo, in a block marked `sh`.
fn is_commands(block: &Block) -> bool {
    let mut lines = block.text.lines().filter(|line| !line.trim().is_empty());
    block.is("sh") && lines.all(|line| line.starts_with("cargo "))
}

/// The illustrations of all pages, one a line, with file and line.
pub fn illustrations(tree: &Tree) -> String {
    let (pages, _) = Page::all(tree);
    let mut list = String::new();
    for page in pages {
        for block in &page.blocks {
            if block.what.is("illustration") {
                let lines = block.what.text.lines().count();
                let info = &block.what.info;
                let (file, line) = (&page.file, block.line);
                _ = writeln!(list, "{file}:{line}: {info}, {lines} lines");
            }
        }
    }
    list
}

/// Every chapter has its page, test and snapshots, and keeps its budgets.
fn chapters(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let check = |slug: &String| match Chapter::read(tree.root(), slug) {
        Ok(chapter) => {
            let mut problems = manifest(tree, &chapter);
            problems.extend(budget::check(tree, &chapter));
            problems.extend(page(tree, pages, &chapter));
            problems
        }
        Err(error) => vec![error.into()],
    };
    tree.chapters().iter().flat_map(check).collect()
}

fn manifest(tree: &Tree, chapter: &Chapter) -> Vec<Problem> {
    let Chapter { slug, package, .. } = chapter;
    let snake = chapter.snake();
    let mut messages = Vec::new();
    if package != slug {
        messages.push(format!("the package is `{package}`; name it `{slug}`"));
    }
    match &chapter.after {
        Some(after) if !tree.chapters().contains(after) => messages
            .push(format!("it comes after `{after}`, which is no chapter")),
        Some(_) if is_on_library(slug) => messages.push(
            "it stands on the library, and follows no chapter: take `after` \
             out"
            .into(),
        ),
        None if !slug.starts_with("ch01-") && !is_on_library(slug) => messages
            .push(
                "name the chapter before: package.metadata.tutorial.after"
                    .into(),
            ),
        _ => {}
    }
    if !chapter.tests.contains(&format!("../../tests/{snake}.rs")) {
        messages.push(format!(
            "add a [[test]] with path = \"../../tests/{snake}.rs\""
        ));
    }
    let snapshot = |name| format!("{SNAPSHOTS}/{name}.snap");
    for file in [
        chapter.page(),
        format!("tests/{snake}.rs"),
        snapshot(snake.clone()),
        snapshot(format!("{snake}_window")),
    ] {
        if !tree.has(&file) {
            messages.push(format!("the chapter has no {file}"));
        }
    }
    let problem = |message| Problem::new(chapter.manifest(), 1, message);
    messages.into_iter().map(problem).collect()
}

/// A chapter's page prints the chapter's snapshots and all that it changes,
/// and says how to run it.
fn page(tree: &Tree, pages: &[Page], chapter: &Chapter) -> Vec<Problem> {
    let Some(page) = pages.iter().find(|page| page.file == chapter.page())
    else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    let mut missing = |what| {
        let message = format!("the page has no {what}");
        problems.push(Problem::new(&page.file, 1, message));
    };
    let mut must = |directive: Directive, text: String| {
        let mut all = page.directives.iter();
        if !all.any(|at| Directive::parse(&at.what) == Ok(directive)) {
            missing(format!("{{{{{text}}}}}"));
        }
    };
    let slug = &chapter.slug;
    must(Directive::Head { of: slug }, format!("#head {slug}"));
    must(Directive::Map { chapter: Some(slug) }, format!("#map {slug}"));
    let (old, new) =
        (chapter.after.as_deref().unwrap_or(NOTHING), &chapter.slug);
    must(Directive::Diff { old, new }, format!("#diff {old} {new}"));
    let command = format!("cargo run -p {slug}");
    if !page.has_line(&command) {
        missing(format!("code block with the line `{command}`"));
    }
    problems.extend(too_long(tree, page));
    problems
}

/// Every snapshot is on a page; a chapter's output and window on its own.
fn snapshots(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let shows = |page: &Page, name: &str| {
        page.directives.iter().any(|at| match Directive::parse(&at.what) {
            Ok(
                Directive::Snap { name: it }
                | Directive::Table { name: it }
                | Directive::Window { name: it, .. },
            ) => it == name,
            _ => false,
        })
    };
    let own = |name: &str| {
        let name = name.strip_suffix("_window").unwrap_or(name);
        let slug = tree.chapters().into_iter().find(|it| snake(it) == name)?;
        Some(format!("book/src/{slug}.md"))
    };
    let check = |name: String| {
        let own = own(&name);
        // A page or a chapter that is missing is said elsewhere.
        let of_chapter = |slug: &String| belongs(&name, &snake(slug));
        let missing = !is_librarys(&name)
            && !tree.chapters().iter().any(of_chapter)
            || own.as_ref().is_some_and(|own| !tree.has(own));
        let mut pages = pages
            .iter()
            .filter(|page| own.as_ref().is_none_or(|own| page.file == *own));
        if missing || pages.any(|page| shows(page, &name)) {
            return None;
        }
        let how = match name.ends_with("_window") && own.is_some() {
            true => format!("{{{{#window {name} alt=\"…\"}}}}"),
            false => format!("{{{{#snap {name}}}}}"),
        };
        let message = format!("no page shows it; add {how}");
        Some(Problem::new(format!("{SNAPSHOTS}/{name}.snap"), 1, message))
    };
    named(tree, SNAPSHOTS, ".snap").into_iter().filter_map(check).collect()
}

/// Every mistake is a chapter's, and is on the chapter's page.
fn mistakes(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let chapters = tree.chapters();
    let check = |name: &String| {
        let file = format!("{}/{name}", breaks::FOLDER);
        let problem = |why: String| Some(Problem::new(&file, 1, why));
        let chapter = name.split('/').next().unwrap_or_default();
        if !chapters.iter().any(|slug| slug == chapter) {
            let to = "belongs to no chapter; move it to tests/breaks/CHAPTER/";
            return problem(to.into());
        }
        let page = format!("book/src/{chapter}.md");
        let wanted = Directive::Breaks { chapter };
        let prints = pages.iter().filter(|own| own.file == page).any(|page| {
            let mut all = page.directives.iter();
            all.any(|at| Directive::parse(&at.what) == Ok(wanted))
        });
        (!prints).then(|| {
            let message = format!(
                "{page} does not print it; add {{{{#breaks {chapter}}}}}"
            );
            Problem::new(&file, 1, message)
        })
    };
    tree.files(breaks::FOLDER).iter().filter_map(check).collect()
}

/// The names of a folder's files with that ending, without it.
fn named(tree: &Tree, folder: &str, ending: &str) -> Vec<String> {
    let files = tree.files(folder);
    let names = files.iter().filter_map(|file| file.strip_suffix(ending));
    names.map(str::to_owned).collect()
}

/// A chapter's snapshots are named as it is, with or without `_more`.
fn belongs(snapshot: &str, snake: &str) -> bool {
    let rest = snapshot.strip_prefix(snake);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

/// The library's snapshots are named as its tests.
fn is_librarys(snapshot: &str) -> bool {
    snapshot.starts_with("ipc_")
}

/// No page, test or snapshot is left over from a chapter that is gone.
fn strangers(tree: &Tree, _pages: &[Page]) -> Vec<Problem> {
    let slugs = tree.chapters();
    let snakes: Vec<_> = slugs.iter().map(|slug| snake(slug)).collect();
    let mut strangers = Vec::new();
    for name in named(tree, "book/src", ".md") {
        if is_chapter_name(&name, '-') && !slugs.contains(&name) {
            strangers.push(format!("book/src/{name}.md"));
        }
    }
    for name in named(tree, "tests", ".rs") {
        if is_chapter_name(&name, '_') && !snakes.contains(&name) {
            strangers.push(format!("tests/{name}.rs"));
        }
    }
    for name in named(tree, SNAPSHOTS, ".snap") {
        let is_its = |snake: &String| belongs(&name, snake);
        if !is_librarys(&name) && !snakes.iter().any(is_its) {
            strangers.push(format!("{SNAPSHOTS}/{name}.snap"));
        }
    }
    let message = "belongs to no chapter; remove it, or rename it after one";
    let problem = |file| Problem::new(file, 1, message);
    strangers.into_iter().map(problem).collect()
}

/// Whether a name begins as `ch05-` or, with another separator, `ch05_` does.
fn is_chapter_name(name: &str, separator: char) -> bool {
    let rest = name.strip_prefix("ch");
    rest.and_then(|rest| rest.split_once(separator))
        .is_some_and(|(number, _)| number.parse::<u8>().is_ok())
}

/// SUMMARY.md lists every page, and nothing else.
fn summary(_tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let Some(summary) = pages.iter().find(|page| page.file == SUMMARY) else {
        return vec![Problem::new(SUMMARY, 1, "the book has no SUMMARY.md")];
    };
    let listed = |file: &str| {
        let mut links = summary.links.iter();
        links.any(|link| target(&link.what) == file)
    };
    let unlisted = pages
        .iter()
        .filter(|page| page.file != SUMMARY && !listed(&page.file))
        .map(|page| {
            Problem::new(&page.file, 1, "the page is not in SUMMARY.md")
        });
    let dead = summary
        .links
        .iter()
        .filter(|link| !link.what.is_empty())
        .filter(|link| {
            !pages.iter().any(|page| page.file == target(&link.what))
        })
        .map(|link| {
            let message = format!("there is no page {}", target(&link.what));
            Problem::new(SUMMARY, link.line, message)
        });
    let mut before = HashSet::new();
    let again = summary
        .links
        .iter()
        .filter(|link| !before.insert(target(&link.what)))
        .filter(|link| !link.what.is_empty())
        .map(|link| {
            let message = format!("{} is listed already", target(&link.what));
            Problem::new(SUMMARY, link.line, message)
        });
    unlisted.chain(dead).chain(again).collect()
}

/// SUMMARY.md lists the chapters in the order in which they build on each other.
fn order(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let chapters = tree.chapters();
    let links = pages.iter().filter(|page| page.file == SUMMARY);
    let listed: Vec<_> = links
        .flat_map(|summary| &summary.links)
        .filter_map(|link| {
            let target = target(&link.what);
            let is_its =
                |slug: &&String| target == format!("book/src/{slug}.md");
            Some((link.line, chapters.iter().find(is_its)?))
        })
        .collect();
    let swapped = listed.windows(2).filter(|pair| pair[0].1 > pair[1].1);
    swapped
        .map(|pair| {
            let [(_, before), (line, slug)] = [pair[0], pair[1]];
            let message = format!("{slug} stands after {before}; swap them");
            Problem::new(SUMMARY, line, message)
        })
        .collect()
}

fn target(link: &str) -> String {
    format!("book/src/{}", link.trim_start_matches("./"))
}

/// Every picture is in the book, and is there for those who do not see it.
fn images(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in pages {
        let mut add = |line, message: String| {
            problems.push(Problem::new(&page.file, line, message));
        };
        for raw in page.raw.iter().filter(|raw| raw.what == "<img") {
            add(raw.line, "write the picture as ![what it shows](file)".into());
        }
        for image in &page.images {
            let source = &image.what.source;
            if image.what.alt.trim().is_empty() {
                add(image.line, format!("say in [] what {source} shows"));
            }
            let page = tree.path(&page.file);
            let folder = page.parent().unwrap_or(Path::new(""));
            if !folder.join(source).is_file() {
                add(image.line, format!("there is no picture {source}"));
            }
        }
    }
    problems
}
