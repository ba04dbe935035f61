//! A browser without a toolbar, for the tests of the book: `browser URL WIDTH`.
//!
//! WebKitGTK's own MiniBrowser would do, but its toolbar keeps its window from
//! becoming as narrow as a telephone, and what a page's scripts report as
//! errors can be seen only by a script that runs before them.

use std::env;
use std::process::ExitCode;

use common::{webview, window};
use tao::dpi::LogicalSize;
use tao::event_loop::EventLoop;
use wry::WebViewBuilder;

fn main() -> Result<ExitCode, common::start::Failure> {
    let args: Vec<_> = env::args().skip(1).collect();
    let [url, width] = &args[..] else {
        eprintln!("usage: browser URL WIDTH");
        return Ok(ExitCode::from(2));
    };
    let width: u32 = width.parse()?;
    common::start::display()?;
    let event_loop = EventLoop::new();
    let window = window::create("browser", &event_loop)?;
    window.set_inner_size(LogicalSize::new(width, 900));
    let mut context = webview::context();
    let builder = WebViewBuilder::new_with_web_context(&mut context)
        .with_initialization_script(include_str!("watch.js"))
        .with_url(url);
    let _webview = webview::attach(builder, &window)?;
    event_loop.run(|event, _, flow| window::lifecycle(&event, flow))
}
