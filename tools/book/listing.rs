//! What the directives print of files: blocks of text with a caption.

use std::fmt::Write as _;

use checkout::{Chapter, snake};
use similar::TextDiff;

use crate::Tree;
use crate::breaks::code_in;
use crate::changes;
use crate::lines::{Lines, Selection};

/// Of more lines than this at a time, a reader skips some.
const MAX_LINES: usize = 25;

/// More lines than this that go are folded.
const SHORT: usize = 6;

/// Where the site has the files that the captions lead to.
pub(crate) const SOURCES: &str = "source";

/// Files and folders of a chapter in the order of the chapters' walkthroughs;
/// others follow by name.
const FIRST: [&str; 8] = [
    "Cargo.toml",
    "build.rs",
    "tauri.conf.json",
    "capabilities/",
    "main.rs",
    "preload.js",
    "renderer.js",
    "index.html",
];

/// The lines of a file from one text to another.
pub(crate) fn code(
    tree: &Tree,
    path: &str,
    lines: Lines<'_>,
) -> Result<String, String> {
    let it = Selection::of(tree, path, lines)?;
    let (count, file) = (it.count(), &it.file);
    if count > MAX_LINES {
        return Err(format!(
            "this prints {count} lines of {file}; at most {MAX_LINES} at a \
             time: split it, with prose between"
        ));
    }
    let caption = format!("{}, {}", link(file), it.place());
    Ok(figure(&caption, language(file), &it.text))
}

/// Lines of the chapter before that go.
pub(crate) fn gone(
    tree: &Tree,
    path: &str,
    lines: Lines<'_>,
) -> Result<String, String> {
    let it = Selection::of(tree, path, lines)?;
    let what = match lines {
        Lines::All => "all of it".to_owned(),
        _ => it.place(),
    };
    let caption = format!("{}, {what}, to take out", link(&it.file));
    let listing = figure(&caption, language(&it.file), &it.text);
    if it.count() <= SHORT {
        return Ok(listing.replace("\"listing\"", "\"listing gone\""));
    }
    let name = it.file.rsplit('/').next().unwrap_or(&it.file);
    let summary = format!("What goes of <code>{name}</code>: {what}");
    Ok(folded("gone", &summary, &listing))
}

/// Something that a reader opens.
pub(crate) fn folded(class: &str, summary: &str, what: &str) -> String {
    format!(
        "\n<details class=\"{class}\">\n<summary>{summary}</summary>\n\
         {what}\n</details>\n"
    )
}

/// What `#diff` calls the state before the first chapter.
pub(crate) const NOTHING: &str = "nothing";

/// What changed, file by file: the whole way from one chapter to the other,
/// each with the file as it is then. Of a Cargo.toml, only what is the reader's.
pub(crate) fn diff(
    tree: &Tree,
    old: &str,
    new: &str,
) -> Result<String, String> {
    let before = (old != NOTHING).then_some(old);
    for slug in before.into_iter().chain([new]) {
        if !tree.chapters().iter().any(|chapter| chapter == slug) {
            return Err(format!("there is no chapter {slug}"));
        }
    }
    let chapter =
        Chapter { after: before.map(Into::into), ..Chapter::named(new) };
    let mut files = changes::names(tree, &chapter);
    files.sort_by_key(|file| place(file));
    let mut figures = String::new();
    for file in files {
        figures += &file_diff(tree, before, new, &file)?;
    }
    if figures.is_empty() {
        return Err(format!("nothing changed from {old} to {new}"));
    }
    Ok(figures)
}

/// Where a file stands among those of its chapter.
pub(crate) fn place(file: &str) -> usize {
    let is_it = |first: &&str| match first.ends_with('/') {
        true => file.starts_with(*first),
        false => file == *first,
    };
    FIRST.iter().position(is_it).unwrap_or(FIRST.len())
}

fn file_diff(
    tree: &Tree,
    old: Option<&str>,
    new: &str,
    name: &str,
) -> Result<String, String> {
    let read = |slug| changes::text(tree, &format!("chapters/{slug}/{name}"));
    let before = match name {
        changes::ALONE => None,
        _ => old.map(read).transpose()?.flatten(),
    };
    let after = read(new)?;
    if before == after {
        return Ok(String::new());
    }
    let path = |slug| format!("<code>chapters/{slug}/{name}</code>");
    let (caption, short) = match (old, &before, &after) {
        (Some(old), Some(_), Some(_)) => {
            let path = path(new);
            (format!("{path}, changed since <code>{old}</code>"), "changed")
        }
        (Some(old), Some(_), None) => {
            let path = path(old);
            (format!("{path}, removed in <code>{new}</code>"), "removed")
        }
        (Some(old), None, _) => {
            let path = path(new);
            (format!("{path}, a new file since <code>{old}</code>"), "new")
        }
        (None, ..) => (format!("{}, a new file", path(new)), "new"),
    };
    let (before, after) =
        (before.unwrap_or_default(), after.unwrap_or_default());
    let diff = TextDiff::from_lines(&before, &after);
    let diff = figure(&caption, "diff", &diff.unified_diff().to_string());
    let shown = format!("<code>{name}</code>");
    let diff = folded("change", &format!("{shown}, {short}"), &diff);
    if after.is_empty() {
        return Ok(diff);
    }
    // A diff that is copied brings its signs along.
    let caption = format!("{}, finished", path(new));
    let whole = figure(&caption, language(name), &after);
    Ok(diff + &folded("finished", &format!("{shown}, finished"), &whole))
}

/// A snapshot, without the head that insta gives it.
pub(crate) struct Snapshot {
    pub file: String,
    pub body: String,
    /// What it is the output of, for people.
    pub caption: String,
}

impl Snapshot {
    /// Reads `tests/snapshots/NAME.snap`.
    pub fn read(tree: &Tree, name: &str) -> Result<Self, String> {
        let file = format!("tests/snapshots/{name}.snap");
        if !tree.has(&file) {
            return Err(format!("there is no snapshot {file}; run its test"));
        }
        let text = tree.read(&file)?;
        // insta writes a YAML header between two lines of `---`.
        let body = text
            .strip_prefix("---\n")
            .and_then(|rest| rest.split_once("\n---\n"))
            .map(|(_, body)| body.to_owned())
            .ok_or_else(|| {
                format!("{file} does not begin as insta writes it")
            })?;
        let caption = match chapter_of(tree, name) {
            Some((slug, "")) => {
                format!("Output of <code>cargo run -p {slug}</code>")
            }
            Some((slug, "_window")) => {
                format!("The window of <code>{slug}</code>, as text")
            }
            _ => format!("<code>{file}</code>"),
        };
        Ok(Self { file, body, caption })
    }
}

/// The chapter that a snapshot is of, and what follows its name.
fn chapter_of<'a>(tree: &Tree, name: &'a str) -> Option<(String, &'a str)> {
    let of = |slug: String| Some((name.strip_prefix(&snake(&slug))?, slug));
    let found = tree.chapters().into_iter().find_map(of);
    found.map(|(rest, slug)| (slug, rest))
}

/// A snapshot as the test wrote it.
pub(crate) fn snapshot(tree: &Tree, name: &str) -> Result<String, String> {
    let Snapshot { body, caption, .. } = Snapshot::read(tree, name)?;
    Ok(figure(&caption, "text", &body))
}

/// A snapshot whose lines are divided by tabs, the first being the table's head.
/// The first cell of a row is the test's own words, which may have code in them;
/// the others are printed as they were seen.
pub(crate) fn table(tree: &Tree, name: &str) -> Result<String, String> {
    let Snapshot { file, body, .. } = Snapshot::read(tree, name)?;
    let mut rows = body.lines().map(|line| line.split('\t').collect());
    let row = |cells: &[&str], tag: &str| {
        let text = |(at, it): (usize, &&str)| match at {
            0 => code_in(it),
            _ => escaped(it),
        };
        let cell = |it| format!("<{tag}>{}</{tag}>", text(it));
        let cells: String = cells.iter().enumerate().map(cell).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let head: Vec<&str> = rows.next().unwrap_or_default();
    if head.len() < 2 {
        return Err(format!("the first line of {file} has no tab"));
    }
    let mut table = format!(
        "\n<figure class=\"listing\">\n<figcaption>What \
         <code>{file}</code> holds</figcaption>\n<div \
         class=\"table-wrapper\"><table class=\"tried\">\n<thead>\n{}</thead>\
         \n<tbody>\n",
        row(&head, "th")
    );
    for cells in rows {
        if cells.len() != head.len() {
            let cells = cells.join(" | ");
            return Err(format!("{file} has a row of another length: {cells}"));
        }
        table += &row(&cells, "td");
    }
    Ok(table + "</tbody>\n</table></div>\n</figure>\n")
}

/// The picture of a chapter's window, framed as its user sees it, with what can
/// be read in it folded away below.
pub(crate) fn window(
    tree: &Tree,
    name: &str,
    alt: &str,
) -> Result<String, String> {
    let Snapshot { file, body, caption } = Snapshot::read(tree, name)?;
    let Some((slug, _)) = chapter_of(tree, name) else {
        return Err(format!("{file} is of no chapter, so it has no picture"));
    };
    let picture = format!("images/{slug}.png");
    if !tree.has(&format!("book/src/{picture}")) {
        return Err(format!("there is no picture {picture}"));
    }
    if alt.trim().is_empty() {
        return Err(format!("say in alt=\"…\" what {picture} shows"));
    }
    let title = body
        .lines()
        .find_map(|line| line.strip_prefix("title: "))
        .ok_or_else(|| format!("{file} has no line `title: …`"))?;
    let mut frame = String::from("\n<figure class=\"window\">\n");
    _ = writeln!(
        frame,
        "<div class=\"title\" aria-hidden=\"true\">{}<span></span></div>\n\
         <img src=\"{picture}\" alt=\"{}\">\n<figcaption>The window of \
         <code>{slug}</code>, with the title “{}”</figcaption>\n</figure>",
        escaped(title),
        escaped(alt),
        escaped(title)
    );
    let text = figure(&caption, "text", &body);
    Ok(frame + &folded("text", "The window as text", &text))
}

/// How to get a copy of the repository. On GitHub its own variables say where
/// it is.
pub(crate) fn repository() -> String {
    let on_github = || {
        let [server, name] = ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY"]
            .map(|name| std::env::var(name).ok());
        Some(format!("{}/{}.git", server?, name?))
    };
    let address = on_github().unwrap_or("ADDRESS-OF-THIS-REPOSITORY".into());
    figure(
        "In a terminal",
        "sh",
        &format!("git clone {address} tutorial\ncd tutorial"),
    )
}

/// A fenced block with a caption. The fence is longer than any in the text.
pub(crate) fn figure(caption: &str, language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    let text = text.trim_end_matches('\n');
    format!(
        "\n<figure class=\"listing\">\n<figcaption>{caption}</figcaption>\n\n\
         {fence}{language}\n{text}\n{fence}\n\n</figure>\n"
    )
}

/// A file's name, which leads to the file itself.
pub(crate) fn link(file: &str) -> String {
    link_as(file, &format!("<code>{file}</code>"))
}

/// The same, with other words.
pub(crate) fn link_as(file: &str, words: &str) -> String {
    format!("<a href=\"{SOURCES}/{file}.txt\">{words}</a>")
}

/// Text for HTML.
pub(crate) fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('"', "&quot;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}

/// The name that the highlighter knows the file's language by.
fn language(file: &str) -> &str {
    match file.rsplit('.').next() {
        // Not "rust": in such a block mdBook hides lines that begin with `# `
        // and offers to run the rest on a playground without our crates.
        Some("rs") => "rs",
        Some(known @ ("js" | "html" | "toml" | "css" | "json")) => known,
        _ => "text",
    }
}
