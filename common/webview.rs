//! What wry asks for around a web view, kept out of `main`'s way.
use std::env;
use tao::window::Window;
use wry::{WebContext, WebView, WebViewBuilder};

/// What the web views of a program share: cookies, cache, protocols.
///
/// Electron: `session`. It must live as long as its web views. With
/// `TUTORIAL_AUTOMATION=1` in the environment, WebDriver may look into them
/// and click (Linux only); that is how tests drive a program.
pub fn context() -> WebContext {
    let mut context = WebContext::new(None);
    let wanted = env::var_os("TUTORIAL_AUTOMATION").is_some_and(|v| v == "1");
    context.set_allows_automation(wanted);
    context
}

/// Builds the web view so that it fills `window`.
///
/// On Linux a web view is a GTK widget and goes into the window's box, which
/// works on X11 and on Wayland; elsewhere it is a child of the native window.
///
/// # Errors
/// What wry says when there is no web view to be had, for example on a
/// Windows without the WebView2 runtime.
pub fn attach(
    builder: WebViewBuilder<'_>,
    window: &Window,
) -> wry::Result<WebView> {
    #[cfg(target_os = "linux")]
    {
        use tao::platform::unix::WindowExtUnix;
        use wry::WebViewBuilderExtUnix;
        let inside = window.default_vbox();
        builder.build_gtk(inside.ok_or(wry::Error::UnsupportedWindowHandle)?)
    }
    #[cfg(not(target_os = "linux"))]
    builder.build(window)
}
