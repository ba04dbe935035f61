//! Small changes of chapters and of `common` that no test may overlook, in
//! `tests/mutants`.
#![cfg(target_os = "linux")]
use std::fs;
use workshop::{Break, Kind, prove_all, root, table};

#[test]
fn every_mutant_is_seen_by_its_test() {
    let mutants = Break::all(Kind::Mutant).unwrap();
    for it in &mutants {
        it.patch.field("title").unwrap();
    }
    let (table, unseen) = table(prove_all(&mutants).unwrap());
    print!("{table}");
    let folder = root().join("target/workshop");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("mutants.txt"), table).unwrap();
    assert!(unseen.is_empty(), "{}", unseen.join("\n\n"));
}
