//! Why a value and a type do not fit, in JavaScript's words, and where.
//! Chapter: ch11-values
use crate::number;
use serde::de::{self, Expected, Unexpected};
use serde::ser;
use std::fmt::{self, Display};

/// The error of our own serde formats: `.list[3]: expected a string, found a
/// Date`, or without a place where there is only one.
#[derive(Debug)]
pub(crate) struct Misfit(String);

impl Misfit {
    /// The same error, seen from outside.
    pub(crate) fn within(self, place: impl Display) -> Self {
        Self(join(place, "", &self.0))
    }
}

/// The same error, of an argument: `argument 1: expected …`, or as `values.js`
/// spells it where it is inside, `argument 1, .list[3]: expected …`.
pub(crate) fn of_argument(position: usize, error: &str) -> String {
    join(format!("argument {position}"), ", ", error)
}

/// Puts a place before an error, which may begin with a place already.
fn join(place: impl Display, divider: &str, error: &str) -> String {
    let has_place = error.starts_with(['.', '[', '<']);
    let between = if has_place { divider } else { ": " };
    format!("{place}{between}{error}")
}

/// The place of a property in its object, as JavaScript writes it: `.list`,
/// `["odd key"]`.
pub(crate) fn property(key: &str) -> String {
    let is_first = |c: char| c.is_alphabetic() || c == '_' || c == '$';
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    match key.starts_with(is_first) && key.chars().all(is_part) {
        true => format!(".{key}"),
        false => format!("[{key:?}]"),
    }
}

impl Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Misfit {}

impl ser::Error for Misfit {
    fn custom<T: Display>(text: T) -> Self {
        Self(text.to_string())
    }
}

impl de::Error for Misfit {
    fn custom<T: Display>(text: T) -> Self {
        Self(text.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("expected {expected}, found {}", Found(found)))
    }

    fn invalid_length(found: usize, expected: &dyn Expected) -> Self {
        Self(format!("expected {expected}, found {found} items"))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }
}

/// What serde found, in JavaScript's words.
struct Found<'a>(Unexpected<'a>);

impl Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unexpected::Bool(it) => write!(f, "{it}"),
            Unexpected::Unsigned(it) => write!(f, "{it}"),
            Unexpected::Signed(it) => write!(f, "{it}"),
            Unexpected::Float(it) => match number::name(it) {
                Some(name) => f.write_str(name),
                None => write!(f, "{it}"),
            },
            Unexpected::Str(it) => write!(f, "{it:?}"),
            Unexpected::Bytes(_) => f.write_str("bytes"),
            Unexpected::Unit => f.write_str("undefined"),
            Unexpected::Option => f.write_str("null"),
            Unexpected::Seq => f.write_str("an array"),
            Unexpected::Map => f.write_str("an object"),
            other => write!(f, "{other}"),
        }
    }
}
