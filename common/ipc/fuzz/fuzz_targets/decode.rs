//! Whatever text a page sends, it is read or refused; and what is read is
//! written as a text that is read as the same.
#![no_main]
use ipc::wire::{decode, encode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(value) = decode(text) else { return };
    let again = encode(&value).and_then(|it| decode(&it));
    // NaN does not equal itself, and -0 equals 0.
    assert_eq!(format!("{again:?}"), format!("{:?}", Ok::<_, ()>(value)));
});
