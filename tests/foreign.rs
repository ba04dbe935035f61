//! What is in the way of a page from elsewhere once it has come, in spite of
//! the first defence: `tests/foreign` takes that one away.
#![cfg(target_os = "linux")]
use workshop::{Foreign, build_all, compile_all_tests, tell};

#[test]
fn without_its_first_defence_each_chapter_passes_the_tests_of_the_next() {
    let all = Foreign::all().unwrap();
    let copies: Vec<_> = all.iter().map(|it| it.copy().unwrap()).collect();
    let programs = build_all(&copies.iter().collect::<Vec<_>>());
    let tests = compile_all_tests().unwrap();
    let mut failed = Vec::new();
    for (number, (it, program)) in (1..).zip(all.iter().zip(programs)) {
        it.patch.field("title").unwrap();
        let proof = program.and_then(|path| it.prove(&path, &tests));
        let result = match proof {
            Ok(passed) => format!("{passed} passed"),
            Err(failure) => {
                failed.push(failure.message);
                "FAILED".into()
            }
        };
        tell(&format!("[{number}/{}] {}: {result}", all.len(), it.chapter()));
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
