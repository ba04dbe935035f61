//! Electron: `ipcRenderer.invoke` and `ipcMain.handle`, the two-way pattern.
//! New: a promise in the page, an id on the wire, an answer that may be late.
use common::{page, preload, transcript::line, webview, window};
use serde_json::{Value, json, value::RawValue};
use std::{error::Error, sync::Arc, thread, time::Duration};
use tao::event::Event;
use tao::event_loop::{EventLoopBuilder, EventLoopProxy};
use tao::window::Window;
use wry::WebView;

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("index.html")),
    ("/renderer.js", page::JS, include_str!("renderer.js")),
    ("/style.css", page::CSS, common::STYLE),
];

type Envelope<'a> = (Option<u64>, String, &'a RawValue);
type Refusal = Box<dyn Error + Send + Sync>;

/// What wakes the event loop: a message of the page, or a late answer to one.
enum Wake {
    Message(String),
    Late(u64, Result<Value, Refusal>),
}

struct App {
    window: Window,
    webview: WebView,
    proxy: EventLoopProxy<Wake>,
    slow_calls: Arc<()>,
}

fn main() -> common::Result {
    common::start::display()?;
    let event_loop = EventLoopBuilder::<Wake>::with_user_event().build();
    let (proxy, ipc) = (event_loop.create_proxy(), event_loop.create_proxy());
    let window = window::create("ch05-invoke", &event_loop)?;
    let mut context = webview::context();
    let builder = page::builder(&mut context, FILES)
        .with_initialization_script(preload::wrap(include_str!("preload.js"))?)
        .with_ipc_handler(move |request| {
            // This fails only when the loop has ended, and nobody listens.
            let _ = ipc.send_event(Wake::Message(request.into_body()));
        });
    let webview = webview::attach(builder, &window)?;
    let app = App { window, webview, proxy, slow_calls: Arc::default() };
    event_loop.run(move |event, _, flow| {
        window::lifecycle(&event, flow);
        match event {
            Event::UserEvent(Wake::Message(text)) => on_message(&app, &text),
            Event::UserEvent(Wake::Late(id, answer)) => reply(&app, id, answer),
            _ => {}
        }
    })
}

/// A message is `[id, channel, args]`; a send has no id, for nobody waits.
fn on_message(app: &App, message: &str) {
    let (id, channel, args) = match serde_json::from_str::<Envelope>(message) {
        Ok(envelope) => envelope,
        Err(why) => return line("main", format!("refused: {why}: {message}")),
    };
    let kind = id.map_or("send".into(), |id| format!("invoke #{id}"));
    line("renderer → main", format!("{kind} {channel} {args}"));
    let result = match (id, channel.as_str()) {
        // Electron: ipcMain.on
        (None, "set-title") => set_title(&app.window, args).map(|()| None),
        // Electron: ipcMain.handle
        (Some(_), "ping") => Ok(Some("Pong".into())),
        (Some(id), "repeat") => repeat(app, id, args).map(|()| None),
        _ => Err(format!("No handler registered for '{channel}'").into()),
    };
    match (id, result.transpose()) {
        (Some(id), Some(answer)) => reply(app, id, answer),
        (None, Some(Err(why))) => line("main", format!("refused: {why}")),
        _ => {} // A send is never answered, a slow call not yet.
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

/// Says `text` back after `delay` milliseconds, from a thread of its own.
fn repeat(app: &App, id: u64, args: &RawValue) -> Result<(), Refusal> {
    let (text, delay): (String, u64) = serde_json::from_str(args.get())?;
    if delay > 1_000 || Arc::strong_count(&app.slow_calls) > 50 {
        return Err("at most 1000 ms, and 50 slow calls at once".into());
    }
    // Each thread holds a clone, so that the clones count the threads.
    let (proxy, held) = (app.proxy.clone(), app.slow_calls.clone());
    thread::Builder::new().spawn(move || {
        thread::sleep(Duration::from_millis(delay));
        drop(held);
        let _ = proxy.send_event(Wake::Late(id, Ok(text.into())));
    })?;
    Ok(())
}

/// Settles the promise with this id. The answer crosses as JSON in a string,
/// so nothing that it says can be taken for script.
fn reply(app: &App, id: u64, answer: Result<Value, Refusal>) {
    let (kind, value) = match answer {
        Ok(value) => ("reply", value),
        Err(why) => ("error", why.to_string().into()),
    };
    line("main → renderer", format!("{kind} #{id} {value}"));
    let json = Value::from(json!([id, kind, value]).to_string());
    let sent = app.webview.evaluate_script(&format!("__settle({json})"));
    sent.unwrap_or_else(|why| line("main", format!("#{id} is lost: {why}")));
}
