//! Electron: `ipcRenderer.send` and `ipcMain.on`, the one-way pattern.
//! New: a message from the page, checked before anything is done with it.
use common::{page, preload, transcript::line, webview, window};
use serde_json::value::RawValue;
use std::error::Error;
use tao::event::Event;
use tao::event_loop::EventLoopBuilder;
use tao::window::Window;

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("index.html")),
    ("/renderer.js", page::JS, include_str!("renderer.js")),
    ("/style.css", page::CSS, common::STYLE),
];

type Envelope<'a> = (String, &'a RawValue);
type Refusal = Box<dyn Error + Send + Sync>;

fn main() -> common::Result {
    common::start::display()?;
    let event_loop = EventLoopBuilder::<String>::with_user_event().build();
    let proxy = event_loop.create_proxy();
    let window = window::create("ch04-send", &event_loop)?;
    let mut context = webview::context();
    let builder = page::builder(&mut context, FILES)
        .with_initialization_script(preload::wrap(include_str!("preload.js"))?)
        .with_ipc_handler(move |request| {
            // This fails only when the loop has ended, and nobody listens.
            let _ = proxy.send_event(request.into_body());
        });
    let _webview = webview::attach(builder, &window)?;
    event_loop.run(move |event, _, flow| {
        window::lifecycle(&event, flow);
        if let Event::UserEvent(message) = event {
            on_message(&window, &message);
        }
    })
}

/// A message is `[channel, args]`, but any script in the page can send any
/// text, so nothing is done before it has been checked.
fn on_message(window: &Window, message: &str) {
    let (channel, args) = match serde_json::from_str::<Envelope>(message) {
        Ok(envelope) => envelope,
        Err(why) => return line("main", format!("refused: {why}: {message}")),
    };
    line("renderer → main", format!("send {channel} {args}"));
    let result = match channel.as_str() {
        // Electron: ipcMain.on
        "set-title" => set_title(window, args),
        _ => Err(format!("No listener registered for '{channel}'").into()),
    };
    if let Err(why) = result {
        line("main", format!("refused: {why}"));
    }
}

/// Electron: `BrowserWindow.fromWebContents(event.sender).setTitle(title)`
fn set_title(window: &Window, args: &RawValue) -> Result<(), Refusal> {
    let (title,): (String,) = serde_json::from_str(args.get())?;
    if title.chars().count() > 100 || title.chars().any(char::is_control) {
        return Err("at most 100 characters, and no control characters".into());
    }
    window.set_title(&title);
    Ok(())
}
