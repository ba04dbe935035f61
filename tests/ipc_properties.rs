//! What holds for every value and every text, tried with many made by chance.
//!
//! The same few are made each time. To try a million, in release:
//! `IPC_CASES=1000000 cargo test --release -p common-ipc --test ipc_properties`
use ipc::wire::{decode, decode_args, encode};
use ipc::{BigInt, Bytes, Date, Error, Value, from_value};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use std::fmt::Debug;

/// Tries a property on `IPC_CASES` values, or on as many as take no time.
fn hold<S: Strategy>(all: S, property: impl Fn(S::Value))
where
    S::Value: Debug,
{
    let cases = std::env::var("IPC_CASES")
        .map_or(100, |it| it.parse().expect("a number"));
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let seed = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, seed);
    let run = |it| {
        property(it);
        Ok(())
    };
    runner.run(&all, run).unwrap_or_else(|why| panic!("{why}"));
}

fn values() -> impl Strategy<Value = Value> {
    let whole = any::<i64>().prop_map(|it| Value::Number(it as f64));
    let float = any::<u64>().prop_map(|it| Value::Number(f64::from_bits(it)));
    let date = prop_oneof![Just(f64::NAN), -8.64e15..8.64e15];
    let leaf = prop_oneof![
        Just(Value::Undefined),
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        whole,
        float,
        texts().prop_map(Value::String),
        any::<i128>().prop_map(|it| Value::BigInt(BigInt::from(it))),
        date.prop_map(|it| Value::Date(Date(it))),
        vec(any::<u8>(), 0..40).prop_map(|it| Value::Bytes(Bytes(it))),
        (texts(), texts())
            .prop_map(|(name, text)| Value::Error(Error::new(name, text))),
    ];
    leaf.prop_recursive(8, 60, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::Array),
            vec(inner.clone(), 0..6).prop_map(Value::Set),
            vec((texts(), inner.clone()), 0..6).prop_map(Value::Object),
            vec((inner.clone(), inner), 0..6).prop_map(Value::Map),
        ]
    })
}

/// Any text, and more often than by chance one that looks like ours.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "\\$?\\$?(date|map|set|bytes|number|error|x)?",
        Just("__proto__".to_owned()),
    ]
}

/// Pieces of messages in any order: what is almost right.
fn crafted() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "null",
        "true",
        "1",
        "-0",
        "1e999",
        "0.5",
        "\"\"",
        "\"NaN\"",
        "\"AA==\"",
        "\"\\ud800\"",
        "\"$date\":",
        "\"$map\":[",
        "\"$set\":[",
        "\"$error\":[",
        "\"$bytes\":",
        "\"$number\":",
        "\"$x\":",
        "\"$bigint\":",
        "\"$undefined\":",
        "\"$$\":",
        "{\"$map\":[",
        "\u{0}",
    ];
    let piece = prop::sample::select(PIECES);
    vec((piece, 1..300_usize, any::<u8>()), 0..30).prop_map(|pieces| {
        let repeat = |(it, times, rare): (&str, usize, u8)| {
            it.repeat(if rare < 16 { times } else { 1 })
        };
        pieces.into_iter().map(repeat).collect()
    })
}

#[test]
fn every_value_comes_back_as_itself() {
    hold(values(), |value| {
        let text = encode(&value).unwrap();
        let back = decode(&text).unwrap();
        // NaN does not equal itself, and -0 equals 0.
        assert_eq!(format!("{back:?}"), format!("{value:?}"), "{text}");
        assert_eq!(encode(&back).unwrap(), text);
        let read: Value = from_value(value).unwrap();
        assert_eq!(format!("{read:?}"), format!("{back:?}"), "{text}");
    });
}

#[test]
fn every_text_is_read_or_refused() {
    hold(any::<String>(), |text| {
        let _ = (decode(&text), decode_args(&text));
    });
    hold(vec(any::<u8>(), 0..200), |bytes| {
        let _ = decode(&String::from_utf8_lossy(&bytes));
    });
}

/// What is read of a text is written as one that is read as the same.
#[test]
fn every_crafted_text_is_read_or_refused() {
    hold(crafted(), |text| {
        let Ok(value) = decode(&text) else { return };
        let again = decode(&encode(&value).unwrap()).unwrap();
        assert_eq!(format!("{again:?}"), format!("{value:?}"), "{text}");
    });
}

#[test]
fn every_text_with_a_change_is_read_or_refused() {
    let changes = vec((any::<prop::sample::Index>(), any::<char>()), 1..4);
    hold((values(), changes, crafted()), |(value, changes, piece)| {
        let mut text: Vec<char> = encode(&value).unwrap().chars().collect();
        for (at, to) in changes {
            let at = at.index(text.len());
            text[at] = to;
        }
        let text: String = text.into_iter().collect();
        let _ = decode(&text);
        // And with a piece of another in its middle.
        let middle = text.len() / 2;
        let (head, tail) = text.split_at(text.floor_char_boundary(middle));
        let _ = decode(&[head, &piece, tail].concat());
    });
}
