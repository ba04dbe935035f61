//! The items of an array and the entries of an object, as they are written.
//! Chapter: ch11-values
use crate::encode::{Writer, Written};
use crate::misfit::Misfit;
use serde::ser::{self, Error as _, Serialize};

/// An array or object that is open, and how it ends.
pub(crate) struct Compound<'a> {
    pub(crate) text: &'a mut String,
    pub(crate) room: usize,
    pub(crate) close: &'static str,
}

impl Compound<'_> {
    fn comma(&mut self) {
        if !self.text.ends_with(['[', '{']) {
            self.text.push(',');
        }
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        value.serialize(Writer { text: self.text, room: self.room })
    }

    fn item<T: Serialize + ?Sized>(&mut self, item: &T) -> Written {
        self.comma();
        self.value(item)
    }

    /// Writes a key; one that begins with `$` gets a second `$`.
    pub(crate) fn key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        let mut text = String::new();
        let written = key.serialize(Writer { text: &mut text, room: 0 });
        let (Ok(()), Some(rest)) = (written, text.strip_prefix('"')) else {
            let why = "an object's keys are strings: use ipc::Map";
            return Err(Misfit::custom(why));
        };
        self.comma();
        let escape = if rest.starts_with('$') { "$" } else { "" };
        self.text.extend(["\"", escape, rest, ":"]);
        Ok(())
    }

    pub(crate) fn entry<T: Serialize + ?Sized>(
        &mut self,
        key: &str,
        value: &T,
    ) -> Written {
        self.key(key)?;
        self.value(value)
    }

    pub(crate) fn close(self) -> Written {
        self.text.push_str(self.close);
        Ok(())
    }
}

/// Serde tells four kinds of arrays apart, and three of objects.
macro_rules! arrays {
    ($($kind:ident $method:ident,)*) => {$(
        impl ser::$kind for Compound<'_> {
            type Ok = ();
            type Error = Misfit;

            fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Written {
                self.item(item)
            }

            fn end(self) -> Written {
                self.close()
            }
        }
    )*};
}
arrays! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
}

macro_rules! structs {
    ($($kind:ident)*) => {$(
        impl ser::$kind for Compound<'_> {
            type Ok = ();
            type Error = Misfit;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Written {
                self.entry(name, value)
            }

            fn end(self) -> Written {
                self.close()
            }
        }
    )*};
}
structs! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = Misfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.value(value)
    }

    fn end(self) -> Written {
        self.close()
    }
}
