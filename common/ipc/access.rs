//! The parts of an array or object, one after the other, each with its place.
//! Chapter: ch11-values
use crate::Value;
use crate::misfit::{Misfit, property};
use crate::typed::Typed;
use serde::de::value::StringDeserializer;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess};
use std::{iter::Enumerate, vec::IntoIter};

pub(crate) struct Items(Enumerate<IntoIter<Value>>);

impl Items {
    pub(crate) fn new(items: Vec<Value>) -> Self {
        Self(items.into_iter().enumerate())
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        let Some((at, item)) = self.0.next() else { return Ok(None) };
        let read = seed.deserialize(Typed(item));
        read.map(Some).map_err(|why| why.within(format!("[{at}]")))
    }
}

pub(crate) struct Entries {
    entries: IntoIter<(String, Value)>,
    /// The value whose key has been read, and its place.
    next: Option<(String, Value)>,
}

impl Entries {
    pub(crate) fn new(entries: Vec<(String, Value)>) -> Self {
        Self { entries: entries.into_iter(), next: None }
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misfit> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.next = Some((property(&key), value));
        seed.deserialize(StringDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Misfit> {
        let (place, value) = self.next.take().unwrap_or_default();
        seed.deserialize(Typed(value)).map_err(|why| why.within(place))
    }
}
