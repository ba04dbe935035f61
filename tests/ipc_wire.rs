//! The text of a message: what is written, what is read, what is refused.
use ipc::wire::{decode, decode_args, encode, encode_args};
use ipc::{Bytes, Date, Error, MAX_DEPTH, MAX_VALUES, Value, from_value};
use serde::Serialize;

fn text(of: impl Serialize) -> String {
    encode(&of).expect("a value")
}

fn value(text: &str) -> Value {
    decode(text).unwrap_or_else(|why| panic!("{text}: {why:?}"))
}

fn refused(text: &str) -> String {
    match decode(text) {
        Ok(value) => panic!("{text} was read as {value:?}"),
        Err(why) => why.message().to_owned(),
    }
}

#[test]
fn each_kind_of_value_has_its_text_and_is_read_from_it() {
    let string = |it: &str| Value::String(it.into());
    let one = || Value::Number(1.0);
    for (wire, it) in [
        (r#"{"$undefined":null}"#, Value::Undefined),
        ("null", Value::Null),
        ("true", Value::Bool(true)),
        ("0", Value::Number(0.0)),
        ("-1.5", Value::Number(-1.5)),
        ("9007199254740991", Value::Number(9_007_199_254_740_991.0)),
        ("5e-324", Value::Number(5e-324)),
        ("1.7976931348623157e+308", Value::Number(f64::MAX)),
        (r#"{"$number":"NaN"}"#, Value::Number(f64::NAN)),
        (r#"{"$number":"Infinity"}"#, Value::Number(f64::INFINITY)),
        (r#"{"$number":"-Infinity"}"#, Value::Number(-f64::INFINITY)),
        (r#"{"$number":"-0"}"#, Value::Number(-0.0)),
        (r#""""#, string("")),
        (r#""\u0000\n\"é😀""#, string("\0\n\"é😀")),
        (r#"{"$bigint":"-123"}"#, Value::BigInt((-123).into())),
        (r#"{"$date":1700000000000}"#, Value::Date(Date(1.7e12))),
        (r#"{"$date":null}"#, Value::Date(Date(f64::NAN))),
        (r#"{"$bytes":""}"#, Value::Bytes(Bytes(vec![]))),
        (r#"{"$bytes":"AP8="}"#, Value::Bytes(Bytes(vec![0, 255]))),
        ("[]", Value::Array(vec![])),
        ("[1,[null]]", {
            Value::Array(vec![one(), Value::Array(vec![Value::Null])])
        }),
        ("{}", Value::Object(vec![])),
        (r#"{"b":1,"a":1}"#, {
            Value::Object(vec![("b".into(), one()), ("a".into(), one())])
        }),
        (r#"{"__proto__":1}"#, {
            Value::Object(vec![("__proto__".into(), one())])
        }),
        (r#"{"$map":[]}"#, Value::Map(vec![])),
        (r#"{"$map":[null,1,{},1]}"#, {
            let object = Value::Object(vec![]);
            Value::Map(vec![(Value::Null, one()), (object, one())])
        }),
        (r#"{"$set":[1,{"$set":[]}]}"#, {
            Value::Set(vec![one(), Value::Set(vec![])])
        }),
        (r#"{"$error":["TypeError","no"]}"#, {
            Value::Error(Error::new("TypeError", "no"))
        }),
        // A key of the page's own that looks like one of ours.
        (r#"{"$$date":1}"#, Value::Object(vec![("$date".into(), one())])),
        (r#"{"$$":1,"$$$a":1}"#, {
            Value::Object(vec![("$".into(), one()), ("$$a".into(), one())])
        }),
    ] {
        assert_eq!(text(&it), wire);
        // NaN does not equal itself, and -0 equals 0.
        assert_eq!(format!("{:?}", value(wire)), format!("{it:?}"));
        let same: Value = from_value(it.clone()).unwrap();
        assert_eq!(format!("{same:?}"), format!("{it:?}"));
    }
}

#[test]
fn javascripts_own_spellings_are_read() {
    for (wire, it) in [
        ("-0", Value::Number(-0.0)),
        ("1e21", Value::Number(1e21)),
        ("1e+21", Value::Number(1e21)),
        ("1E2", Value::Number(100.0)),
        ("12345678901234567890123", Value::Number(12345678901234567890123.0)),
        ("18446744073709551615", Value::Number(18446744073709551615.0)),
        (" [ ] ", Value::Array(vec![])),
        (r#""\ud83d\ude00""#, Value::String("😀".into())),
        (r#"{"\u0024date":0}"#, Value::Date(Date(0.0))),
    ] {
        assert_eq!(format!("{:?}", value(wire)), format!("{it:?}"));
    }
}

/// JavaScript's dates have no such time. The fuzz target found it.
#[test]
fn no_date_is_minus_zero() {
    assert_eq!(text(Date(-0.0)), r#"{"$date":0}"#);
    assert_eq!(text(value(r#"{"$date":-0}"#)), r#"{"$date":0}"#);
    let read: Date = from_value(Value::Date(Date(-0.0))).unwrap();
    assert_eq!(text(read), r#"{"$date":0}"#);
}

#[test]
fn what_is_no_value_is_refused() {
    for wire in [
        "",
        " ",
        "undefined",
        "NaN",
        "01",
        "1e999",
        "[1,]",
        "[1",
        "{\"a\":1,}",
        "{a:1}",
        "'a'",
        "1 2",
        "[] []",
        "\"\n\"",
        r#""\ud800""#,
        r#"{"\ud800":1}"#,
        r#"{"$":1}"#,
        r#"{"$x":1}"#,
        r#"{"$undefined":1}"#,
        r#"{"$number":1}"#,
        r#"{"$number":"1"}"#,
        r#"{"$number":"nan"}"#,
        r#"{"$bigint":1}"#,
        r#"{"$bigint":""}"#,
        r#"{"$bigint":"-"}"#,
        r#"{"$bigint":"1n"}"#,
        r#"{"$bigint":"0x1"}"#,
        r#"{"$bigint":"+1"}"#,
        r#"{"$date":"1"}"#,
        r#"{"$date":{"$number":"NaN"}}"#,
        r#"{"$bytes":"AP8"}"#,
        r#"{"$bytes":"A P8="}"#,
        r#"{"$bytes":[0]}"#,
        r#"{"$map":[1]}"#,
        r#"{"$map":{}}"#,
        r#"{"$map":{"$map":[]}}"#,
        r#"{"$set":{}}"#,
        r#"{"$set":{"$set":[]}}"#,
        r#"{"$error":["Error"]}"#,
        r#"{"$error":["Error",1]}"#,
        r#"{"$error":["Error","a","b"]}"#,
        r#"{"$date":0,"a":1}"#,
        r#"{"a":1,"$date":0}"#,
        r#"{"$date":0,"$date":0}"#,
        r#"{"$date":0,"$$a":0}"#,
    ] {
        refused(wire);
    }
    assert!(refused(r#"{"$x":1}"#).starts_with("$x with a number"));
    assert!(refused(r#"{"a":1,"$date":0}"#).starts_with("$date is not the"));
}

/// The arguments of a message with so many values, of all kinds.
fn many(values: usize) -> String {
    let ones = r#"{"$undefined":null},{"$date":0},{"$bytes":""},"""#;
    let twos = r#"[0],{"a":0},{"$$b":0},{"$set":[0]}"#;
    let threes = r#"{"$map":[0,{}]},{"$error":["",""]}"#;
    let zeros = vec!["0"; values - 4 - 4 * 2 - 2 * 3].join(",");
    format!("[{ones},{twos},{threes},{zeros}]")
}

#[test]
fn a_message_has_so_many_values_and_no_more() {
    assert!(decode_args(&many(MAX_VALUES)).is_ok());
    let why = decode_args(&many(MAX_VALUES + 1)).unwrap_err();
    let words = "more than 4194304 values in a message at line 1";
    assert!(why.message().starts_with(words), "{why:?}");
    // What there is no room for is not kept: the array of it is.
    assert!(size_of::<Value>() <= 32);
}

/// `[[[1]]]`, or as deep of any other kind.
fn nest(open: &str, close: &str, depth: usize) -> String {
    [&open.repeat(depth), "1", &close.repeat(depth)].concat()
}

#[test]
fn a_hundred_may_be_inside_one_another_and_no_more() {
    for (open, close) in [
        ("[", "]"),
        (r#"{"a":"#, "}"),
        (r#"{"$set":["#, "]}"),
        (r#"{"$map":[0,"#, "]}"),
        (r#"{"$map":["#, ",0]}"),
    ] {
        let deepest = nest(open, close, MAX_DEPTH);
        assert_eq!(text(value(&deepest)), deepest);
        let deeper = nest(open, close, MAX_DEPTH + 1);
        let why = refused(&deeper);
        assert!(why.starts_with("more than 100 arrays or objects"), "{why}");
        // The array of the arguments is not counted, on both sides.
        let args = decode_args(&format!("[{deepest}]")).unwrap();
        assert_eq!(encode_args(&args).unwrap(), format!("[{deepest}]"));
        assert!(decode_args(&format!("[{deeper}]")).is_err());
        assert!(encode(&args).is_err());
    }
    // What has no room for others needs none.
    let leaf = nest("[", "]", MAX_DEPTH).replace('1', r#"{"$date":1}"#);
    assert_eq!(text(value(&leaf)), leaf);
    refused(&nest("[", "]", MAX_DEPTH).replace('1', "{}"));
}

#[test]
fn a_million_brackets_are_refused_at_once() {
    for open in [
        "[",
        r#"{"a":"#,
        r#"{"$map":["#,
        r#"{"$set":"#,
        r#"{"$date":"#,
        r#"{"$x":["#,
        r#"{"$$a":"#,
        r#"{"$error":["#,
    ] {
        refused(&open.repeat(1_000_000));
    }
}

#[test]
fn arguments_are_an_array() {
    assert_eq!(decode_args("[]").unwrap(), []);
    let why = decode_args(r#"{"$date":0}"#).unwrap_err();
    assert_eq!(why.message(), "expected arguments, found a Date");
}

#[test]
fn a_refusal_says_numbers_as_javascript_does() {
    for (it, name) in [
        (f64::INFINITY, "Infinity"),
        (-f64::INFINITY, "-Infinity"),
        (f64::NAN, "NaN"),
        (5.5, "5.5"),
    ] {
        let why = from_value::<u8>(Value::Number(it)).unwrap_err();
        assert_eq!(why.message(), format!("expected u8, found {name}"));
    }
}
