//! Electron: `webPreferences: { preload }` and `contextBridge`.
//! New: a script that runs before the page and decides what the page is given.
use common::{page, transcript::line, versions, webview, window};
use serde_json::json;
use tao::event_loop::EventLoop;

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("index.html")),
    ("/renderer.js", page::JS, include_str!("renderer.js")),
    ("/style.css", page::CSS, common::STYLE),
];

fn main() -> common::Result {
    common::start::display()?;
    let event_loop = EventLoop::new();
    let window = window::create("ch03-preload", &event_loop)?;
    let mut context = webview::context();
    let builder = page::builder(&mut context, FILES)
        .with_initialization_script(preload(include_str!("preload.js"))?);
    let _webview = webview::attach(builder, &window)?;
    event_loop.run(|event, _, flow| window::lifecycle(&event, flow))
}

/// Makes `preload.js` the body of a function, and lets `guard.js` decide
/// whether to call it, so that neither the script nor what it may know becomes
/// a global of the page. Node wraps modules that way.
fn preload(preload: &str) -> wry::Result<String> {
    let given = json!({
        "origin": page::ORIGIN,
        "versions": {
            "webview": wry::webview_version()?,
            "wry": versions::WRY,
            "tao": versions::TAO,
        },
    });
    line("main", format!("gives the preload {given}"));
    let guard = include_str!("guard.js");
    Ok(format!("({guard})({given}, given => {{\n{preload}\n}});"))
}
