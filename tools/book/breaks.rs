//! The mistakes in `tests/breaks/CHAPTER/NUMBER-NAME.patch`, each a diff
//! against its chapter, below lines that say what happens and what helps.

use crate::directive::Directive;
use crate::page::Page;
use crate::{Problem, Tree, print};

const FOLDER: &str = "tests/breaks";

/// A mistake as its file tells it; the texts are Markdown.
struct Break {
    title: String,
    symptom: String,
    cure: String,
    patch: String,
}

impl Break {
    /// Reads `key: value` lines, an empty line, and a diff.
    fn parse(text: &str) -> Result<Self, String> {
        let (head, patch) = text
            .split_once("\n\n")
            .ok_or("has no empty line between its head and its diff")?;
        let value = |key: &str| {
            let mut lines = head.lines().filter_map(|l| l.split_once(':'));
            lines
                .find(|(found, _)| *found == key)
                .map(|(_, value)| value.trim().to_owned())
                .filter(|value| !value.is_empty())
                .ok_or_else(|| format!("has no line `{key}: …` in its head"))
        };
        if !patch.contains("\n@@ ") {
            return Err("has no diff below its head".into());
        }
        Ok(Self {
            title: value("title")?,
            symptom: value("symptom")?,
            cure: value("cure")?,
            patch: patch.to_owned(),
        })
    }
}

/// The mistake, what one sees of it, and what helps.
pub(crate) fn print(
    tree: &Tree,
    chapter: &str,
    number: &str,
) -> Result<String, String> {
    let folder = format!("{FOLDER}/{chapter}");
    let prefix = format!("{number}-");
    let files = tree.files(&folder);
    let mut found = files.iter().filter(|file| file.starts_with(&prefix));
    let file = match (found.next(), found.next()) {
        (Some(file), None) => format!("{folder}/{file}"),
        (None, _) => {
            return Err(format!(
                "there is no file {folder}/{number}-NAME.patch"
            ));
        }
        (Some(one), Some(other)) => {
            return Err(format!(
                "{folder} has both {one} and {other}; number them apart"
            ));
        }
    };
    let text = tree.read(&file)?;
    let Break { title, symptom, cure, patch } =
        Break::parse(&text).map_err(|why| format!("{file} {why}"))?;
    let diff = print::figure(&format!("<code>{file}</code>"), "diff", &patch);
    let short = chapter.split('-').next().unwrap_or(chapter);
    Ok(format!(
        "\n**{title}**\n{diff}\n*Symptom:* {symptom}\n\n*Cure:* {cure}\n\n\
         *See it:* `cargo x break {short} {number}`\n"
    ))
}

/// Breaks that belong to no chapter, that have no number, or that their
/// chapter's page does not print.
pub(crate) fn check(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let chapters = tree.chapters();
    let check = |name: &String| {
        let file = format!("{FOLDER}/{name}");
        let (chapter, name) = name.split_once('/').unwrap_or(("", name));
        if !chapters.iter().any(|slug| slug == chapter) {
            let message = "belongs to no chapter; move it to \
                           tests/breaks/CHAPTER/";
            return Some(Problem::new(file, 1, message));
        }
        let number = name
            .strip_suffix(".patch")
            .and_then(|name| name.split_once('-'))
            .map(|(number, _)| number)
            .filter(|number| number.parse::<u8>().is_ok());
        let Some(number) = number else {
            let message = "name it NUMBER-NAME.patch";
            return Some(Problem::new(file, 1, message));
        };
        let page = format!("book/src/{chapter}.md");
        let wanted = Directive::Break { chapter, number };
        let prints = pages.iter().filter(|own| own.file == page).any(|page| {
            let mut all = page.directives.iter();
            all.any(|at| Directive::parse(&at.what) == Ok(wanted))
        });
        (!prints).then(|| {
            let message = format!(
                "{page} does not print it; add {{{{#break {chapter} \
                 {number}}}}}"
            );
            Problem::new(file, 1, message)
        })
    };
    tree.files(FOLDER).iter().filter_map(check).collect()
}
