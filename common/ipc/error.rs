//! An error, as JavaScript has it: a name and a message.
//! Chapter: ch11-values
use crate::{Value, special};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt::{self, Display};

/// Why a call failed, for the page: JavaScript's `Error` in Rust.
///
/// Whatever can be displayed becomes one, by `?` or `into()`, with the name
/// `Error`. For that it cannot be displayed itself; a `main` that returns it
/// prints its message.
///
/// ```
/// let error = ipc::Error::new("RangeError", "out of reach");
/// assert_eq!(format!("{error:?}"), "RangeError: out of reach");
/// let error: ipc::Error = "not".parse::<u32>().unwrap_err().into();
/// assert_eq!(error.message(), "invalid digit found in string");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Parts>);

/// In a box, since a `Value` would otherwise be larger for its errors alone.
#[derive(Clone, PartialEq, Eq)]
struct Parts {
    name: String,
    message: String,
}

impl Error {
    /// An error with a name of its own, such as `RangeError`: the page finds
    /// it in `error.name`.
    pub fn new(name: impl Into<String>, message: impl Display) -> Self {
        let (name, message) = (name.into(), message.to_string());
        Self(Box::new(Parts { name, message }))
    }

    /// JavaScript: `error.name`
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// JavaScript: `error.message`
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl<E: Display> From<E> for Error {
    fn from(error: E) -> Self {
        Self::new("Error", error)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            "Error" => f.write_str(self.message()),
            name => write!(f, "{name}: {}", self.message()),
        }
    }
}

impl Serialize for Error {
    fn serialize<S: Serializer>(
        &self,
        to: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        let parts = [self.name(), self.message()];
        to.serialize_newtype_struct(special::ERROR, &parts)
    }
}

impl<'de> Deserialize<'de> for Error {
    fn deserialize<D: Deserializer<'de>>(
        from: D,
    ) -> std::result::Result<Self, D::Error> {
        match Value::deserialize(from)? {
            Value::Error(error) => Ok(error),
            other => Err(other.is_not("an Error")),
        }
    }
}

/// What can fail here, fails with an [`Error`].
pub type Result<T = (), E = Error> = std::result::Result<T, E>;
