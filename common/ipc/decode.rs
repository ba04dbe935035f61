//! The text of a message, read as a value.
//! Chapter: ch11-values
use crate::any::visit_plain;
use crate::misfit::Misfit;
use crate::special::{self, is_special};
use crate::value::{too_deep, too_many};
use crate::{Error, MAX_DEPTH, MAX_VALUES, Value};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess};
use serde_json::Deserializer as Json;
use std::{cell::Cell, fmt};

/// Reads one value.
///
/// # Errors
/// Where the text is no JSON, is too deep, or has a `$` where none belongs.
pub fn decode(text: &str) -> Result<Value, Error> {
    read(text, 0)
}

/// Reads the arguments of a message. Neither [`MAX_DEPTH`] nor [`MAX_VALUES`]
/// counts their array, so a value that was returned can be sent again.
///
/// # Errors
/// As [`decode`], and where the text is no array.
pub fn decode_args(text: &str) -> Result<Vec<Value>, Error> {
    match read(text, 1)? {
        Value::Array(args) => Ok(args),
        other => Err(other.is_not::<Misfit>("arguments").into()),
    }
}

/// The text is untrusted: what bounds the stack is our own count of its depth,
/// since serde_json's would count a Map twice.
fn read(text: &str, uncounted: usize) -> Result<Value, Error> {
    let mut json = Json::from_str(text);
    json.disable_recursion_limit();
    let room = MAX_DEPTH + uncounted;
    let left = &Cell::new(MAX_VALUES + uncounted);
    let reader = Reader { room, left, is_payload: false };
    let value = reader.deserialize(&mut json)?;
    json.end()?;
    Ok(value)
}

/// Reads a value that may have so many containers, of a message for which so
/// many values are left. Or what stands beside a `$key`, which is no object.
#[derive(Clone, Copy)]
struct Reader<'a> {
    room: usize,
    left: &'a Cell<usize>,
    is_payload: bool,
}

impl Reader<'_> {
    fn inside<E: de::Error>(self) -> Result<Self, E> {
        match self.room.checked_sub(1) {
            Some(room) => Ok(Self { room, is_payload: false, ..self }),
            None => Err(E::custom(too_deep())),
        }
    }

    fn visit_special<'de, A>(
        self,
        key: &str,
        mut from: A,
    ) -> Result<Value, A::Error>
    where
        A: MapAccess<'de>,
    {
        let payload = Self { is_payload: true, ..self };
        let payload = from.next_value_seed(payload)?;
        if from.next_key::<String>()?.is_some() {
            return Err(not_alone(key));
        }
        let text = format!("{key} with {}: no such value", payload.kind());
        special::join(key, payload).ok_or_else(|| de::Error::custom(text))
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D>(self, from: D) -> Result<Value, D::Error>
    where
        D: Deserializer<'de>,
    {
        // What stands beside a `$key` is one value with it.
        if !self.is_payload {
            let left = self.left.get().checked_sub(1);
            self.left.set(left.ok_or_else(too_many::<D::Error>)?);
        }
        from.deserialize_any(self)
    }
}

impl<'de> de::Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    visit_plain!();

    fn visit_seq<A>(self, mut from: A) -> Result<Value, A::Error>
    where
        A: SeqAccess<'de>,
    {
        let inside = self.inside()?;
        let mut items = Vec::new();
        while let Some(item) = from.next_element_seed(inside)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A>(self, mut from: A) -> Result<Value, A::Error>
    where
        A: MapAccess<'de>,
    {
        if self.is_payload {
            return Err(de::Error::custom("an object beside a `$key`"));
        }
        let mut next = from.next_key::<String>()?;
        if let Some(key) = next.as_deref().filter(|it| is_special(it)) {
            return self.visit_special(key, from);
        }
        let inside = self.inside()?;
        let mut entries = Vec::new();
        while let Some(mut key) = next {
            if is_special(&key) {
                return Err(not_alone(&key));
            }
            if key.starts_with('$') {
                key.remove(0);
            }
            entries.push((key, from.next_value_seed(inside)?));
            next = from.next_key()?;
        }
        Ok(Value::Object(entries))
    }
}

/// Why an object is refused that has one of our own keys and others.
fn not_alone<E: de::Error>(key: &str) -> E {
    E::custom(format!("{key} is not the only key of its object"))
}
