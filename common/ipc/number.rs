//! Numbers: JavaScript has one kind, JSON loses four of them, Rust has many.
//! Chapter: ch11-values
use crate::misfit::Misfit;
use serde::de::{self, Unexpected, Visitor};

/// JavaScript: `Number.MAX_SAFE_INTEGER`. Beyond it, integers have gaps.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// The numbers that `JSON.stringify` loses, and JavaScript's names for them.
const NAMED: [(&str, f64); 4] = [
    ("NaN", f64::NAN),
    ("Infinity", f64::INFINITY),
    ("-Infinity", f64::NEG_INFINITY),
    ("-0", -0.0),
];

pub(crate) fn named(name: &str) -> Option<f64> {
    NAMED.iter().find(|it| it.0 == name).map(|it| it.1)
}

pub(crate) fn name(number: f64) -> Option<&'static str> {
    // NaN equals no NaN, and -0 equals 0, but for their bits.
    let bits = if number.is_nan() { f64::NAN } else { number }.to_bits();
    NAMED.iter().find(|it| it.1.to_bits() == bits).map(|it| it.0)
}

/// Whether a number is whole and can be told from the next one.
pub(crate) fn is_integer(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER
}

/// Gives a number to a type that takes integers only.
pub(crate) fn visit_integer<'de, V: Visitor<'de>>(
    number: f64,
    to: V,
) -> Result<V::Value, Misfit> {
    match is_integer(number) {
        true if number < 0.0 => to.visit_i64(number as i64),
        true => to.visit_u64(number as u64),
        false => Err(de::Error::invalid_value(Unexpected::Float(number), &to)),
    }
}

/// Gives a number to a type that does not say what it takes. A `u8` refuses
/// `5.0`, so a whole number comes as an integer; as such, -0 would be 0.
pub(crate) fn visit_number<'de, V: Visitor<'de>>(
    number: f64,
    to: V,
) -> Result<V::Value, Misfit> {
    match is_integer(number) && name(number).is_none() {
        true => visit_integer(number, to),
        false => to.visit_f64(number),
    }
}
