//! Windows with the same page, for the tests of the harness: `windows TITLE…`
//! opens these at once, and a page that takes a title opens one more.

use std::collections::HashMap;
use std::env;

use common::webview;
use tao::dpi::LogicalSize;
use tao::event::{Event, WindowEvent};
use tao::event_loop::{
    ControlFlow, EventLoop, EventLoopBuilder, EventLoopProxy,
    EventLoopWindowTarget,
};
use tao::window::{Window, WindowBuilder};
use wry::{WebContext, WebView, WebViewBuilder};

fn main() -> common::Result {
    common::start::display()?;
    let event_loop: EventLoop<String> =
        EventLoopBuilder::with_user_event().build();
    let proxy = event_loop.create_proxy();
    let mut context = webview::context();
    let mut windows = HashMap::new();
    for title in env::args().skip(1) {
        let new = open(&title, &event_loop, &mut context, &proxy)?;
        windows.insert(new.0.id(), new);
    }
    event_loop.run(move |event, target, flow| {
        *flow = ControlFlow::Wait;
        match event {
            Event::UserEvent(title) => {
                let new = open(&title, target, &mut context, &proxy);
                let new = new.expect("there was one already");
                windows.insert(new.0.id(), new);
            }
            Event::WindowEvent {
                window_id,
                event: WindowEvent::CloseRequested,
                ..
            } => {
                windows.remove(&window_id);
                if windows.is_empty() {
                    *flow = ControlFlow::Exit;
                }
            }
            _ => {}
        }
    })
}

fn open(
    title: &str,
    target: &EventLoopWindowTarget<String>,
    context: &mut WebContext,
    proxy: &EventLoopProxy<String>,
) -> common::Result<(Window, WebView)> {
    let proxy = proxy.clone();
    let window = WindowBuilder::new()
        .with_title(title)
        .with_inner_size(LogicalSize::new(500, 300))
        .build(target)?;
    let builder = WebViewBuilder::new_with_web_context(context)
        .with_initialization_script(format!("window.own = '{title}'"))
        .with_document_title_changed_handler(move |title| {
            // This fails only when the loop has ended, and its windows.
            let _ = proxy.send_event(title);
        })
        .with_url("data:text/html,<p id=p>A page</p>");
    let view = webview::attach(builder, &window)?;
    Ok((window, view))
}
