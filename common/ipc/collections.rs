//! JavaScript's `Map` and `Set`, whose keys and items can be any value.
//! Chapter: ch11-values
use crate::misfit::Misfit;
use crate::typed::Typed;
use crate::{Value, special};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// JavaScript: `Map`, in its order. A `HashMap<String, _>` is something else
/// in JavaScript: an object.
///
/// Its pairs are public: `map.0` is what to sort and search, `Map(pairs)` how
/// to make one.
///
/// ```
/// let map = ipc::Map(vec![(1, "one"), (2, "two")]);
/// assert_eq!(map.0[1], (2, "two"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map<K, V>(pub Vec<(K, V)>);

/// JavaScript: `Set`, in its order. A `Vec` or a `HashSet` is something else
/// in JavaScript: an array.
///
/// ```
/// let set = ipc::Set(vec!["a", "b"]);
/// assert!(set.0.contains(&"b"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set<T>(pub Vec<T>);

/// A Map crosses as one array: key, value, key, value.
pub(crate) struct Flat<'a, K, V>(pub(crate) &'a [(K, V)]);

impl<K: Serialize, V: Serialize> Serialize for Flat<'_, K, V> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeSeq;
        let mut items = to.serialize_seq(Some(2 * self.0.len()))?;
        for (key, value) in self.0 {
            items.serialize_element(key)?;
            items.serialize_element(value)?;
        }
        items.end()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_newtype_struct(special::MAP, &Flat(&self.0))
    }
}

impl<'de, K, V> Deserialize<'de> for Map<K, V>
where
    K: Deserialize<'de>,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let pairs = match Value::deserialize(from)? {
            Value::Map(pairs) => pairs,
            other => return Err(other.is_not("a Map")),
        };
        let typed: Result<_, Misfit> = pairs
            .into_iter()
            .enumerate()
            .map(|(at, (key, value))| {
                let key = read(key, || format!("<key {at}>"))?;
                Ok((key, read(value, || format!("<value {at}>"))?))
            })
            .collect();
        typed.map(Self).map_err(de::Error::custom)
    }
}

impl<T: Serialize> Serialize for Set<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_newtype_struct(special::SET, &self.0)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Set<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let items = match Value::deserialize(from)? {
            Value::Set(items) => items,
            other => return Err(other.is_not("a Set")),
        };
        let typed: Result<_, Misfit> = items
            .into_iter()
            .enumerate()
            .map(|(at, item)| read(item, || format!("<value {at}>")))
            .collect();
        typed.map(Self).map_err(de::Error::custom)
    }
}

/// Reads a part of a value; `place` says where that is.
fn read<'de, T: Deserialize<'de>>(
    part: Value,
    place: impl FnOnce() -> String,
) -> Result<T, Misfit> {
    T::deserialize(Typed(part)).map_err(|why| why.within(place()))
}
