//! What JSON lacks: on its way it is an object whose one key begins with `$`.
//! Chapter: ch11-values
use crate::{Bytes, Date, Error, Value, number};
use base64::{Engine, prelude::BASE64_STANDARD};

pub(crate) const UNDEFINED: &str = "$undefined";
pub(crate) const NUMBER: &str = "$number";
pub(crate) const BIGINT: &str = "$bigint";
pub(crate) const DATE: &str = "$date";
pub(crate) const BYTES: &str = "$bytes";
pub(crate) const MAP: &str = "$map";
pub(crate) const SET: &str = "$set";
pub(crate) const ERROR: &str = "$error";

/// Whether a key of the text is one of these. A key of an object that begins
/// with `$` has a second `$` in the text.
pub(crate) fn is_special(key: &str) -> bool {
    key.starts_with('$') && !key.starts_with("$$")
}

/// The value that `{"$key": payload}` stands for, or None if there is none.
pub(crate) fn join(key: &str, payload: Value) -> Option<Value> {
    Some(match (key, payload) {
        (UNDEFINED, Value::Null) => Value::Undefined,
        (NUMBER, Value::String(text)) => Value::Number(number::named(&text)?),
        (BIGINT, Value::String(text)) => Value::BigInt(text.parse().ok()?),
        (DATE, Value::Number(ms)) => Value::Date(Date(ms + 0.0)), // Never -0.
        (DATE, Value::Null) => Value::Date(Date(f64::NAN)),
        (BYTES, Value::String(text)) => {
            Value::Bytes(Bytes(BASE64_STANDARD.decode(text).ok()?))
        }
        (MAP, Value::Array(items)) => Value::Map(pairs(items)?),
        (SET, Value::Array(items)) => Value::Set(items),
        (ERROR, Value::Array(parts)) => Value::Error(error(parts)?),
        _ => return None,
    })
}

/// The other way, for what serde has no word for: an array of key and payload.
/// All else is itself.
pub(crate) fn split(value: Value) -> Value {
    let (key, payload) = match value {
        Value::BigInt(big) => (BIGINT, Value::String(big.to_string())),
        Value::Date(Date(ms)) => (DATE, Value::Number(ms)),
        Value::Map(pairs) => {
            let items = pairs.into_iter().flat_map(|(key, it)| [key, it]);
            (MAP, Value::Array(items.collect()))
        }
        Value::Set(items) => (SET, Value::Array(items)),
        Value::Error(error) => {
            let parts = [error.name(), error.message()];
            let parts = parts.map(|it| Value::String(it.to_owned()));
            (ERROR, Value::Array(parts.into()))
        }
        other => return other,
    };
    Value::Array(vec![Value::String(key.to_owned()), payload])
}

fn pairs(items: Vec<Value>) -> Option<Vec<(Value, Value)>> {
    let mut pairs = Vec::with_capacity(items.len() / 2);
    let mut items = items.into_iter();
    while let Some(key) = items.next() {
        pairs.push((key, items.next()?));
    }
    Some(pairs)
}

fn error(parts: Vec<Value>) -> Option<Error> {
    match <[Value; 2]>::try_from(parts).ok()? {
        [Value::String(name), Value::String(message)] => {
            Some(Error::new(name, message))
        }
        _ => None,
    }
}
