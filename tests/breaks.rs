//! The suite is tried on every break: a test that no mistake can fail proves
//! nothing.
#![cfg(target_os = "linux")]
use std::process::Command;
use std::{fs, io};
use workshop::{Break, Kind, WorkingCopy, compile_tests_of, prove_all, root};

#[test]
fn every_break_is_seen_by_its_test() {
    prove_all(Kind::Break).unwrap_or_else(|it| panic!("{}", it.message));
}

#[test]
fn a_copy_is_changed_and_the_chapter_stays_as_it_was() {
    let chapter = root().join("chapters/ch02-page/main.rs");
    let before = fs::read(&chapter).unwrap();
    let copy = Break::find("ch02-page", "1").unwrap().copy().unwrap();
    let copy = copy.write().unwrap().with_file_name("main.rs");
    assert_ne!(fs::read(copy).unwrap(), before);
    assert_eq!(fs::read(chapter).unwrap(), before);
}

/// What makes the others fail is their mistake, not that they are copies.
#[test]
fn a_copy_without_a_mistake_passes_and_is_reported_as_not_seen() {
    let whole = WorkingCopy::of("ch02-page", "whole").unwrap();
    let tests = compile_tests_of("ch02-page").unwrap();
    let no_mistake = Break::find("ch02-page", "1").unwrap();
    let proof = no_mistake.prove(&whole.build().unwrap(), &tests);
    let message = proof.expect_err("its test passes").message;
    assert!(message.starts_with("ch02-page 1 is not seen"), "{message}");
}

#[test]
fn every_chapter_with_a_page_has_two_breaks_that_tell_the_reader_all() {
    for chapter in &workshop::chapters().unwrap()[1..] {
        let breaks = Break::of(chapter).unwrap();
        assert!(breaks.len() >= 2, "{chapter} has {}", breaks.len());
        for (number, it) in (1..).zip(&breaks) {
            assert_eq!(it.name(), format!("{chapter} {number}"));
            for key in ["title", "symptom", "cure", "caught-by", "failure"] {
                it.patch.field(key).unwrap();
            }
        }
    }
}

#[test]
fn where_nobody_reads_any_more_the_list_ends_quietly() {
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let list = Command::new(env!("CARGO_BIN_EXE_workshop"))
        .args(["break", "ch02-page"])
        .stdout(writer)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&list.stderr), "");
    assert!(list.status.success(), "{}", list.status);
}
