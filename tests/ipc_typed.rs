//! A handler's own types: read from values, and written as values.
use ipc::wire::{decode, encode};
use ipc::{BigInt, Bytes, Date, Error, Map, Set, Value, from_value};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::time::{Duration, UNIX_EPOCH};

fn text(it: impl Serialize) -> String {
    encode(&it).expect("a value")
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    from_value(decode(text).unwrap_or_else(|why| panic!("{text}: {why:?}")))
}

/// Why a text cannot be read as a type.
fn why<T: DeserializeOwned + Debug>(text: &str) -> String {
    read::<T>(text).expect_err(text).message().to_owned()
}

/// Writes a value, and reads it back as the same type.
#[track_caller]
fn crosses<T>(it: T, wire: &str)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    assert_eq!(text(&it), wire);
    assert_eq!(read::<T>(wire).expect(wire), it);
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Note {
    title: String,
    tags: Vec<String>,
    #[serde(rename = "$size")]
    size: Option<u32>,
}

fn note() -> Note {
    Note { title: "a".into(), tags: vec!["b".into()], size: None }
}

#[test]
fn rusts_types_cross_and_come_back() {
    crosses((), r#"{"$undefined":null}"#);
    crosses(true, "true");
    crosses(u8::MAX, "255");
    crosses(-5_i64, "-5");
    crosses((1_i128 << 53) - 1, "9007199254740991");
    crosses(1.5_f32, "1.5");
    crosses(1e300, "1e+300");
    crosses(f64::INFINITY, r#"{"$number":"Infinity"}"#);
    crosses('é', r#""é""#);
    crosses("text".to_owned(), r#""text""#);
    crosses(None::<u8>, "null");
    crosses(Some(1), "1");
    crosses(vec![1, 2], "[1,2]");
    crosses([1, 2], "[1,2]");
    crosses((1, "a".to_owned(), ()), r#"[1,"a",{"$undefined":null}]"#);
    crosses(note(), r#"{"title":"a","tags":["b"],"$$size":null}"#);
    crosses(Box::new(note()), r#"{"title":"a","tags":["b"],"$$size":null}"#);
    let map = || [("$a".to_owned(), 1)].into_iter();
    crosses(map().collect::<BTreeMap<_, _>>(), r#"{"$$a":1}"#);
    crosses(map().collect::<HashMap<_, _>>(), r#"{"$$a":1}"#);
}

#[test]
fn javascripts_types_cross_and_come_back() {
    crosses(Date(1.7e12), r#"{"$date":1700000000000}"#);
    crosses(BigInt::from(i128::MIN), &{
        format!(r#"{{"$bigint":"{}"}}"#, i128::MIN)
    });
    crosses(Bytes(vec![0, 255]), r#"{"$bytes":"AP8="}"#);
    crosses(Set(vec![1, 2]), r#"{"$set":[1,2]}"#);
    crosses(Map(vec![(Date(1.0), note())]), {
        r#"{"$map":[{"$date":1},{"title":"a","tags":["b"],"$$size":null}]}"#
    });
    crosses(Map(vec![(Set(vec![()]), Bytes(vec![]))]), {
        r#"{"$map":[{"$set":[{"$undefined":null}]},{"$bytes":""}]}"#
    });
    crosses(
        Error::new("RangeError", "far"),
        r#"{"$error":["RangeError","far"]}"#,
    );
    crosses(Some(Date(0.0)), r#"{"$date":0}"#);
    assert!(read::<Date>(&text(Date(f64::NAN))).unwrap().0.is_nan());
    assert_eq!(text(Date(f64::INFINITY)), r#"{"$date":null}"#);
}

#[test]
fn a_value_is_a_type_among_others() {
    type Mixed = (u8, Value, HashMap<String, Value>);
    let wire = r#"[1,{"$map":[1,{"$date":2}]},{"a":{"$set":[null]}}]"#;
    let mixed: Mixed = read(wire).unwrap();
    assert_eq!(text(&mixed), wire);
    crosses(Value::Undefined, r#"{"$undefined":null}"#);
    crosses(Value::Null, "null");
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Shape {
    Nothing,
    Circle(f64),
    Line(i32, i32),
    Rect {
        w: u8,
        at: Date,
    },
    #[serde(rename = "$odd")]
    Odd(Bytes),
}

#[test]
fn enums_cross_as_serde_writes_them() {
    crosses(Shape::Nothing, r#""Nothing""#);
    crosses(Shape::Circle(1.0), r#"{"Circle":1}"#);
    crosses(Shape::Line(1, -1), r#"{"Line":[1,-1]}"#);
    let at = Date(5.0);
    crosses(Shape::Rect { w: 1, at }, r#"{"Rect":{"w":1,"at":{"$date":5}}}"#);
    crosses(Shape::Odd(Bytes(vec![])), r#"{"$$odd":{"$bytes":""}}"#);
    assert_eq!(
        why::<Shape>(r#"{"Line":[1,"a"]}"#),
        ".Line[1]: expected a number, found a string",
    );
    assert_eq!(
        why::<Shape>(r#"{"$date":1}"#),
        "expected a string or an object with one key, found a Date",
    );
    assert!(why::<Shape>(r#""Square""#).starts_with("unknown variant"));
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
enum Tagged {
    Moved { at: Date, to: Map<String, Set<u8>> },
    Named { name: Option<String>, size: f64, value: Value },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Either {
    Number(u32),
    When(Date),
    Big(BigInt),
    Raw(Bytes),
    Keys(Map<u8, u8>),
    All(Set<u8>),
    List(Vec<u8>),
    Failed(Error),
    Text { text: String },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flat {
    id: u32,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

#[test]
fn values_that_serde_keeps_for_later_keep_their_kind() {
    let to = Map(vec![("a".into(), Set(vec![1]))]);
    crosses(Tagged::Moved { at: Date(1.0), to }, {
        r#"{"type":"Moved","at":{"$date":1},"to":{"$map":["a",{"$set":[1]}]}}"#
    });
    let value = Value::Set(vec![Value::Undefined]);
    crosses(
        Tagged::Named { name: None, size: -1.0, value },
        &[
            r#"{"type":"Named","name":null,"size":-1,"#,
            r#""value":{"$set":[{"$undefined":null}]}}"#,
        ]
        .concat(),
    );
    crosses(Either::Number(1), "1");
    crosses(Either::When(Date(1.0)), r#"{"$date":1}"#);
    crosses(Either::Big(1.into()), r#"{"$bigint":"1"}"#);
    crosses(Either::Raw(Bytes(vec![1])), r#"{"$bytes":"AQ=="}"#);
    crosses(Either::Keys(Map(vec![(1, 2)])), r#"{"$map":[1,2]}"#);
    crosses(Either::All(Set(vec![1])), r#"{"$set":[1]}"#);
    crosses(Either::List(vec![1]), "[1]");
    crosses(Either::Failed(Error::new("E", "m")), r#"{"$error":["E","m"]}"#);
    crosses(Either::Text { text: "a".into() }, r#"{"text":"a"}"#);
    let wire = r#"{"id":1,"a":{"$date":1},"b":["$date",1],"c":{"$$date":1}}"#;
    crosses(read::<Flat>(wire).unwrap(), wire);
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Id(u32);
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Pair(u8, String);
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Unit;

#[test]
fn structs_of_every_kind_cross() {
    crosses(Id(7), "7");
    crosses(Pair(1, "a".into()), r#"[1,"a"]"#);
    crosses(Unit, r#"{"$undefined":null}"#);
    crosses(vec![Id(1)], "[1]");
    assert_eq!(why::<Vec<Id>>("[1,-1]"), "[1]: expected u32, found -1");
}

#[test]
fn none_is_read_from_undefined_and_null_and_from_nothing() {
    assert_eq!(read::<Option<u8>>("null").unwrap(), None);
    assert_eq!(read::<Option<u8>>(r#"{"$undefined":null}"#).unwrap(), None);
    let missing = r#"{"title":"a","tags":[],"more":[1,{"$date":1}]}"#;
    assert_eq!(read::<Note>(missing).unwrap().size, None);
}

#[test]
fn what_does_not_fit_is_refused_in_javascripts_words() {
    let date = r#"{"$date":0}"#;
    assert_eq!(why::<String>(date), "expected a string, found a Date");
    assert_eq!(why::<u8>(date), "expected a number, found a Date");
    assert_eq!(why::<bool>("null"), "expected a boolean, found null");
    assert_eq!(why::<Date>("5"), "expected a Date, found a number");
    assert_eq!(why::<()>("null"), "expected undefined, found null");
    assert_eq!(why::<BigInt>("1"), "expected a BigInt, found a number");
    assert_eq!(
        why::<u64>(r#"{"$bigint":"1"}"#),
        "expected a number, found a BigInt"
    );
    assert_eq!(why::<Bytes>("[1]"), "expected bytes, found an array");
    assert_eq!(
        why::<Vec<u8>>(r#"{"$bytes":""}"#),
        "expected an array, found bytes"
    );
    assert_eq!(
        why::<Vec<u8>>(r#"{"$set":[]}"#),
        "expected an array, found a Set"
    );
    assert_eq!(why::<Set<u8>>("[]"), "expected a Set, found an array");
    assert_eq!(why::<Map<u8, u8>>("{}"), "expected a Map, found an object");
    assert_eq!(
        why::<HashMap<String, u8>>(r#"{"$map":[]}"#),
        "expected an object, found a Map",
    );
    assert_eq!(why::<Note>("[]"), "expected an object, found an array");
    assert_eq!(why::<Error>("{}"), "expected an Error, found an object");
    assert_eq!(
        why::<String>(r#"{"$undefined":null}"#),
        "expected a string, found undefined",
    );
    assert_eq!(why::<u8>("256"), "expected u8, found 256");
    assert_eq!(why::<u32>("1.5"), "expected u32, found 1.5");
    assert_eq!(
        why::<i64>("9007199254740992"),
        "expected i64, found 9007199254740992"
    );
    assert_eq!(why::<char>(r#""ab""#), "expected a character, found \"ab\"");
    assert_eq!(
        why::<(u8, u8)>("[1,2,3]"),
        "expected a tuple of size 2, found 3 items",
    );
    assert_eq!(why::<Note>("{}"), "missing field `title`");
}

#[test]
fn a_refusal_says_where() {
    let tags = r#"{"title":"a","tags":["a","b",{"$date":0}]}"#;
    assert_eq!(why::<Note>(tags), ".tags[2]: expected a string, found a Date");
    assert_eq!(
        why::<BTreeMap<String, Vec<u8>>>(r#"{"odd key":[true]}"#),
        r#"["odd key"][0]: expected a number, found a boolean"#,
    );
    assert_eq!(
        why::<Map<u8, Vec<u8>>>(r#"{"$map":[1,[],2,[1,null]]}"#),
        "<value 1>[1]: expected a number, found null",
    );
    assert_eq!(
        why::<(Set<Map<u8, u8>>,)>(r#"[{"$set":[{"$map":[null,1]}]}]"#),
        "[0]<value 0><key 0>: expected a number, found null",
    );
    assert_eq!(why::<Vec<Note>>("[{}]"), "[0]: missing field `title`");
}

#[test]
fn zero_is_an_integer_with_either_sign() {
    let zero = r#"{"$number":"-0"}"#;
    assert_eq!(read::<u8>(zero).unwrap(), 0);
    assert!(read::<f64>(zero).unwrap().is_sign_negative());
}

#[test]
fn what_javascript_has_no_number_or_key_for_is_refused() {
    let why = |it: Result<String, Error>| it.unwrap_err().message().to_owned();
    assert_eq!(
        why(encode(&[u64::MAX])),
        "18446744073709551615 is no JavaScript number: use ipc::BigInt",
    );
    assert!(encode(&(-(1_i64 << 53))).is_err());
    assert!(encode(&(1_u128 << 53)).is_err());
    let keys = "an object's keys are strings: use ipc::Map";
    assert_eq!(why(encode(&BTreeMap::from([(1, 1)]))), keys);
    assert_eq!(why(encode(&BTreeMap::from([((1, 2), 1)]))), keys);
    assert_eq!(why(encode(&BTreeMap::from([(None::<u8>, 1)]))), keys);
}

#[test]
fn a_big_integer_is_decimal_digits() {
    for (text, same) in [
        ("0", "0"),
        ("-0", "0"),
        ("007", "7"),
        ("-007", "-7"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ] {
        assert_eq!(text.parse::<BigInt>().unwrap().to_string(), same);
    }
    for text in ["", "-", "+1", "1.5", "1e3", " 1", "1n", "0x10", "--1", "١"] {
        assert!(text.parse::<BigInt>().is_err(), "{text}");
    }
    assert_eq!(i64::try_from(BigInt::from(-5)), Ok(-5));
    assert!(u32_of(BigInt::from(-5)).is_none());
    assert!(i64::try_from(BigInt::from(u64::MAX)).is_err());
}

fn u32_of(big: BigInt) -> Option<u32> {
    big.try_into().ok()
}

#[test]
fn a_date_is_made_of_a_time() {
    assert_eq!(Date::from(UNIX_EPOCH), Date(0.0));
    let half = Duration::from_micros(1_500);
    assert_eq!(Date::from(UNIX_EPOCH + half), Date(1.0));
    assert_eq!(Date::from(UNIX_EPOCH - half), Date(-2.0));
}
