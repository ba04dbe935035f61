//! A value, read as the type that a handler asks for.
//! Chapter: ch11-values
use crate::access::{Entries, Items};
use crate::misfit::Misfit;
use crate::number::{visit_integer, visit_number};
use crate::{Error, Value, special};
use serde::de::value::{MapAccessDeserializer, StringDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, Visitor};

/// Reads a value as a type of your own.
///
/// ```
/// # fn main() -> ipc::Result {
/// let value = ipc::Value::Array(vec![ipc::Value::Number(5.0)]);
/// let list: Vec<u32> = ipc::from_value(value)?;
/// assert_eq!(list, [5]);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Where the value does not fit, with the place, what was expected and what
/// was found: `.list[3]: expected a string, found a Date`.
pub fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, Error> {
    Ok(T::deserialize(Typed(value))?)
}

/// A type asks it for what it needs; it gives its value, or refuses.
pub(crate) struct Typed(pub(crate) Value);

type Answer<'de, V> = Result<<V as Visitor<'de>>::Value, Misfit>;

/// Methods by which types ask for one kind of value.
macro_rules! asked {
    ($($($method:ident)*:
        $words:literal, $kind:pat => |$to:ident| $give:expr;)*) => {$($(
        fn $method<V: Visitor<'de>>(self, $to: V) -> Answer<'de, V> {
            match self.0 {
                $kind => $give,
                other => Err(other.is_not($words)),
            }
        }
    )*)*};
}

impl<'de> Deserializer<'de> for Typed {
    type Error = Misfit;

    asked! {
        deserialize_bool:
            "a boolean", Value::Bool(it) => |to| to.visit_bool(it);
        deserialize_f32 deserialize_f64:
            "a number", Value::Number(it) => |to| to.visit_f64(it);
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_i128 deserialize_u128:
            "a number", Value::Number(it) => |to| visit_integer(it, to);
        deserialize_str deserialize_string deserialize_char
        deserialize_identifier:
            "a string", Value::String(it) => |to| to.visit_string(it);
        deserialize_bytes deserialize_byte_buf:
            "bytes", Value::Bytes(it) => |to| to.visit_byte_buf(it.0);
        deserialize_unit:
            "undefined", Value::Undefined => |to| to.visit_unit();
        deserialize_seq:
            "an array", Value::Array(it) => |to| to.visit_seq(Items::new(it));
        deserialize_map:
            "an object",
            Value::Object(it) => |to| to.visit_map(Entries::new(it));
    }

    fn deserialize_option<V: Visitor<'de>>(self, to: V) -> Answer<'de, V> {
        match self.0 {
            Value::Undefined | Value::Null => to.visit_none(),
            value => to.visit_some(Self(value)),
        }
    }

    /// What [`Value`] asks for, and an enum that tries one type after another.
    fn deserialize_any<V: Visitor<'de>>(self, to: V) -> Answer<'de, V> {
        match self.0 {
            Value::Undefined => to.visit_unit(),
            Value::Null => to.visit_none(),
            Value::Bool(it) => to.visit_bool(it),
            Value::Number(it) => visit_number(it, to),
            Value::String(it) => to.visit_string(it),
            Value::Bytes(it) => to.visit_byte_buf(it.0),
            Value::Array(items) => to.visit_seq(Items::new(items)),
            Value::Object(entries) => to.visit_map(Entries::new(entries)),
            // Serde has no method for the others. As a newtype, they are
            // neither array nor object, and nobody takes them by mistake.
            other => to.visit_newtype_struct(Self(special::split(other))),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, to: V) -> Answer<'de, V> {
        to.visit_unit()
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        to: V,
    ) -> Answer<'de, V> {
        match self.0 {
            Value::Array(items) if items.len() != length => {
                Err(de::Error::invalid_length(items.len(), &to))
            }
            value => Self(value).deserialize_seq(to),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        to: V,
    ) -> Answer<'de, V> {
        self.deserialize_tuple(length, to)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        to: V,
    ) -> Answer<'de, V> {
        self.deserialize_unit(to)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        to: V,
    ) -> Answer<'de, V> {
        to.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        to: V,
    ) -> Answer<'de, V> {
        self.deserialize_map(to)
    }

    /// As serde writes enums: `"Quit"`, `{"Move": {"x": 1}}`.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        to: V,
    ) -> Answer<'de, V> {
        match self.0 {
            Value::String(it) => to.visit_enum(StringDeserializer::new(it)),
            Value::Object(it) if it.len() == 1 => {
                to.visit_enum(MapAccessDeserializer::new(Entries::new(it)))
            }
            other => Err(other.is_not("a string or an object with one key")),
        }
    }
}
