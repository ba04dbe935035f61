//! What a chapter is built with: with Tauri in the workspace, no more than it
//! would be without.
use std::collections::BTreeSet;
use workshop::{WorkingCopy, cargo, chapters, groups, is_tauri};

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
