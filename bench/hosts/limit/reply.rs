//! A script message with reply. The crate `webkit2gtk` has neither of its two
//! functions, and so they are called as C has them.
use gtk::glib::gobject_ffi::g_value_get_boxed;
use gtk::glib::object::ObjectExt;
use gtk::glib::translate::ToGlibPtr;
use gtk::glib::{ToValue, Value};
use javascriptcore::ValueExt;
use std::ptr::null;
use webkit2gtk::WebViewExt;
use webkit2gtk_sys as ffi;
use wry::WebViewExtUnix;

const SIGNAL: &str = "script-message-with-reply-received::limit";

/// Gives the page `webkit.messageHandlers.limit`, whose messages are answered
/// by `answer`.
pub fn register(
    webview: &wry::WebView,
    answer: impl Fn(&str) -> String + 'static,
) {
    let manager = webview.webview().user_content_manager();
    let manager = manager.expect("a web view has a manager");
    manager.connect_local(SIGNAL, false, move |values| {
        let message: javascriptcore::Value = values[1].get().ok()?;
        let context = ValueExt::context(&message)?;
        let text = answer(&message.to_str());
        let text = javascriptcore::Value::new_string(&context, Some(&text));
        give(&values[2], &text);
        Some(true.to_value())
    });
    let manager = manager.to_glib_none().0;
    let register = ffi::webkit_user_content_manager_register_script_message_handler_with_reply;
    #[expect(unsafe_code, reason = "it is a function of C")]
    // SAFETY: the manager lives, and the name ends with a NUL.
    unsafe {
        register(manager, c"limit".as_ptr(), null());
    }
}

/// Gives `answer` to the promise that waits for it.
fn give(waiting: &Value, answer: &javascriptcore::Value) {
    #[expect(unsafe_code, reason = "it is a function of C")]
    // SAFETY: WebKit's signal has the reply as its third value, and it lives
    // until the signal has been handled.
    unsafe {
        let waiting = g_value_get_boxed(waiting.to_glib_none().0);
        ffi::webkit_script_message_reply_return_value(
            waiting.cast(),
            answer.to_glib_none().0,
        );
    }
}
