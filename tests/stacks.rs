//! What a chapter is built with: with Tauri in the workspace, no more than it
//! would be without.
use std::{collections::BTreeSet, fs};
use workshop::{WorkingCopy, cargo, chapters, groups, is_tauri, root};

/// What counts when a program is run, and when it is built with tests.
const RUN: &str = "normal,build";
const TESTS: &str = "normal,build,dev";

#[test]
fn a_chapter_without_tauri_is_built_as_if_it_were_alone() {
    let mut chapters = chapters().unwrap();
    chapters.retain(|chapter| !is_tauri(chapter));
    assert!(chapters.len() >= 6, "there are only {chapters:?}");
    for chapter in chapters {
        let here = crates(RUN, &["--locked", "--package", &chapter]);
        for it in &here {
            assert!(!it.starts_with("tauri"), "{chapter} brings {it}");
            let body = it.starts_with("wry ") && it.contains("linux-body");
            assert!(!body, "{chapter} brings {it}");
        }
        let alone = WorkingCopy::of(&chapter, "features").unwrap();
        let alone = alone.write().unwrap();
        let alone = crates(RUN, &["--manifest-path", alone.to_str().unwrap()]);
        let more: Vec<_> = here.difference(&alone).collect();
        assert!(more.is_empty(), "in the workspace, {chapter} has {more:?}");
        assert_eq!(here, alone, "{chapter}");
    }
}

/// So the chapters with a menu need no group of their own: what they bring gives
/// no feature to what the others are built with.
#[test]
fn a_menu_changes_no_crate_of_the_chapters_that_have_none() {
    let [group, _] = groups().unwrap();
    let group: Vec<_> = group.iter().map(String::as_str).collect();
    let has_menu =
        |it: &BTreeSet<String>| it.iter().any(|it| name(it) == "muda");
    let mut chapters = chapters().unwrap();
    chapters.retain(|chapter| !is_tauri(chapter));
    let of = |chapter: &String| crates(RUN, &["--package", chapter]);
    let (with, without): (Vec<_>, Vec<_>) =
        chapters.iter().partition(|chapter| has_menu(&of(chapter)));
    assert!(!with.is_empty() && without.len() >= 6, "{with:?} {without:?}");
    let theirs: BTreeSet<_> = without.iter().flat_map(|it| of(it)).collect();
    let names: BTreeSet<_> = theirs.iter().map(|it| name(it)).collect();
    let built = |left_out: &[&str]| {
        let mut crates = crates(TESTS, &[&group[..], left_out].concat());
        crates.retain(|it| names.contains(name(it)) && !it.contains("(/"));
        crates
    };
    let left_out: Vec<_> =
        with.iter().flat_map(|it| ["--exclude", it.as_str()]).collect();
    assert_eq!(built(&[]), built(&left_out));
}

/// Tauri tells cargo to look at it, and what is missing looks changed: then each
/// `cargo run` would build the chapter anew.
#[test]
fn a_chapter_on_tauri_has_a_folder_for_capabilities() {
    let mut chapters = chapters().unwrap();
    chapters.retain(|chapter| is_tauri(chapter));
    assert!(chapters.len() >= 3, "there are only {chapters:?}");
    for chapter in chapters {
        let folder =
            root().join("chapters").join(&chapter).join("capabilities");
        // git keeps no empty one.
        let files = fs::read_dir(folder).map_or(0, Iterator::count);
        assert!(files > 0, "{chapter} has none, or an empty one");
    }
}

/// So the crates are not compiled again for it.
#[test]
fn a_changed_chapter_is_built_with_the_crates_of_its_tests() {
    let [without, with] = groups().unwrap();
    for (chapter, group) in
        [("ch02-page", without), ("ch07-tauri-preload", with)]
    {
        let names = crates(RUN, &["--locked", "--package", chapter]);
        let names: BTreeSet<_> = names.iter().map(|it| name(it)).collect();
        let of_chapter = |edges, program: &[&str]| {
            let mut crates = crates(edges, program);
            // A package of this workspace has another path there.
            crates.retain(|it| names.contains(name(it)) && !it.contains("(/"));
            crates
        };
        let group: Vec<_> = group.iter().map(String::as_str).collect();
        let tests = of_chapter(TESTS, &group);
        assert!(tests.len() > 90, "{tests:#?}");
        let copy = WorkingCopy::of(chapter, "stack").unwrap().write().unwrap();
        let copy =
            of_chapter(TESTS, &["--manifest-path", copy.to_str().unwrap()]);
        // What only a stack asks for is never compiled.
        let odd: Vec<_> = tests.difference(&copy).collect();
        assert!(odd.is_empty(), "{chapter}: {odd:#?}");
    }
}

/// A crate without its version and features.
fn name(of: &str) -> &str {
    of.split(' ').next().unwrap_or_default()
}

/// The crates that a program is made of, each with its version and features.
fn crates(edges: &str, program: &[&str]) -> BTreeSet<String> {
    let edges = ["--edges", edges, "--prefix", "none"];
    let mut tree = cargo(&["tree", "--offline", "--format", "{p} [{f}]"]);
    let tree = tree.args(edges).args(program).output().expect("cargo starts");
    let said = String::from_utf8_lossy(&tree.stderr);
    assert!(tree.status.success(), "{said}");
    let tree = String::from_utf8_lossy(&tree.stdout);
    // The first is the program itself. A crate that occurs again is marked.
    let crates = tree.lines().skip(1);
    crates.map(|it| it.trim_end_matches(" (*)").to_owned()).collect()
}
