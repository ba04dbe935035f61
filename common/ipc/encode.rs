//! What Rust sends, written as the text of a message.
//! Chapter: ch11-values
use crate::compound::Compound;
use crate::misfit::Misfit;
use crate::value::too_deep;
use crate::{Error, MAX_DEPTH};
use serde::ser::{Error as _, Serialize};
use std::fmt::Display;

/// Writes one value.
///
/// # Errors
/// Where an integer is no number of JavaScript's, a key is no string, or the
/// value is deeper than [`MAX_DEPTH`].
pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    write(value, MAX_DEPTH)
}

/// Writes the arguments of a message: their array does not count as deep.
///
/// # Errors
/// As [`encode`].
pub fn encode_args<T: Serialize + ?Sized>(args: &T) -> Result<String, Error> {
    write(args, MAX_DEPTH + 1)
}

fn write<T: Serialize + ?Sized>(
    value: &T,
    room: usize,
) -> Result<String, Error> {
    let mut text = String::new();
    value.serialize(Writer { text: &mut text, room })?;
    Ok(text)
}

/// Where a value is to be written that may have so many containers.
pub(crate) struct Writer<'a> {
    pub(crate) text: &'a mut String,
    pub(crate) room: usize,
}

pub(crate) type Written = Result<(), Misfit>;

impl<'a> Writer<'a> {
    pub(crate) fn write(self, text: impl Display) -> Written {
        self.text.push_str(&text.to_string());
        Ok(())
    }

    pub(crate) fn json<T: Serialize + ?Sized>(self, plain: &T) -> Written {
        let json = serde_json::to_string(plain).map_err(Misfit::custom)?;
        self.text.push_str(&json);
        Ok(())
    }

    /// What JSON lacks.
    pub(crate) fn special<T: Serialize + ?Sized>(
        self,
        key: &str,
        payload: &T,
    ) -> Written {
        let Self { text, room } = self;
        text.push_str(&format!("{{\"{key}\":"));
        payload.serialize(Writer { text: &mut *text, room })?;
        text.push('}');
        Ok(())
    }

    pub(crate) fn open(
        self,
        open: char,
        close: &'static str,
    ) -> Result<Compound<'a>, Misfit> {
        let Some(room) = self.room.checked_sub(1) else {
            return Err(Misfit::custom(too_deep()));
        };
        self.text.push(open);
        Ok(Compound { text: self.text, room, close })
    }

    /// An enum's variant with data is an object with one key.
    pub(crate) fn variant(self, name: &str) -> Result<Self, Misfit> {
        let mut object = self.open('{', "}")?;
        object.key(name)?;
        Ok(Self { text: object.text, room: object.room })
    }
}
