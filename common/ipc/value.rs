//! What crosses: every value of JavaScript that has a counterpart here.
//! Chapter: ch11-values
use crate::{BigInt, Bytes, Date, Error};
use serde::de::{self, Unexpected};

/// How many arrays, objects, Maps and Sets of a value may be inside one
/// another. A value that is deeper is refused, wherever it comes from. An Error
/// counts as well, for it is written as an array.
pub const MAX_DEPTH: usize = 100;

/// How many values a message of a page may hold, each item and each property
/// counted, and each container as well: about 4 million. An Error counts as
/// three, for its two texts.
///
/// Here a value takes more room than in the text of its message.
pub const MAX_VALUES: usize = 4 << 20;

/// Why a value is refused that has more than [`MAX_DEPTH`] containers.
pub(crate) fn too_deep() -> String {
    format!("more than {MAX_DEPTH} arrays or objects inside one another")
}

/// Why a message is refused that has more than [`MAX_VALUES`].
pub(crate) fn too_many<E: de::Error>() -> E {
    E::custom(format!("more than {MAX_VALUES} values in a message"))
}

/// Any value that crosses, for a handler that takes what it gets.
///
/// A handler that knows what it wants asks for that type instead, such as
/// `String` or a struct of its own: `Value` is what these are read from.
///
/// ```
/// use ipc::Value;
///
/// fn length(value: &Value) -> Option<usize> {
///     match value {
///         Value::String(text) => Some(text.encode_utf16().count()),
///         Value::Array(items) => Some(items.len()),
///         _ => None,
///     }
/// }
/// assert_eq!(length(&Value::Null), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `undefined`; an argument that was not given is this as well.
    #[default]
    Undefined,
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Every number of JavaScript, `NaN` and `-0` among them.
    Number(f64),
    /// A string. One with half of a surrogate pair cannot cross.
    String(String),
    /// A `BigInt`
    BigInt(BigInt),
    /// A `Date`
    Date(Date),
    /// The bytes of an `ArrayBuffer`, a typed array or a `DataView`. They
    /// arrive in the page as a `Uint8Array`.
    Bytes(Bytes),
    /// An array. A hole in it has become [`Value::Undefined`].
    Array(Vec<Value>),
    /// The own enumerable properties of an object, in its order.
    Object(Vec<(String, Value)>),
    /// A `Map`, in its order.
    Map(Vec<(Value, Value)>),
    /// A `Set`, in its order.
    Set(Vec<Value>),
    /// An `Error`: its name and its message.
    Error(Error),
}

impl Value {
    /// What JavaScript calls it, for a message: `a Date`.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::BigInt(_) => "a BigInt",
            Self::Date(_) => "a Date",
            Self::Bytes(_) => "bytes",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
            Self::Map(_) => "a Map",
            Self::Set(_) => "a Set",
            Self::Error(_) => "an Error",
        }
    }
    /// The error of whoever wanted something else.
    pub(crate) fn is_not<E: de::Error>(&self, expected: &str) -> E {
        E::invalid_type(Unexpected::Other(self.kind()), &expected)
    }
}
