//! JavaScript's `Map` and `Set`, whose keys and items can be any value.
//! Chapter: ch11-values
use crate::access::read;
use crate::misfit::Misfit;
use crate::{Value, special};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// JavaScript: `Map`, in its order. A `HashMap<String, _>` is something else
/// in JavaScript: an object.
///
/// Its first part is public, so `map.0` is what to sort, search or collect.
///
/// ```
/// let map: ipc::Map<_, _> = [(1, "one"), (2, "two")].into_iter().collect();
/// assert_eq!(map.0[1], (2, "two"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map<K, V>(pub Vec<(K, V)>);

/// JavaScript: `Set`, in its order. A `Vec` or a `HashSet` is something else
/// in JavaScript: an array.
///
/// ```
/// let set: ipc::Set<_> = ["a", "b"].into_iter().collect();
/// assert_eq!(set.0, ["a", "b"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set<T>(pub Vec<T>);

impl<K, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl<T> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

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
        let typed = pairs.into_iter().enumerate().map(|(at, (key, value))| {
            let key = read(key, || format!("<key {at}>"))?;
            Ok((key, read(value, || format!("<value {at}>"))?))
        });
        typed.collect::<Result<_, _>>().map_err(de::Error::custom::<Misfit>)
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
        let typed = items
            .into_iter()
            .enumerate()
            .map(|(at, item)| read(item, || format!("<value {at}>")));
        typed.collect::<Result<_, _>>().map_err(de::Error::custom::<Misfit>)
    }
}
