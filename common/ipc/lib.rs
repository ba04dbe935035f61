//! Electron's IPC for a wry window: a page's `preload.js` and `renderer.js` as
//! they are, and a main process in Rust.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod error;

pub use error::{Error, Result};
