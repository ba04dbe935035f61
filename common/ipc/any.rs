//! A [`Value`] as a type for serde, among a handler's own types.
//! Chapter: ch11-values
use crate::collections::Flat;
use crate::{Bytes, Value, special};
use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Undefined => to.serialize_unit(),
            Self::Null => to.serialize_none(),
            Self::Bool(it) => to.serialize_bool(*it),
            Self::Number(it) => to.serialize_f64(*it),
            Self::String(it) => to.serialize_str(it),
            Self::BigInt(it) => it.serialize(to),
            Self::Date(it) => it.serialize(to),
            Self::Bytes(it) => it.serialize(to),
            Self::Array(items) => to.collect_seq(items),
            Self::Object(entries) => {
                to.collect_map(entries.iter().map(|(key, it)| (key, it)))
            }
            Self::Map(pairs) => {
                to.serialize_newtype_struct(special::MAP, &Flat(pairs))
            }
            Self::Set(items) => {
                to.serialize_newtype_struct(special::SET, items)
            }
            Self::Error(it) => it.serialize(to),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any)
    }
}

/// What a visitor that makes a [`Value`] does with what has no parts. The one
/// of `decode.rs` does the same.
macro_rules! visit_plain {
    () => {
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
    };
}
pub(crate) use visit_plain;

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Undefined)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    visit_plain!();

    fn visit_string<E>(self, it: String) -> Result<Value, E> {
        Ok(Value::String(it))
    }

    fn visit_bytes<E>(self, it: &[u8]) -> Result<Value, E> {
        Ok(Value::Bytes(Bytes(it.to_owned())))
    }

    fn visit_byte_buf<E>(self, it: Vec<u8>) -> Result<Value, E> {
        Ok(Value::Bytes(Bytes(it)))
    }

    fn visit_seq<A>(self, mut from: A) -> Result<Value, A::Error>
    where
        A: SeqAccess<'de>,
    {
        let mut items = Vec::new();
        while let Some(item) = from.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A>(self, mut from: A) -> Result<Value, A::Error>
    where
        A: MapAccess<'de>,
    {
        let mut entries = Vec::new();
        while let Some(entry) = from.next_entry()? {
            entries.push(entry);
        }
        Ok(Value::Object(entries))
    }

    /// What serde has no method for comes with its name.
    fn visit_newtype_struct<D>(self, from: D) -> Result<Value, D::Error>
    where
        D: Deserializer<'de>,
    {
        let (key, payload) = <(String, Value)>::deserialize(from)?;
        special::join(&key, payload)
            .ok_or_else(|| de::Error::custom("no such value"))
    }
}
