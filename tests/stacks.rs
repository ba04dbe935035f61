//! What a chapter is built with: with Tauri in the workspace, no more than it
//! would be without.
use std::collections::BTreeSet;
use workshop::{WorkingCopy, cargo, chapters, is_tauri};

#[test]
fn a_chapter_without_tauri_is_built_as_if_it_were_alone() {
    let mut chapters = chapters().unwrap();
    chapters.retain(|chapter| !is_tauri(chapter));
    assert!(chapters.len() >= 6, "there are only {chapters:?}");
    for chapter in chapters {
        let here = crates(&["--locked", "--package", &chapter]);
        for it in &here {
            assert!(!it.starts_with("tauri"), "{chapter} brings {it}");
            let body = it.starts_with("wry ") && it.contains("linux-body");
            assert!(!body, "{chapter} brings {it}");
        }
        let alone = WorkingCopy::of(&chapter, "features").unwrap();
        let alone = alone.write().unwrap();
        let alone = crates(&["--manifest-path", alone.to_str().unwrap()]);
        let more: Vec<_> = here.difference(&alone).collect();
        assert!(more.is_empty(), "in the workspace, {chapter} has {more:?}");
        assert_eq!(here, alone, "{chapter}");
    }
}

/// The crates that a program is made of, each with its version and features.
fn crates(program: &[&str]) -> BTreeSet<String> {
    let edges = ["--edges", "normal,build", "--prefix", "none"];
    let mut tree = cargo(&["tree", "--offline", "--format", "{p} [{f}]"]);
    let tree = tree.args(edges).args(program).output().expect("cargo starts");
    let said = String::from_utf8_lossy(&tree.stderr);
    assert!(tree.status.success(), "{said}");
    let tree = String::from_utf8_lossy(&tree.stdout);
    // The first is the program itself. A crate that occurs again is marked.
    let crates = tree.lines().skip(1);
    crates.map(|it| it.trim_end_matches(" (*)").to_owned()).collect()
}
