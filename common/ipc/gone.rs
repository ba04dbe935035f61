//! A page that ends without asking: its process is killed, or it closes itself.
//! Chapter: ch12-errors
use crate::{App, Result, WebContents, settle::catch};
use common::transcript::line;
use std::fmt::{self, Display};
use std::{cell::RefCell, rc::Rc};
use wry::WebView;

/// How a page has ended.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "only Linux tells it: see `watch`")
)]
pub(crate) enum End {
    /// Its process has.
    Process(RenderProcessGoneDetails),
    /// The page called `window.close()`.
    Closed,
}

/// Electron: the `details` of `render-process-gone`.
///
/// ```
/// fn setup(app: &ipc::App) {
///     app.on_render_process_gone(|page, details| match details.reason {
///         "oom" => Err("the page needs too much memory")?,
///         _ => page.reload(),
///     });
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RenderProcessGoneDetails {
    /// `crashed`, which a process that was killed is, too, or `oom`: it had no
    /// memory left.
    pub reason: &'static str,
}

impl Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Process(details) => write!(f, "is gone: {}", details.reason),
            Self::Closed => f.write_str("closed itself"),
        }
    }
}

/// Calls `then` when the page ends. tao has no event for it.
#[cfg(target_os = "linux")]
pub(crate) fn watch(view: &WebView, then: impl Fn(End) + Clone + 'static) {
    use gtk::prelude::WidgetExt;
    use webkit2gtk::{WebProcessTerminationReason as Reason, WebViewExt};
    use wry::WebViewExtUnix;
    let view = view.webview();
    let closed = then.clone();
    // wry destroys a view that closes itself, and nobody after wry is told.
    view.connect_destroy(move |_| closed(End::Closed));
    view.connect_web_process_terminated(move |_, reason| {
        let reason = match reason {
            Reason::ExceededMemoryLimit => "oom",
            _ => "crashed",
        };
        then(End::Process(RenderProcessGoneDetails { reason }));
    });
}

/// Neither wry nor tao tells it elsewhere in the same way for all systems.
#[cfg(not(target_os = "linux"))]
pub(crate) fn watch(_: &WebView, _: impl Fn(End) + Clone + 'static) {}

/// Ends the calls of a page that is gone, and closes the window of one that
/// has closed itself.
pub(crate) fn settle(app: &App, id: u32, end: End) {
    // Of one that main has closed, the end is no news.
    let Ok(win) = app.window(id) else { return };
    line("main", format!("the page of window {id} {end}"));
    app.state().tasks.end(id);
    win.web_contents().ends();
    match end {
        End::Closed => win.close(),
        End::Process(details) => {
            app.state().gone.call(win.web_contents(), details);
        }
    }
}

type Listener = Rc<dyn Fn(&WebContents, RenderProcessGoneDetails) -> Result>;

/// Who is told that a page's process has ended.
#[derive(Default)]
pub(crate) struct Listeners(RefCell<Vec<Listener>>);

impl Listeners {
    pub fn add(
        &self,
        listener: impl Fn(&WebContents, RenderProcessGoneDetails) -> Result
        + 'static,
    ) {
        self.0.borrow_mut().push(Rc::new(listener));
    }

    pub fn call(&self, page: &WebContents, details: RenderProcessGoneDetails) {
        // One of them may add another.
        let all = self.0.borrow().clone();
        for listener in all {
            let done = catch(|| listener(page, details)).flatten();
            done.unwrap_or_else(|why| {
                line("main", format!("render-process-gone: {why:?}"));
            });
        }
    }
}
