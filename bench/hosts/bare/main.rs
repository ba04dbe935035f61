//! A window and a page on wry alone, as a host of the benchmark: what a window
//! costs without a bridge. With the variable `BENCH_WAY=plain` the page has
//! wry's own pipe, whose messages are counted: it carries texts, no answers.
use common::{page, webview, window};
use std::{cell::Cell, env};
use tao::event_loop::EventLoopBuilder;
use wry::WebViewBuilder;

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("../../page/index.html")),
    ("/renderer.js", page::JS, include_str!("../../page/renderer.js")),
    ("/style.css", page::CSS, common::STYLE),
];

fn main() -> common::Result {
    common::transcript::off();
    common::start::display()?;
    let event_loop = EventLoopBuilder::<u32>::with_user_event().build();
    let window = window::create("bench-bare", &event_loop)?;
    let mut context = webview::context();
    let mut builder = page::builder(&mut context, FILES)
        .with_document_title_changed_handler(|title| {
            if title == "ready" {
                println!("ready");
            }
        });
    if env::var("BENCH_WAY").is_ok_and(|way| way == "plain") {
        let proxy = event_loop.create_proxy();
        builder = with_pipe(builder, move |count| {
            // This fails only when the loop has ended, and nobody listens.
            let _ = proxy.send_event(count);
        });
    }
    let webview = webview::attach(builder, &window)?;
    event_loop.run(move |event, _, flow| {
        window::lifecycle(&event, flow);
        if let tao::event::Event::UserEvent(count) = event {
            let _ = webview.evaluate_script(&format!("tallied({count})"));
        }
    })
}

/// Gives the page wry's pipe. `tell` is called with the number of messages so
/// far when the page asks for it.
fn with_pipe(
    builder: WebViewBuilder<'_>,
    tell: impl Fn(u32) + 'static,
) -> WebViewBuilder<'_> {
    let counted = Cell::new(0);
    let plan = env::var("BENCH_PLAN").unwrap_or("[]".into());
    builder
        .with_initialization_script(format!(
            "(plan => {{ {} }})({plan:?})",
            include_str!("preload.js")
        ))
        .with_ipc_handler(move |request| match request.body().as_str() {
            "tally" => tell(counted.get()),
            body => match body.strip_prefix("report:") {
                Some(line) => println!("{line}"),
                None => counted.update(|it| it + 1),
            },
        })
}
