//! How a page's messages come in. On Linux this is a script handler of our
//! own: wry's makes text of whatever a page posts, and dies of some of it.
//! Chapter: ch12-errors
use crate::Result;
use crate::envelope::check_length;
use common::webview;
use tao::window::Window;
use wry::{WebView, WebViewBuilder};

/// Builds a view into its window. Each message of a page in it is handed to
/// `receive`: its text, or why it is not even looked at.
///
/// Every frame of the page can post one.
///
/// # Errors
/// What wry says when it has no web view to give.
#[cfg(target_os = "linux")]
pub(crate) fn open(
    builder: WebViewBuilder<'_>,
    window: &Window,
    receive: impl Fn(Result<String>) + 'static,
) -> Result<WebView> {
    use webkit2gtk::{UserContentManagerExt, WebViewExt};
    use wry::WebViewExtUnix;
    let view = webview::attach(builder, window)?;
    let manager = view.webview().user_content_manager();
    let manager = manager.ok_or("the web view takes no messages")?;
    // Connected before it is registered, so that none is missed.
    manager.connect_script_message_received(Some("ipc"), move |_, message| {
        let text = message.js_value().ok_or_else(not_text).and_then(text);
        receive(text);
    });
    manager.register_script_message_handler("ipc");
    Ok(view)
}

/// The text of a message that is one. Nothing is made of anything else: an
/// object can have a `toString` that is no function, and nested arrays a text
/// without end. The length of a text is known before it is copied.
#[cfg(target_os = "linux")]
fn text(value: javascriptcore::Value) -> Result<String> {
    use javascriptcore::ValueExt;
    if !value.is_string() {
        return Err(not_text());
    }
    let length = value.object_get_property("length");
    let length = length.map_or(f64::INFINITY, |it| it.to_double());
    check_length(length as usize)?;
    let bytes = value.to_string_as_bytes().ok_or_else(not_text)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(target_os = "linux")]
fn not_text() -> crate::Error {
    crate::Error::new("TypeError", "a message that is no text")
}

/// As on Linux, by wry's own handler, which makes text of a message first.
#[cfg(not(target_os = "linux"))]
pub(crate) fn open(
    builder: WebViewBuilder<'_>,
    window: &Window,
    receive: impl Fn(Result<String>) + 'static,
) -> Result<WebView> {
    let builder = builder.with_ipc_handler(move |request| {
        let text = request.into_body();
        receive(check_length(crate::envelope::length(&text)).map(|()| text));
    });
    Ok(webview::attach(builder, window)?)
}
