//! Proves that the programs are in the book: puts them together again from
//! the rendered pages alone, as a reader could, and compiles them.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use dom_query::Document;

use crate::fixture::{Fixture, MAIN, PAGE, VALUES, VALUES_PAGE};
use crate::library::{FOLDER, Module};
use crate::{Tree, changes, render, render_into};

/// A chapter's files and their texts.
type Files = BTreeMap<String, String>;

/// The chapters as the pages' diffs give them, page after page.
fn rebuilt(
    tree: &Tree,
    site: &Path,
) -> Result<BTreeMap<String, Files>, String> {
    let mut chapters = BTreeMap::<String, Files>::new();
    for slug in tree.chapters() {
        let page = format!("{slug}.html");
        let html = fs::read_to_string(site.join(&page)).unwrap();
        let document = Document::from(html);
        let mut files = None;
        for figure in document.select("figure.listing").iter() {
            let caption = figure.select("figcaption").text().to_string();
            let mut words = caption.split(", ");
            let path = words.next().unwrap_or_default();
            let Some((from, name)) = path
                .strip_prefix("chapters/")
                .and_then(|path| path.split_once('/'))
            else {
                continue;
            };
            let change = words.next().unwrap_or_default();
            let old = match change.rsplit_once(' ') {
                Some((what, slug)) if what.ends_with("since") => slug,
                Some(("removed in", _)) => from,
                _ if change == "a new file" => "",
                _ => continue,
            };
            let files = files.get_or_insert_with(|| {
                let mut files = chapters.get(old).cloned().unwrap_or_default();
                files.remove(changes::ALONE);
                files
            });
            let shown = figure.select("code.language-diff").text();
            let text = files.remove(name).unwrap_or_default();
            let patch = diffy::Patch::from_str(&shown)
                .map_err(|why| format!("{page}, {path}: {why}"))?;
            let text = diffy::apply(&text, &patch)
                .map_err(|why| format!("{page}, {path}: {why}"))?;
            if !change.starts_with("removed") {
                files.insert(name.to_owned(), text);
            }
        }
        chapters.insert(slug, files.unwrap_or_default());
    }
    Ok(chapters)
}

/// The library's files as its modules' pages print them, piece by piece. Between
/// two pieces are blank lines, or unit tests.
fn library(tree: &Tree, site: &Path) -> Result<Files, String> {
    let mut files = BTreeMap::<String, Vec<String>>::new();
    for module in Module::all(tree) {
        let page = format!("{}.html", module.slug());
        let html = fs::read_to_string(site.join(&page)).unwrap();
        for figure in Document::from(html).select("figure.listing").iter() {
            let caption = figure.select("figcaption").text().to_string();
            let (file, place) = caption.split_once(", line").unwrap();
            let first = place.trim_start_matches(['s', ' ']).split('–').next();
            let first: usize = first.unwrap().parse().unwrap();
            let lines = files.entry(file.to_owned()).or_default();
            for (at, line) in
                (first - 1..).zip(figure.select("pre code").text().lines())
            {
                lines.resize(lines.len().max(at + 1), String::new());
                if !lines[at].is_empty() {
                    return Err(format!("{page} has {line:?} twice"));
                }
                lines[at] = line.to_owned();
            }
        }
    }
    let whole = |lines: Vec<String>| lines.join("\n") + "\n";
    Ok(files.into_iter().map(|(file, lines)| (file, whole(lines))).collect())
}

/// The files of the library that are not as the book has them, but for blank
/// lines and unit tests.
fn different_modules(tree: &Tree, rebuilt: &Files) -> Vec<String> {
    let modules = Module::all(tree).into_iter();
    let mut files: Vec<_> = modules.flat_map(|it| it.printed(tree)).collect();
    files.retain(|file| {
        let text = tree.read(file).unwrap();
        let printed = rebuilt.get(file).map_or("", String::as_str);
        let mut printed = (1..).zip(printed.split_inclusive('\n'));
        let all = changes::lines(file, &text);
        let blank = |line: &str| line.trim().is_empty();
        all.iter().any(|&(number, line)| {
            let it = printed.find(|it| it.0 == number);
            it.map_or(!blank(line), |it| it.1.trim_end() != line.trim_end())
        })
    });
    files
}

/// The chapters in the tree, without what ties them to it.
fn originals(tree: &Tree) -> BTreeMap<String, Files> {
    let files = |slug: &String| {
        let folder = format!("chapters/{slug}");
        let read = |name: String| {
            let text = changes::text(tree, &format!("{folder}/{name}"));
            Some((name, text.unwrap()?))
        };
        tree.files(&folder).into_iter().filter_map(read).collect()
    };
    tree.chapters().iter().map(|slug| (slug.clone(), files(slug))).collect()
}

/// What the book gives differs from the tree in these files.
fn differences(tree: &Tree) -> Vec<String> {
    let index = render(tree).unwrap();
    let site = index.parent().unwrap();
    let (rebuilt, library) = match (rebuilt(tree, site), library(tree, site)) {
        (Ok(rebuilt), Ok(library)) => (rebuilt, library),
        (Err(why), _) | (_, Err(why)) => return vec![why],
    };
    let mut different = different_modules(tree, &library);
    for (slug, files) in originals(tree) {
        let names = files.keys().chain(rebuilt[&slug].keys());
        for name in names {
            if files.get(name) != rebuilt[&slug].get(name) {
                different.push(format!("{slug}/{name}"));
            }
        }
    }
    different.sort();
    different.dedup();
    different
}

#[test]
fn the_chapters_are_in_the_book_byte_for_byte_and_compile() {
    let tree = Tree::workspace();
    let rendered = tempfile::tempdir().unwrap();
    render_into(&tree, rendered.path()).unwrap();
    let chapters = rebuilt(&tree, rendered.path()).unwrap();
    assert_eq!(chapters, originals(&tree));
    let library = library(&tree, rendered.path()).unwrap();
    assert_eq!(different_modules(&tree, &library), Vec::<String>::new());

    let folder = tempfile::tempdir().unwrap();
    for (slug, files) in &chapters {
        for (name, text) in files {
            let file = folder.path().join("chapters").join(slug).join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
    }
    // The root of the repository is what the pages start from, with `common`:
    // versions and lints. Only what the book is not about is left out of it.
    let common = tree.files("common").into_iter();
    let common = common.map(|file| format!("common/{file}"));
    let common = common.filter(|file| !file.starts_with(FOLDER));
    for (file, text) in &library {
        let text = changes::lines(file, text).into_iter().map(|it| it.1);
        let file = folder.path().join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text.collect::<String>()).unwrap();
    }
    for file in common.chain(["Cargo.lock".into()]) {
        let copy = folder.path().join(&file);
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::copy(tree.path(&file), copy).unwrap();
    }
    let root = tree.read("Cargo.toml").unwrap();
    let mut root: toml::Table = toml::from_str(&root).unwrap();
    for members in ["members", "default-members"] {
        root["workspace"][members] = vec!["chapters/*"].into();
    }
    // In one target folder, Cargo would take these packages for ours: it goes
    // by name, version, and path from the root.
    root["workspace"]["package"]["version"] = "0.1.0-rebuilt".into();
    fs::write(folder.path().join("Cargo.toml"), root.to_string()).unwrap();
    // This test is target/debug/deps/book_tool-….
    let test = env::current_exe().unwrap();
    let target = test.ancestors().nth(3).unwrap();
    // All in one go, those with Tauri too: that a chapter compiles does not
    // depend on the features that the others ask of wry.
    let built = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--workspace"])
        .current_dir(folder.path())
        // What the chapters depend on has been checked before.
        .env("CARGO_TARGET_DIR", target)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{said}");
}

#[test]
fn files_that_come_go_and_end_without_a_line_end_are_rebuilt() {
    let fixture = Fixture::new();
    fixture.write("chapters/ch01-window/gone.js", "gone();\n");
    fixture.write("chapters/ch01-window/same.js", "same();\n\n\n");
    fixture.write("chapters/ch02-page/same.js", "same();\n\n\n");
    fixture.write("chapters/ch02-page/html.html", "<!-- & &amp; -->\n  ```\n");
    fixture.write(MAIN, "\n\nfn main() {\n    \n}\n\n \n// end");
    assert_eq!(differences(&fixture.tree), Vec::<String>::new());
}

#[test]
fn a_page_that_hides_a_change_does_not_rebuild_its_chapter() {
    let fixture = Fixture::new();
    fixture.replace(PAGE, "{{#diff ch01-window ch02-page}}", "");
    let different = ["ch02-page/Cargo.toml", "ch02-page/main.rs"];
    assert_eq!(differences(&fixture.tree), different);
    fixture.append(PAGE, "<!--\n\n{{#diff ch01-window ch02-page}}\n\n-->\n");
    assert_eq!(differences(&fixture.tree), different);
}

#[test]
fn the_library_is_rebuilt_from_its_modules_pages() {
    let fixture = Fixture::with_library();
    assert_eq!(differences(&fixture.tree), Vec::<String>::new());
    let tests = "\n#[cfg(test)]\nmod tests {\n}\n\nfn last() {\n}\n";
    fixture.append("common/ipc/lib.rs", tests);
    let page = "book/src/ipc-lib.md";
    let all = "{{#code ipc/lib.rs}}";
    let pieces = "{{#code ipc/lib.rs from='//!' to='mod value'}}\n\nAnd:\n\n\
                  {{#code ipc/lib.rs from='fn last' to='^}'}}";
    fixture.replace(page, all, pieces);
    assert_eq!(differences(&fixture.tree), Vec::<String>::new());
    // Of what no page prints, and of what one prints in a comment, nobody has it.
    fixture.replace(VALUES_PAGE, "{{#code ipc/values.js}}", "");
    assert_eq!(differences(&fixture.tree), [VALUES]);
    fixture.append(VALUES_PAGE, "<!--\n\n{{#code ipc/values.js}}\n\n-->\n");
    assert_eq!(differences(&fixture.tree), [VALUES]);
    fixture.replace(page, "to='mod value'", "to='//!'");
    assert_eq!(differences(&fixture.tree), ["common/ipc/lib.rs", VALUES]);
}
