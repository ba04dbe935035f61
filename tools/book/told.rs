//! Every line that comes and goes is told: what a chapter adds, and what it
//! takes out, by `#code` and `#gone` on its own page, and every line of what the
//! chapters share on some page. The body of the pages is enough to follow.

use std::collections::HashSet;

use crate::changes::{Change, Place, filled, names};
use crate::directive::Directive;
use crate::lines::{Lines, Selection};
use crate::page::Page;
use crate::tree::Chapter;
use crate::{Problem, Tree};

/// What no page prints although it should.
pub(crate) fn check(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let printed = pages.iter().map(|page| (page, Printed::by(tree, page)));
    let printed: Vec<_> = printed.collect();
    let mut problems = Vec::new();
    for slug in tree.chapters() {
        // What is wrong with a manifest or a missing page is said elsewhere.
        let Ok(chapter) = Chapter::read(tree, &slug) else { continue };
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
                        "{slug} takes out {what}, and no #gone on {page} \
                         says so; add one"
                    )
                }));
            }
        }
    }
    let anywhere: HashSet<_> =
        printed.iter().flat_map(|(_, printed)| &printed.come).collect();
    for name in tree.files("common") {
        if [".rs", ".js", ".css"].iter().any(|end| name.ends_with(end)) {
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

/// What comes to a file of a chapter and what goes, and is not told.
fn untold(
    tree: &Tree,
    chapter: &Chapter,
    name: &str,
    printed: &Printed,
) -> (Vec<Place>, Vec<Place>) {
    let Change { mut come, mut gone } = Change::of(tree, chapter, name);
    let after = chapter.after.as_deref().unwrap_or_default();
    if printed.anew.contains(&format!("chapters/{after}/{name}")) {
        let file = format!("chapters/{}/{name}", chapter.slug);
        let text = tree.read(&file).unwrap_or_default();
        let all = filled(&file, &text).map(|(n, _)| (file.clone(), n));
        come = all.collect();
    }
    come.retain(|place| !printed.come.contains(place));
    gone.retain(|place| !printed.gone.contains(place));
    (come, gone)
}

/// One problem for lines that follow each other.
fn runs(places: &[Place], message: impl Fn(&str) -> String) -> Vec<Problem> {
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
