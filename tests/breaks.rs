//! The suite is tried on every break: a test that no mistake can fail proves
//! nothing.
#![cfg(target_os = "linux")]
use std::sync::Mutex;
use std::thread;
use workshop::{Break, WorkingCopy, compile_all_tests, root};

#[test]
fn every_break_is_seen_by_its_test() {
    let breaks = Break::all().unwrap();
    let programs: Vec<_> = breaks.iter().map(|it| it.copy()?.build()).collect();
    let tests = compile_all_tests().unwrap();

    let queue = Mutex::new(breaks.iter().zip(programs));
    let results = Mutex::new(Vec::new());
    thread::scope(|scope| {
        // Broken chapters mostly wait, so more of them than there are cores.
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap().next();
                    let Some((it, program)) = next else { break };
                    let seen =
                        program.and_then(|it_is| it.prove(&it_is, &tests));
                    let test = it.patch.field("caught-by").unwrap();
                    results.lock().unwrap().push((it.name(), test, seen));
                }
            });
        }
    });

    let mut table = String::new();
    let mut unseen = Vec::new();
    let mut results = results.into_inner().unwrap();
    results.sort_by(|one, other| one.0.cmp(&other.0));
    for (name, test, seen) in results {
        match seen {
            Ok(message) => table += &format!("{name} | {test} | {message}\n"),
            Err(failure) => unseen.push(failure.message),
        }
    }
    print!("{table}");
    std::fs::write(root().join("target/workshop/breaks.txt"), table).unwrap();
    assert!(unseen.is_empty(), "{}", unseen.join("\n\n"));
}

/// What makes the others fail is their mistake, not that they are copies.
#[test]
fn a_copy_without_a_mistake_passes_and_is_reported_as_not_seen() {
    let whole = WorkingCopy::of("ch02-page", "whole").unwrap();
    let tests = compile_all_tests().unwrap();
    let no_mistake = Break::find("ch02-page", "1").unwrap();
    let proof = no_mistake.prove(&whole.build().unwrap(), &tests);
    let message = proof.expect_err("its test passes").message;
    assert!(message.starts_with("ch02-page 1 is not seen"), "{message}");
}

#[test]
fn every_chapter_with_a_page_has_two_breaks_that_tell_the_reader_all() {
    let breaks = Break::all().unwrap();
    assert!(breaks.len() >= 14, "there are only {}", breaks.len());
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
