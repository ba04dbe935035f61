//! What JavaScript has and Rust has not: dates, big integers, bytes.
//! Chapter: ch11-values
use crate::{Error, Value, special};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt::{self, Display};
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

/// JavaScript: `Date`. Milliseconds since 1970 in UTC; an invalid date is NaN.
///
/// ```
/// let now: ipc::Date = std::time::SystemTime::now().into();
/// assert!(now.0 > 1.7e12);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Date(pub f64);

/// JavaScript: `BigInt`, an integer of any size, as its decimal digits.
///
/// It is made of an integer or of text, and read back as either:
///
/// ```
/// let big = ipc::BigInt::from(u64::MAX);
/// assert_eq!(big.to_string(), "18446744073709551615");
/// assert_eq!(u64::try_from(big), Ok(u64::MAX));
/// assert!("12.5".parse::<ipc::BigInt>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BigInt(String);

/// Bytes: `ArrayBuffer`, any typed array and `DataView` are read as this. The
/// page gets a `Uint8Array`.
///
/// A `Vec<u8>` is something else in JavaScript: an array of numbers.
///
/// ```
/// let text = ipc::Bytes("é".into());
/// assert_eq!(text.0, [0xc3, 0xa9]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bytes(pub Vec<u8>);

impl From<SystemTime> for Date {
    fn from(time: SystemTime) -> Self {
        let seconds = match time.duration_since(UNIX_EPOCH) {
            Ok(since) => since.as_secs_f64(),
            Err(before) => -before.duration().as_secs_f64(),
        };
        Self((seconds * 1000.0).floor())
    }
}

impl FromStr for BigInt {
    type Err = Error;

    /// Reads what JavaScript's `String(big)` writes: `-123`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let is_number = digits.bytes().all(|it| it.is_ascii_digit());
        if !is_number || digits.is_empty() {
            return Err(Error::new("SyntaxError", "not an integer"));
        }
        match digits.trim_start_matches('0') {
            "" => Ok(Self("0".into())),
            it if digits == text => Ok(Self(it.into())),
            it => Ok(Self(format!("-{it}"))),
        }
    }
}

impl Display for BigInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl From<$integer> for BigInt {
            fn from(integer: $integer) -> Self {
                Self(integer.to_string())
            }
        }

        /// Fails where the integer is too large or too small.
        impl TryFrom<BigInt> for $integer {
            type Error = std::num::ParseIntError;

            fn try_from(big: BigInt) -> Result<Self, Self::Error> {
                big.0.parse()
            }
        }
    )*};
}
integers! { i32 i64 i128 isize u32 u64 u128 usize }

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        // No time is -0 in JavaScript. Adding 0 makes it 0.
        let valid = self.0.is_finite().then_some(self.0 + 0.0);
        to.serialize_newtype_struct(special::DATE, &valid)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match Value::deserialize(from)? {
            Value::Date(date) => Ok(date),
            other => Err(other.is_not("a Date")),
        }
    }
}

impl Serialize for BigInt {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_newtype_struct(special::BIGINT, &self.0)
    }
}

impl<'de> Deserialize<'de> for BigInt {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match Value::deserialize(from)? {
            Value::BigInt(big) => Ok(big),
            other => Err(other.is_not("a BigInt")),
        }
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match Value::deserialize(from)? {
            Value::Bytes(bytes) => Ok(bytes),
            other => Err(other.is_not("bytes")),
        }
    }
}
