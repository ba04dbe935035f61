//! The text of a message, read as a value.
//! Chapter: ch11-values
use crate::misfit::Misfit;
use crate::special::{self, is_special};
use crate::{Error, MAX_DEPTH, Value};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess};
use serde_json::Deserializer as Json;
use std::fmt;

/// Reads one value.
///
/// # Errors
/// Where the text is no JSON, is too deep, or has a `$` where none belongs.
pub fn decode(text: &str) -> Result<Value, Error> {
    read(text, MAX_DEPTH)
}

/// Reads the arguments of a message. Their array is none of the containers
/// that [`MAX_DEPTH`] counts, so a value that was returned can be sent again.
///
/// # Errors
/// As [`decode`], and where the text is no array.
pub fn decode_args(text: &str) -> Result<Vec<Value>, Error> {
    match read(text, MAX_DEPTH + 1)? {
        Value::Array(args) => Ok(args),
        other => Err(other.is_not::<Misfit>("arguments").into()),
    }
}

/// The text is untrusted: what bounds the stack is our own count of its depth,
/// since serde_json's would count a Map twice.
fn read(text: &str, room: usize) -> Result<Value, Error> {
    let mut json = Json::from_str(text);
    json.disable_recursion_limit();
    let value = Reader { room, is_payload: false }.deserialize(&mut json)?;
    json.end()?;
    Ok(value)
}

/// Reads a value for which so many containers are left, or what stands beside
/// a `$key`, which is no object.
#[derive(Clone, Copy)]
struct Reader {
    room: usize,
    is_payload: bool,
}

impl Reader {
    fn inside<E: de::Error>(self) -> Result<Self, E> {
        match self.room.checked_sub(1) {
            Some(room) => Ok(Self { room, is_payload: false }),
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

/// Why a value is refused that has more than [`MAX_DEPTH`] containers.
pub(crate) fn too_deep() -> String {
    format!("more than {MAX_DEPTH} arrays or objects inside one another")
}

impl<'de> DeserializeSeed<'de> for Reader {
    type Value = Value;

    fn deserialize<D>(self, from: D) -> Result<Value, D::Error>
    where
        D: Deserializer<'de>,
    {
        from.deserialize_any(self)
    }
}

impl<'de> de::Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, it: bool) -> Result<Value, E> {
        Ok(Value::Bool(it))
    }

    fn visit_i64<E>(self, it: i64) -> Result<Value, E> {
        Ok(Value::Number(it as f64))
    }

    fn visit_u64<E>(self, it: u64) -> Result<Value, E> {
        Ok(Value::Number(it as f64))
    }

    fn visit_f64<E>(self, it: f64) -> Result<Value, E> {
        Ok(Value::Number(it))
    }

    fn visit_str<E>(self, it: &str) -> Result<Value, E> {
        Ok(Value::String(it.to_owned()))
    }

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
