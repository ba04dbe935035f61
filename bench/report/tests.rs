//! What is committed agrees with itself.

use std::path::Path;
use std::{env, fs};

use super::*;

/// Where the committed figures are, and all that is made of them.
fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../book/bench"))
}

#[test]
fn tables_and_charts_are_those_of_the_figures() {
    let json = fs::read_to_string(folder().join("figures.json")).unwrap();
    let figures = Figures::read(&json).unwrap();
    let mut expected = figures.files().unwrap();
    expected.insert("figures.json".into(), figures.json());
    let is_renewed = env::var_os("UPDATE").is_some();
    for (name, text) in &expected {
        if is_renewed {
            fs::write(folder().join(name), text).unwrap();
        }
        let there = fs::read_to_string(folder().join(name));
        let there = there.unwrap().replace("\r\n", "\n");
        assert!(there == *text, "{name} is not what figures.json says");
    }
    let there = fs::read_dir(folder()).unwrap();
    assert_eq!(there.count(), expected.len(), "a file that nothing makes");
}

#[test]
fn a_median_has_its_quartiles_beside_it() {
    let spread = Spread::of(vec![4.0, 1.0, 3.0, 2.0, 5.0]).unwrap();
    assert_eq!(spread, Spread { low: 2.0, median: 3.0, high: 4.0 });
    let rate = spread.map(|it| 12.0 / it);
    assert_eq!(rate, Spread { low: 3.0, median: 4.0, high: 6.0 });
    assert_eq!(Spread::of(Vec::new()), None);
}

#[test]
fn a_ratio_is_of_one_round() {
    let of = |figures: &[f64]| {
        BTreeMap::from([("ping".to_owned(), figures.to_vec())])
    };
    let run = BTreeMap::from([
        ("library".into(), of(&[100.0, 200.0, 300.0])),
        ("tauri".into(), of(&[200.0, 400.0, 900.0])),
    ]);
    let figures = Figures { runs: vec![run], ..Figures::default() };
    let verdicts = figures.verdicts();
    assert_eq!(verdicts.len(), 1);
    assert!(verdicts[0].is_met && verdicts[0].all.median == 0.5);
}
