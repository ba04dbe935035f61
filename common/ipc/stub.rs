use crate::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Date(pub f64);
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BigInt(String);
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bytes(pub Vec<u8>);
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Set<T>(pub Vec<T>);
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Map<K, V>(pub Vec<(K, V)>);
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    Undefined,
    Array(Vec<Value>),
    Other(serde_json::Value),
}
impl Serialize for Error {
    fn serialize<S: serde::Serializer>(
        &self,
        s: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        s.serialize_str(self.message())
    }
}
pub fn encode<T: Serialize + ?Sized>(v: &T) -> Result<String> {
    Ok(serde_json::to_string(v)?)
}
pub fn decode(t: &str) -> Result<Value> {
    Ok(serde_json::from_str(t)?)
}
pub fn from_value<T: DeserializeOwned>(v: Value) -> Result<T> {
    Ok(serde_json::from_value(serde_json::to_value(v)?)?)
}
