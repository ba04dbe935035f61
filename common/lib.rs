//! What programs share: everything beside the bridge between page and main.
#![warn(missing_docs)]

#[cfg(feature = "dialog")]
pub mod dialog;
#[cfg(feature = "webview")]
pub mod home;
#[cfg(feature = "menu")]
pub mod menu;
#[cfg(feature = "webview")]
pub mod page;
#[cfg(feature = "webview")]
pub mod preload;
pub mod start;
pub mod transcript;
pub mod versions;
#[cfg(feature = "webview")]
pub mod webview;
#[cfg(feature = "webview")]
pub mod window;

/// What `main` returns: see [`start::Failure`].
pub type Result<T = ()> = std::result::Result<T, start::Failure>;

/// The style sheet of every page, served as `/style.css`.
#[cfg(feature = "webview")]
pub const STYLE: &str = include_str!("style.css");
