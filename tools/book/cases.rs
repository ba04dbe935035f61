//! Electron's cases: what its own tests try by name, and how it is here. Comments
//! above our tests say it, in `tests` and in the library's own:
//!
//! ```text
//! /// Electron: ipcMain.handle: receives an error from a synchronous handler
//! /// passes
//! #[test]
//! ```
//!
//! One test may try several cases, each in a function that it calls, with the
//! comment above it. A case that waits for a chapter stands in comments of its own,
//! above nothing:
//!
//! ```text
//! // Electron: webContents.send: calls a listener once
//! // not yet: ch13-push
//! ```

use std::collections::BTreeMap;

use checkout::short;

use crate::breaks::code_in;
use crate::directive::Directive;
use crate::listing::link_as;
use crate::page::Page;
use crate::{Problem, Tree};

/// What may be said of a case, up to where more is said.
const PASSES: &str = "passes";
const DIFFERS: &str = "differs: ";
const ONE_WORLD: &str = "one world: ";
const NOT_YET: &str = "not yet: ";
const START: &str = "Electron: ";
const IGNORE: &str = "#[ignore";

/// One case of Electron's.
struct Case {
    file: String,
    line: usize,
    /// What it is about, such as `ipcMain.handle`.
    object: String,
    name: String,
    /// How it is here: it begins with one of the words above.
    here: String,
    /// What stands below the comment.
    test: Option<Test>,
}

#[derive(Clone)]
struct Test {
    name: String,
    is_ignored: bool,
}

impl Case {
    /// All cases, in the order of the files.
    fn all(tree: &Tree) -> Vec<Self> {
        let mut cases = Vec::new();
        for name in tree.files("tests") {
            if name.ends_with(".rs") {
                let file = format!("tests/{name}");
                let text = tree.read(&file).unwrap_or_default();
                cases.extend(Self::of(&file, &text));
            }
        }
        cases
    }

    /// The cases of a file. What is said of one goes on to the next, to an empty
    /// line, or to the end of the comment.
    fn of(file: &str, all: &str) -> Vec<Self> {
        let mut cases: Vec<Self> = Vec::new();
        // Where those begin that this comment has, and whether one goes on.
        let (mut above, mut goes_on) = (0, false);
        let mut lines = (1..).zip(all.lines()).peekable();
        while let Some((line, text)) = lines.next() {
            let Some(said) = comment(text) else { continue };
            goes_on &= !said.is_empty();
            if let Some(case) = said.strip_prefix(START) {
                goes_on = true;
                cases.push(Self::begun(file, line, case));
            } else if let Some(case) = cases.last_mut()
                && goes_on
            {
                case.add(said);
            }
            if lines.peek().is_none_or(|(_, next)| comment(next).is_none()) {
                let below = lines.clone().map(|(_, line)| line.trim());
                let test = test(below, all);
                for case in &mut cases[above..] {
                    case.test.clone_from(&test);
                }
                (above, goes_on) = (cases.len(), false);
            }
        }
        cases
    }

    fn begun(file: &str, line: usize, case: &str) -> Self {
        let (object, name) = case.split_once(": ").unwrap_or(("", case));
        let (object, name) = (object.into(), name.into());
        let (file, here) = (file.into(), String::new());
        Self { file, line, object, name, here, test: None }
    }

    /// Adds a line to its name or, once that has been begun, to how it is here.
    fn add(&mut self, said: &str) {
        let words = [PASSES, DIFFERS, ONE_WORLD, NOT_YET];
        let begins = words.iter().any(|word| said.starts_with(word));
        if self.here.is_empty() && begins {
            self.here = said.into();
        } else {
            let both = [&mut self.name, &mut self.here];
            let to = both.into_iter().rfind(|it| !it.is_empty());
            to.into_iter().for_each(|to| *to += &format!(" {said}"));
        }
    }

    /// What is wrong with what is said of it.
    fn wrong(&self, tree: &Tree) -> Option<String> {
        let there = |chapter: &str| {
            let chapters = tree.chapters();
            chapters.into_iter().find(|slug| short(slug) == short(chapter))
        };
        let here = self.here.as_str();
        let chapter = [ONE_WORLD, NOT_YET]
            .iter()
            .find_map(|word| here.strip_prefix(word));
        let (is_open, is_ignored) = match &self.test {
            Some(test) => (false, test.is_ignored),
            None => (true, false),
        };
        Some(if self.object.is_empty() {
            "say what the case is about: `Electron: <object>: <name>`".into()
        } else if here.is_empty() {
            format!(
                "nothing says how this case is here; add a line `{PASSES}`, \
                 `{DIFFERS}<why>`, `{ONE_WORLD}ch18` or `{NOT_YET}<chapter>`"
            )
        } else if let Some(slug) = chapter.and_then(there) {
            format!("{slug} is there; try this case, and say how it is now")
        } else if here.starts_with(NOT_YET) != is_open {
            match is_open {
                true => {
                    "no test stands below this case, and none calls what does"
                        .into()
                }
                false => format!("`{NOT_YET}…` has no test: write it apart"),
            }
        } else if here == PASSES && is_ignored {
            "what is ignored does not pass".into()
        } else if here.starts_with(PASSES) && here != PASSES {
            format!("`{PASSES}` stands alone; else write `{DIFFERS}<why>`")
        } else {
            return None;
        })
    }
}

/// What a line of comment says, nothing if it is none.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim();
    let said = line.strip_prefix("///").or(line.strip_prefix("// "))?;
    Some(said.trim())
}

/// The test that begins with these lines, or a part of one: a function of its own
/// that tests of the file call.
fn test<'a>(lines: impl Iterator<Item = &'a str>, file: &str) -> Option<Test> {
    let (mut is_test, mut is_ignored) = (false, false);
    for line in lines {
        is_test |= line == "#[test]";
        is_ignored |= line.starts_with(IGNORE);
        if let Some(name) = line.strip_prefix("fn ") {
            let name = name.split('(').next()?.to_owned();
            if !is_test {
                is_ignored = callers(&name, file).all(|it| it.contains(IGNORE));
            }
            let is_run = is_test || callers(&name, file).next().is_some();
            return is_run.then_some(Test { name, is_ignored });
        } else if !line.starts_with("#[") {
            return None;
        }
    }
    None
}

/// What stands above the tests that call a function.
fn callers<'a>(name: &str, file: &'a str) -> impl Iterator<Item = &'a str> {
    let call = format!(" {name}(");
    let ends = file.match_indices("\nfn ").map(|(place, _)| place);
    ends.filter_map(move |place| {
        let (before, after) = file.split_at(place);
        let above = before.rsplit("\n}").next()?;
        let body = after.split("\n}").next()?.split_once('{')?.1;
        let calls = body.contains(&call) && above.contains("#[test]");
        calls.then_some(above)
    })
}

/// Each case says how it is, once, and is in the book.
pub(crate) fn check(tree: &Tree, pages: &[Page]) -> Vec<Problem> {
    let cases = Case::all(tree);
    let mut problems = Vec::new();
    let mut before = BTreeMap::new();
    for case in &cases {
        let mut add = |message| {
            problems.push(Problem::new(&case.file, case.line, message));
        };
        if let Some(message) = case.wrong(tree) {
            add(message);
        }
        if let Some(first) = before.insert((&case.object, &case.name), case) {
            let Case { file, line, .. } = first;
            add(format!("this case is in {file}:{line} already"));
        }
    }
    let mut directives = pages.iter().flat_map(|page| &page.directives);
    if let Some(case) = cases.first()
        && !directives
            .any(|at| Directive::parse(&at.what) == Ok(Directive::Cases))
    {
        let message = "no page has Electron's cases; add {{#cases}}";
        problems.push(Problem::new(&case.file, case.line, message));
    }
    problems
}

/// All cases as a table, by what they are about.
pub(crate) fn print(tree: &Tree) -> Result<String, String> {
    let mut objects = BTreeMap::<_, Vec<_>>::new();
    let cases = Case::all(tree);
    for case in &cases {
        objects.entry(&case.object).or_default().push(case);
    }
    // What is here comes first, and what waits as a whole last.
    let mut objects: Vec<_> = objects.into_iter().collect();
    let says = |word| move |case: &&Case| case.here.starts_with(word);
    objects.sort_by_key(|(_, cases)| {
        let passes = cases.iter().any(says(PASSES));
        (!passes, cases.iter().all(says(NOT_YET)))
    });
    if cases.is_empty() {
        return Err("no test says that it is a case of Electron's".into());
    }
    let count = |words: &[&str]| {
        let is_it =
            |case: &&Case| words.iter().any(|word| case.here.starts_with(word));
        cases.iter().filter(is_it).count()
    };
    let mut table = format!(
        "\n<figure class=\"listing\">\n<figcaption>{} cases: {} pass, {} \
         differ, {} wait for a chapter</figcaption>\n<div \
         class=\"table-wrapper\"><table class=\"tried\">\n<thead>\n<tr><th>\
         Electron's case</th><th>here</th><th>our test</th></tr>\n</thead>\n",
        cases.len(),
        count(&[PASSES]),
        count(&[DIFFERS]),
        count(&[ONE_WORLD, NOT_YET]),
    );
    for (object, cases) in objects {
        let object = code_in(&format!("`{object}`"));
        table += &format!(
            "<tbody>\n<tr><th colspan=\"3\" scope=\"rowgroup\">{object}</th>\
             </tr>\n"
        );
        for case in cases {
            let test = case.test.as_ref().map_or(String::new(), |test| {
                link_as(&case.file, &test.name.replace('_', " "))
            });
            table += &format!(
                "<tr><td>{}</td><td>{}</td><td>{test}</td></tr>\n",
                code_in(&case.name),
                code_in(&case.here)
            );
        }
        table += "</tbody>\n";
    }
    Ok(table + "</table></div>\n</figure>\n")
}

/// The files of the cases, to which their table leads.
pub(crate) fn files(tree: &Tree) -> Vec<String> {
    Case::all(tree).into_iter().map(|case| case.file).collect()
}
