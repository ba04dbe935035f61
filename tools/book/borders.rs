//! Which modules of the library a module names. `lib.rs` and `app.rs` put all of
//! them together; every other names those of its own chapter and of earlier ones
//! only, so that a reader has met what it names.

use std::fmt::Write as _;

use crate::changes::lines;
use crate::library::Module;
use crate::page::Page;
use crate::{Problem, Tree};

/// The modules that may name any.
const WHOLE: [&str; 2] = ["lib.rs", "app.rs"];

/// No module names one of a later chapter.
pub(crate) fn check(tree: &Tree, _pages: &[Page]) -> Vec<Problem> {
    let modules = Module::all(tree);
    let lib = code(tree, "lib.rs");
    let exported = exported(&lib);
    let mut problems = Vec::new();
    for module in modules.iter().filter(|it| !WHOLE.contains(&&*it.name)) {
        let code = code(tree, &module.name);
        for (offset, name) in named(&code) {
            let mut add = |message| {
                let line = code[..offset].matches('\n').count() + 1;
                problems.push(Problem::new(module.file(), line, message));
            };
            let by_lib = exported.iter().find(|(item, _)| *item == name);
            let file = by_lib.map_or(name, |(_, module)| module);
            let is_it = |it: &&Module| it.name == file || it.stem() == file;
            match modules.iter().find(is_it) {
                _ if name == "*" => {
                    add("this names all modules; name what it needs".into());
                }
                Some(later) if later.chapter > module.chapter => {
                    let of = |it: &Module| it.chapter.clone();
                    add(format!(
                        "{} is of {}, and names {}, which {} brings; declare \
                         a trait here, and let app.rs fill it",
                        module.name,
                        of(module).unwrap_or_default(),
                        later.name,
                        of(later).unwrap_or_default()
                    ));
                }
                _ => {}
            }
        }
    }
    problems
}

/// A module without its comments and tests; each line is where it was.
fn code(tree: &Tree, name: &str) -> String {
    let file = format!("common/ipc/{name}");
    let text = tree.read(&file).unwrap_or_default();
    let (mut code, mut written) = (String::new(), 1);
    for (number, line) in lines(&file, &text) {
        code += &"\n".repeat(number - written);
        written = number + 1;
        let is_comment = line.trim_start().starts_with("//");
        _ = write!(code, "{}", if is_comment { "\n" } else { line });
    }
    code
}

/// The names that stand after `crate::` and `super::`, and the files that are
/// included, each with its place.
fn named(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (offset, _) in code.match_indices(start) {
            let rest = &code[offset + start.len()..];
            found.extend(firsts(rest).into_iter().map(|it| (offset, it)));
        }
    }
    for (offset, start) in code.match_indices("include_str!(\"") {
        let rest = &code[offset + start.len()..];
        found.extend(rest.split('"').next().map(|name| (offset, name)));
    }
    found.sort_unstable();
    found
}

/// The first name of a path, or of each path in braces.
fn firsts(rest: &str) -> Vec<&str> {
    let Some(group) = rest.strip_prefix('{') else {
        return vec![word(rest)];
    };
    let (mut depth, mut firsts) = (0, vec![word(group)]);
    for (offset, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => firsts.push(word(&group[offset + 1..])),
            _ => {}
        }
    }
    firsts
}

fn word(text: &str) -> &str {
    let text = text.trim_start();
    let is_inner = |c: char| c.is_alphanumeric() || c == '_';
    let end = text.find(|c| !is_inner(c)).unwrap_or(text.len());
    if text.starts_with('*') { "*" } else { &text[..end] }
}

/// What the library's root has of its modules: each name, and its module.
fn exported(lib: &str) -> Vec<(&str, &str)> {
    let uses = lib.split("use ").skip(1);
    let items = uses.filter_map(|it| {
        let (path, items) = it.split(';').next()?.split_once("::")?;
        let items = items.split(|c: char| !c.is_alphanumeric() && c != '_');
        Some(items.map(move |item| (item, path)))
    });
    items.flatten().filter(|(item, _)| !item.is_empty()).collect()
}
