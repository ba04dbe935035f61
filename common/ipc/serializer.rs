//! How each type that serde knows is written.
//! Chapter: ch11-values
use crate::compound::Compound;
use crate::encode::{Writer, Written};
use crate::misfit::Misfit;
use crate::number::{self, is_integer};
use crate::special;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::ser::{Error as _, Serialize, Serializer};

macro_rules! integers {
    ($($method:ident $integer:ty,)*) => {$(
        fn $method(self, it: $integer) -> Written {
            match is_integer(it as f64) {
                true => self.write(it),
                false => Err(Misfit::custom(format!(
                    "{it} is no JavaScript number: use ipc::BigInt"
                ))),
            }
        }
    )*};
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Misfit;
    type SerializeSeq = Compound<'a>;
    type SerializeTuple = Compound<'a>;
    type SerializeTupleStruct = Compound<'a>;
    type SerializeTupleVariant = Compound<'a>;
    type SerializeMap = Compound<'a>;
    type SerializeStruct = Compound<'a>;
    type SerializeStructVariant = Compound<'a>;

    integers! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32,
        serialize_i64 i64, serialize_i128 i128, serialize_u8 u8,
        serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
        serialize_u128 u128,
    }

    fn serialize_bool(self, it: bool) -> Written {
        self.write(it)
    }

    fn serialize_f32(self, it: f32) -> Written {
        self.serialize_f64(it.into())
    }

    fn serialize_f64(self, it: f64) -> Written {
        match number::name(it) {
            Some(name) => self.special(special::NUMBER, name),
            // As JavaScript does.
            None if it.fract() == 0.0 && it.abs() < 1e21 => self.write(it),
            None => self.json(&it),
        }
    }

    fn serialize_char(self, it: char) -> Written {
        self.serialize_str(it.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, it: &str) -> Written {
        self.json(it)
    }

    fn serialize_bytes(self, it: &[u8]) -> Written {
        self.special(special::BYTES, &BASE64_STANDARD.encode(it))
    }

    fn serialize_unit(self) -> Written {
        self.special(special::UNDEFINED, &None::<()>)
    }

    fn serialize_none(self) -> Written {
        self.write("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, it: &T) -> Written {
        it.serialize(self)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Written {
        self.serialize_str(name)
    }

    /// A newtype is what is in it; our own types are known by their names.
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        it: &T,
    ) -> Written {
        match special::is_special(name) {
            true => self.special(name, it),
            false => it.serialize(self),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        it: &T,
    ) -> Written {
        let mut object = self.open('{', "}")?;
        object.entry(name, it)?;
        object.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'a>, Misfit> {
        self.open('[', "]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'a>, Misfit> {
        self.open('[', "]")
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, Misfit> {
        self.open('[', "]")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, Misfit> {
        self.variant(name)?.open('[', "]}")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'a>, Misfit> {
        self.open('{', "}")
    }

    fn serialize_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, Misfit> {
        self.open('{', "}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Compound<'a>, Misfit> {
        self.variant(name)?.open('{', "}}")
    }
}
