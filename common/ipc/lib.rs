//! Electron's IPC for a wry window: a page's `preload.js` and `renderer.js` as
//! they are, and a main process in Rust.
//! Chapter: ch11-values
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod app;
mod connect;
mod contents;
mod dispatch;
mod envelope;
mod error;
mod gone;
mod handler;
mod inbox;
mod ipc_main;
mod limits;
mod pipe;
mod settle;
mod task;
mod window;

pub use app::App;
pub use contents::{Event, Remote, WebContents};
pub use envelope::MAX_MESSAGE;
pub use error::{Error, Result};
pub use handler::{Answer, Parameters};
pub use ipc_main::{IpcMain, ListenerId};
pub use limits::MAX_WAITING;
pub use settle::{Promise, Resolver, with_resolvers};
pub use window::{BrowserWindow, Builder};
mod stub;
pub use stub::*;
mod encode {
    pub use crate::stub::encode;
}
mod decode {
    pub use crate::stub::decode;
}
mod typed {
    pub use crate::stub::from_value;
}
