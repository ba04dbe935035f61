//! Electron's IPC for a wry window: a page's `preload.js` and `renderer.js` as
//! they are, and a main process in Rust.
//! Chapter: ch11-values
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod access;
mod any;
mod app;
mod collections;
mod compound;
mod connect;
mod contents;
mod decode;
mod dispatch;
mod document;
mod encode;
mod envelope;
mod error;
mod execute;
mod freight;
mod gone;
mod handler;
mod inbox;
mod ipc_main;
mod lane;
mod lifecycle;
mod limits;
mod load;
mod misfit;
mod number;
mod outbox;
mod outgoing;
mod parent;
mod pipe;
mod place;
mod queue;
mod remote;
mod serializer;
mod settle;
mod special;
mod task;
mod typed;
mod types;
mod value;
mod wake;
mod window;
mod windows;

pub use app::App;
pub use collections::{Map, Set};
pub use contents::{Event, WebContents};
pub use envelope::MAX_MESSAGE;
pub use error::{Error, Result};
pub use gone::RenderProcessGoneDetails;
pub use handler::{Answer, Parameters};
pub use ipc_main::{IpcMain, ListenerId};
pub use limits::MAX_WAITING;
pub use remote::Remote;
pub use settle::{Promise, Resolver, with_resolvers};
pub use typed::from_value;
pub use types::{BigInt, Bytes, Date};
pub use value::{MAX_DEPTH, MAX_VALUES, Value};
pub use window::{BrowserWindow, Builder};

/// What an Electron preload finds, and what calls it.
const ELECTRON: [&str; 9] = [
    include_str!("kinds.js"),
    include_str!("values.js"),
    include_str!("wire.js"),
    include_str!("bridge.js"),
    include_str!("batch.js"),
    include_str!("ipc_renderer.js"),
    include_str!("early.js"),
    include_str!("hello.js"),
    include_str!("electron.js"),
];

/// No part of the library: what its fuzz target and its tests call.
#[doc(hidden)]
pub mod wire {
    pub use crate::decode::{decode, decode_args};
    pub use crate::encode::{encode, encode_args};
}
