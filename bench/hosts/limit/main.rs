//! WebKit's own script message with reply, as a host of the benchmark: the
//! least that a call can cost on Linux. A message is a text, `echo:…` or a word,
//! and its answer is a text, too.
#![cfg_attr(not(target_os = "linux"), expect(unused_imports))]
use common::{page, webview, window};
use std::{cell::Cell, env};
use tao::event_loop::EventLoop;

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("../../page/index.html")),
    ("/renderer.js", page::JS, include_str!("../../page/renderer.js")),
    ("/style.css", page::CSS, common::STYLE),
];

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("Only WebKitGTK is asked for its own messages here.");
}

#[cfg(target_os = "linux")]
fn main() -> common::Result {
    common::transcript::off();
    common::start::display()?;
    let event_loop = EventLoop::new();
    let window = window::create("bench-limit", &event_loop)?;
    let mut context = webview::context();
    let builder = page::builder(&mut context, FILES)
        .with_initialization_script(include_str!("preload.js"));
    let webview = webview::attach(builder, &window)?;
    linux::register(&webview, answer());
    event_loop.run(move |event, _, flow| {
        let _ = &webview;
        window::lifecycle(&event, flow);
    })
}

#[cfg(target_os = "linux")]
fn answer() -> impl Fn(&str) -> String {
    let counted = Cell::new(0_u32);
    move |message| match message.split_once(':').unwrap_or((message, "")) {
        ("plan", _) => env::var("BENCH_PLAN").unwrap_or("[]".into()),
        ("ping", _) => "Pong".into(),
        ("echo", text) => text.into(),
        ("tally", _) => counted.get().to_string(),
        ("ready", _) => said("ready"),
        ("report", line) => said(line),
        _ => {
            counted.update(|it| it + 1);
            String::new()
        }
    }
}

#[cfg(target_os = "linux")]
fn said(line: &str) -> String {
    println!("{line}");
    String::new()
}

#[cfg(target_os = "linux")]
mod linux {
    use gtk::glib::gobject_ffi::g_value_get_boxed;
    use gtk::glib::object::ObjectExt;
    use gtk::glib::translate::ToGlibPtr;
    use gtk::glib::{ToValue, Value};
    use javascriptcore::ValueExt;
    use webkit2gtk::WebViewExt;
    use wry::WebViewExtUnix;

    const SIGNAL: &str = "script-message-with-reply-received::limit";

    /// Gives the page `webkit.messageHandlers.limit`, whose messages are
    /// answered by `answer`.
    pub fn register(
        webview: &wry::WebView,
        answer: impl Fn(&str) -> String + 'static,
    ) {
        let manager = webview.webview().user_content_manager();
        let manager = manager.expect("a web view has a manager");
        manager.connect_local(SIGNAL, false, move |values| {
            let message = values[1].get::<javascriptcore::Value>().ok()?;
            let context = javascriptcore::ValueExt::context(&message)?;
            let text = answer(&message.to_str());
            let text = javascriptcore::Value::new_string(&context, Some(&text));
            reply(&values[2], &text);
            Some(true.to_value())
        });
        let manager = manager.to_glib_none().0;
        #[expect(
            unsafe_code,
            reason = "the crate `webkit2gtk` does not have this function"
        )]
        // SAFETY: the manager lives, and the name ends with a NUL.
        unsafe {
            use webkit2gtk_sys as ffi;
            ffi::webkit_user_content_manager_register_script_message_handler_with_reply(
                manager,
                c"limit".as_ptr(),
                std::ptr::null(),
            );
        }
    }

    /// Gives `answer` to the promise that waits for it.
    fn reply(waiting: &Value, answer: &javascriptcore::Value) {
        #[expect(
            unsafe_code,
            reason = "the crate `webkit2gtk` does not have this function"
        )]
        // SAFETY: WebKit's signal has the reply as its third value, and it lives
        // until the signal has been handled.
        unsafe {
            let waiting = g_value_get_boxed(waiting.to_glib_none().0);
            webkit2gtk_sys::webkit_script_message_reply_return_value(
                waiting.cast(),
                answer.to_glib_none().0,
            );
        }
    }
}
