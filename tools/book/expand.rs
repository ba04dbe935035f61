//! What a page becomes: its directives replaced by what they print.

use checkout::{Chapter, short};

use crate::changes::filled;
use crate::directive::Directive;
use crate::length::Length;
use crate::library::Module;
use crate::page::Page;
use crate::{
    Problem, Tree, bench, breaks, cases, changes, glossary, listing, map,
    sequence,
};

/// A page's text with its directives replaced by what they print, its terms
/// linked to the glossary, and a place to link to at each item that begins with
/// bold words.
pub(crate) fn expand(
    tree: &Tree,
    file: &str,
    text: &str,
) -> Result<String, Vec<Problem>> {
    let text = glossary::linked(tree, file, text);
    let page = Page::parse(file, &text);
    let mut lines: Vec<_> = text.lines().map(with_place).collect();
    let mut problems = Vec::new();
    for &line in &page.strays {
        let message = "a directive stands alone on its line; to show one, \
                       write it in backticks or with a \\ before it";
        problems.push(Problem::new(file, line, message));
    }
    for directive in &page.directives {
        let line = &mut lines[directive.line - 1];
        // Within a list, what is printed stays within the list.
        let indent = line.len() - line.trim_start().len();
        let margin = format!("\n{}", &line[..indent]);
        let parsed = Directive::parse(&directive.what);
        match parsed.and_then(|directive| print(tree, &page, &directive)) {
            Ok(text) => *line = text.replace('\n', &margin),
            Err(message) => {
                problems.push(Problem::new(file, directive.line, message));
            }
        }
    }
    if problems.is_empty() {
        Ok(lines.join("\n") + "\n")
    } else {
        Err(problems)
    }
}

/// A list's item that begins with bold words gets them as its id, as mdBook gives
/// one to a heading.
fn with_place(line: &str) -> String {
    let words = line.strip_prefix("- **");
    let Some((words, _)) = words.and_then(|rest| rest.split_once("**")) else {
        return line.to_owned();
    };
    let id = id(words);
    format!("- <a id=\"{id}\"></a>{}", &line[2..])
}

/// As mdBook makes an id: `What it's for` is `what-its-for`.
fn id(words: &str) -> String {
    let words = words.trim_end_matches(['.', ':', ',']).to_lowercase();
    let letters = words.chars().map(|c| if c == ' ' { '-' } else { c });
    letters.filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect()
}

fn print(
    tree: &Tree,
    page: &Page,
    directive: &Directive<'_>,
) -> Result<String, String> {
    match *directive {
        Directive::Head { of } => match of.strip_prefix("ipc/") {
            Some(name) => head_of_module(tree, page, name),
            None => head(tree, page, of),
        },
        Directive::Map { chapter } => map::draw(tree, chapter),
        Directive::Gone { file, lines } => listing::gone(tree, file, lines),
        Directive::Code { file, lines } => listing::code(tree, file, lines),
        Directive::Diff { old, new } => listing::diff(tree, old, new),
        Directive::Snap { name } => listing::snapshot(tree, name),
        Directive::Table { name } => listing::table(tree, name),
        Directive::Bench { name } => bench::table(tree, name),
        Directive::Chart { name, alt } => bench::chart(tree, name, alt),
        Directive::Sequence { name, lines } => {
            sequence::draw(tree, name, lines)
        }
        Directive::Window { name, alt } => listing::window(tree, name, alt),
        Directive::Breaks { chapter } => breaks::print(tree, chapter),
        Directive::Cases => cases::print(tree),
        Directive::Repository => Ok(listing::repository()),
    }
}

/// What stands below the title of a chapter's page: which part it belongs to,
/// how long it takes, what it changes, and where.
fn head(tree: &Tree, page: &Page, slug: &str) -> Result<String, String> {
    let chapter = Chapter::read(tree.root(), slug).map_err(|it| it.message)?;
    let (part, minutes) = (part(tree, slug)?, minutes(tree, page));
    let mut lines = vec![format!("{part} · {minutes}")];
    let mut kinds = [("Changed", vec![]), ("New", vec![]), ("Gone", vec![])];
    let mut names = changes::names(tree, &chapter);
    names.sort_by_key(|name| listing::place(name));
    for name in names {
        let has = |slug: &str| {
            changes::text(tree, &format!("chapters/{slug}/{name}"))
        };
        let after = chapter.after.as_deref().unwrap_or_default();
        // That a chapter has its own name in a file is no change.
        let before = has(after)?.map(|text| match after {
            "" => text,
            _ => text.replace(after, slug),
        });
        let kind = match (before, has(slug)?) {
            (before, now) if before == now => continue,
            (Some(_), Some(_)) => 0,
            (None, _) => 1,
            (_, None) => 2,
        };
        kinds[kind].1.push(format!("`{name}`"));
    }
    kinds.iter().filter(|(_, names)| !names.is_empty()).for_each(
        |(kind, names)| lines.push(format!("{kind}: {}", names.join(", "))),
    );
    let modules = Module::all(tree).into_iter();
    let modules: Vec<_> = modules
        .filter(|it| it.chapter.as_deref() == Some(slug))
        .map(|it| format!("[`{}`]({}.md)", it.name, it.slug()))
        .collect();
    if !modules.is_empty() {
        lines.push(format!("In the library: {}", modules.join(", ")));
    }
    let own = match &chapter.after {
        Some(after) => {
            let title = title(tree, after)?;
            format!("where [{title}]({after}.md) ends, in a folder of your own")
        }
        None => "in a folder of your own".to_owned(),
    };
    lines.push(format!("Begin {own}, or look at `chapters/{slug}`"));
    let short = short(slug);
    if page.has_line(&format!("cargo x check {short}")) {
        lines.push(format!(
            "`cargo x check {short} FOLDER` checks the exercise in your folder"
        ));
    }
    Ok(about(&lines))
}

/// What stands below the title of a module's page: which chapter brings it, how
/// long it is, and what else the page prints.
fn head_of_module(
    tree: &Tree,
    page: &Page,
    name: &str,
) -> Result<String, String> {
    let modules = Module::all(tree);
    let module = modules.iter().find(|it| it.name == name);
    let module = module.ok_or(format!("there is no module ipc/{name}"))?;
    let minutes = minutes(tree, page);
    let by = match module.chapter.as_deref() {
        Some(slug) => {
            format!("Brought by [{}]({slug}.md)", title(tree, slug)?)
        }
        // The gate asks for it.
        None => "A module of the library".into(),
    };
    let mut lines = vec![format!("{by} · {minutes}")];
    for file in module.printed(tree) {
        let count = filled(&file, &tree.read(&file)?).count();
        lines.push(format!("`{file}`, {count} lines"));
    }
    Ok(about(&lines))
}

fn minutes(tree: &Tree, page: &Page) -> String {
    match Length::of(tree, page).minutes() {
        1 => "1 minute".into(),
        minutes => format!("{minutes} minutes"),
    }
}

fn about(lines: &[String]) -> String {
    let items: Vec<_> = lines.iter().map(|it| format!("- {it}")).collect();
    let items = items.join("\n");
    format!("<div class=\"about\">\n\n{items}\n\n</div>\n")
}

/// The title of the part that a chapter is in, by SUMMARY.md; a page that is not
/// listed there is told of elsewhere.
fn part(tree: &Tree, slug: &str) -> Result<String, String> {
    let summary = tree.read("book/src/SUMMARY.md")?;
    let listed = summary.split_once(&format!("{slug}.md)"));
    let mut before = listed.unwrap_or_default().0.lines().rev();
    let part = before.find_map(|line| line.strip_prefix("# "));
    Ok(part.unwrap_or_default().to_owned())
}

/// The title of a chapter's page.
fn title(tree: &Tree, slug: &str) -> Result<String, String> {
    let text = tree.read(&format!("book/src/{slug}.md"))?;
    let mut lines = text.lines();
    let title = lines.find_map(|line| line.strip_prefix("# "));
    Ok(title.unwrap_or(slug).to_owned())
}
