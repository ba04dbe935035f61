//! The window and its page, and what the page's messages are answered with.
use crate::reply;
use common::{page, webview, window};
use std::{cell::Cell, env};
use tao::event_loop::EventLoop;

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("../../page/index.html")),
    ("/renderer.js", page::JS, include_str!("../../page/renderer.js")),
    ("/style.css", page::CSS, common::STYLE),
];

pub fn run() -> common::Result {
    common::transcript::off();
    common::start::display()?;
    let event_loop = EventLoop::new();
    let window = window::create("bench-limit", &event_loop)?;
    let mut context = webview::context();
    let builder = page::builder(&mut context, FILES)
        .with_initialization_script(include_str!("preload.js"));
    let webview = webview::attach(builder, &window)?;
    reply::register(&webview, answer());
    event_loop.run(move |event, _, flow| {
        let _ = &webview;
        window::lifecycle(&event, flow);
    })
}

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

fn said(line: &str) -> String {
    println!("{line}");
    String::new()
}
