//! Small changes of chapters and of `common` that no test may overlook, in
//! `tests/mutants`.
#![cfg(target_os = "linux")]
use workshop::{Kind, prove_all};

#[test]
fn every_mutant_is_seen_by_its_test() {
    prove_all(Kind::Mutant).unwrap_or_else(|it| panic!("{}", it.message));
}
