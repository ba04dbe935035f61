//! Electron's IPC for a wry window: a page's `preload.js` and `renderer.js` as
//! they are, and a main process in Rust.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod access;
mod any;
mod collections;
mod compound;
mod decode;
mod encode;
mod error;
mod misfit;
mod number;
mod serializer;
mod special;
mod typed;
mod types;
mod value;

pub use collections::{Map, Set};
pub use error::{Error, Result};
pub use typed::from_value;
pub use types::{BigInt, Bytes, Date};
pub use value::{MAX_DEPTH, Value};

/// No part of the library: what its fuzz target and its tests call.
#[doc(hidden)]
pub mod wire {
    pub use crate::decode::{decode, decode_args};
    pub use crate::encode::{encode, encode_args};
}
