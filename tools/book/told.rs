//! Every line that comes and goes is told: what a chapter adds, and what it
//! takes out, by `#code` and `#gone` on its own page, and every line of what the
//! chapters share on some page. The body of a page is enough to follow.

use std::collections::HashSet;

use checkout::Chapter;
use similar::{ChangeTag, TextDiff};

use crate::changes::{Place, filled, names, text_before};
use crate::directive::Directive;
use crate::lines::{Lines, Selection};
use crate::page::Page;
use crate::{Problem, Tree};

/// What no page prints although it should, and what a reader of one would have
/// twice or too much.
pub(crate) fn check(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let printed = pages.iter().map(|page| (page, Printed::by(tree, page)));
    let printed: Vec<_> = printed.collect();
    let mut problems = Vec::new();
    for slug in tree.chapters() {
        // What is wrong with a manifest or a missing page is said elsewhere.
        let Ok(chapter) = Chapter::read(tree.root(), &slug) else { continue };
        let page = chapter.page();
        let own = printed.iter().find(|(own, _)| own.file == page);
        if let Some((_, printed)) = own {
            for name in names(tree, &chapter) {
                let (come, gone) = untold(tree, &chapter, &name, printed);
                let code = format!("no #code on {page} prints");
                problems.extend(runs(&come, |what| {
                    format!(
                        "{code} {what}; add one, and say before it what it \
                         is for"
                    )
                }));
                problems.extend(runs(&gone, |what| {
                    format!(
                        "who follows {page} keeps {what} beside what the page \
                         prints; take it out with #gone, or print it no \
                         second time"
                    )
                }));
            }
        }
    }
    let anywhere: HashSet<_> =
        printed.iter().flat_map(|(_, printed)| &printed.come).collect();
    for name in tree.files("common") {
        // The library has pages of its own.
        if !name.starts_with("ipc/")
            && [".rs", ".js", ".css"].iter().any(|end| name.ends_with(end))
        {
            let file = format!("common/{name}");
            let text = tree.read(&file).unwrap_or_default();
            let untold: Vec<_> = filled(&file, &text)
                .map(|(number, _)| (file.clone(), number))
                .filter(|place| !anywhere.contains(place))
                .collect();
            problems.extend(runs(&untold, |what| {
                format!(
                    "no #code on any page prints {what}; add one, and say \
                     before it what it is for"
                )
            }));
        }
    }
    problems
}

/// No page prints a line of code twice: a reader takes both for lines to write.
pub(crate) fn repeated(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in pages {
        let mut before = HashSet::new();
        for at in &page.directives {
            let Ok(Directive::Code { file, lines }) =
                Directive::parse(&at.what)
            else {
                continue;
            };
            // What cannot be selected is said elsewhere.
            let Ok(it) = Selection::of(tree, file, lines) else { continue };
            let again = (it.first..=it.last)
                .find(|number| !before.insert((it.file.clone(), *number)));
            if let Some(number) = again {
                let message = format!(
                    "the page has line {number} of {} already; end or begin \
                     this piece elsewhere",
                    it.file
                );
                problems.push(Problem::new(&page.file, at.line, message));
            }
        }
    }
    problems
}

/// What a page prints.
struct Printed {
    /// By `#code`.
    come: HashSet<Place>,
    /// By `#gone`.
    gone: HashSet<Place>,
    /// The files that leave or are begun anew.
    anew: HashSet<String>,
}

impl Printed {
    fn by(tree: &Tree, page: &Page) -> Self {
        let (come, gone, anew) = Default::default();
        let mut printed = Self { come, gone, anew };
        for at in &page.directives {
            let (file, lines, to) = match Directive::parse(&at.what) {
                Ok(Directive::Code { file, lines }) => {
                    (file, lines, &mut printed.come)
                }
                Ok(Directive::Gone { file, lines }) => {
                    (file, lines, &mut printed.gone)
                }
                _ => continue,
            };
            // What cannot be selected is said elsewhere.
            if let Ok(it) = Selection::of(tree, file, lines) {
                let place = |number| (it.file.clone(), number);
                to.extend((it.first..=it.last).map(place));
                if at.what.starts_with("{{#gone") && lines == Lines::All {
                    printed.anew.insert(it.file);
                }
            }
        }
        printed
    }
}

/// What a reader who follows the page would have otherwise than the chapter: a
/// file is then what the page prints of it and what the page has not taken out of
/// the one before. First the lines that would be missing, then those of the file
/// before that would be left.
fn untold(
    tree: &Tree,
    chapter: &Chapter,
    name: &str,
    printed: &Printed,
) -> (Vec<Place>, Vec<Place>) {
    let after = chapter.after.as_deref().unwrap_or_default();
    let before = format!("chapters/{after}/{name}");
    let now = format!("chapters/{}/{name}", chapter.slug);
    let is_anew = printed.anew.contains(&before);
    let text_now = tree.read(&now).unwrap_or_default();
    let text_before = text_before(tree, chapter, name);
    let left = |file: &str, number, told: &HashSet<Place>| {
        !told.contains(&(file.to_owned(), number))
    };
    let unprinted: Vec<_> = filled(&now, &text_now)
        .filter(|(number, _)| left(&now, *number, &printed.come))
        .collect();
    let kept: Vec<_> = filled(&before, &text_before)
        .filter(|(number, _)| !is_anew && left(&before, *number, &printed.gone))
        .collect();
    let old: Vec<_> = kept.iter().map(|(_, line)| *line).collect();
    let new: Vec<_> = unprinted.iter().map(|(_, line)| *line).collect();
    let (mut missing, mut leftover) = (Vec::new(), Vec::new());
    for it in TextDiff::from_slices(&old, &new).iter_all_changes() {
        match (it.tag(), it.old_index(), it.new_index()) {
            (ChangeTag::Insert, _, Some(index)) => {
                missing.push((now.clone(), unprinted[index].0));
            }
            (ChangeTag::Delete, Some(index), _) => {
                leftover.push((before.clone(), kept[index].0));
            }
            _ => {}
        }
    }
    (missing, leftover)
}

/// One problem for lines that follow each other.
pub(crate) fn runs(
    places: &[Place],
    message: impl Fn(&str) -> String,
) -> Vec<Problem> {
    let follows =
        |one: &Place, next: &Place| one.0 == next.0 && one.1 + 1 == next.1;
    places
        .chunk_by(follows)
        .filter_map(|run| {
            let [(file, first), .., (_, last)] = run else {
                let (file, line) = run.first()?;
                let message = message("this line");
                return Some(Problem::new(file.clone(), *line, message));
            };
            let what = format!("lines {first} to {last}");
            Some(Problem::new(file.clone(), *first, message(&what)))
        })
        .collect()
}
