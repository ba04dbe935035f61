//! A page that ends without asking: its process is killed, or it closes itself.
//! Chapter: ch12-errors
use crate::App;
use common::transcript::line;
use std::fmt::{self, Display};
use wry::WebView;

/// How a page has ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Electron: `render-process-gone`, with the reason `crashed` or `killed`
    Crashed,
    /// Electron: `render-process-gone`, with the reason `oom`
    OutOfMemory,
    /// The page called `window.close()`.
    Closed,
}

impl Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Crashed => "is gone: its process has ended",
            Self::OutOfMemory => "is gone: its process had no memory left",
            Self::Closed => "closed itself",
        })
    }
}

/// Ends the calls of a page that is gone, and closes the window of one that
/// has closed itself.
pub(crate) fn settle(app: &App, id: u32, end: End) {
    line("main", format!("the page of window {id} {end}"));
    app.state().tasks.end(id);
    if end == End::Closed {
        app.close(|win| win.web_contents().id() == id);
    }
}

/// Calls `then` when the page ends. tao has no event for it.
#[cfg(target_os = "linux")]
pub(crate) fn watch(view: &WebView, then: impl Fn(End) + Clone + 'static) {
    use webkit2gtk::{WebProcessTerminationReason as Reason, WebViewExt};
    use wry::WebViewExtUnix;
    let view = view.webview();
    let closed = then.clone();
    view.connect_close(move |_| closed(End::Closed));
    view.connect_web_process_terminated(move |_, reason| {
        then(match reason {
            Reason::ExceededMemoryLimit => End::OutOfMemory,
            _ => End::Crashed,
        });
    });
}

/// Neither wry nor tao tells it elsewhere in the same way for all systems.
#[cfg(not(target_os = "linux"))]
pub(crate) fn watch(_: &WebView, _: impl Fn(End) + Clone + 'static) {}
