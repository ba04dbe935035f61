//! Electron: `dialog.showOpenDialog` behind `ipcMain.handle`.
//! New: an answer that a person takes minutes for, while the window lives on.
use common::{page, preload, transcript::line, webview, window};
use serde_json::{Value, json, value::RawValue};
use std::{error::Error, path::Path, thread};
use tao::event_loop::{EventLoopBuilder, EventLoopProxy};
use tao::{event::Event, window::Window};

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("index.html")),
    ("/renderer.js", page::JS, include_str!("renderer.js")),
    ("/style.css", page::CSS, common::STYLE),
];

type Envelope<'a> = (Option<u64>, String, &'a RawValue);
type Refusal = Box<dyn Error + Send + Sync>;

/// What a call is answered with, at once or later, by [`Wake::Late`].
enum Answer {
    Now(Value),
    Later,
}

/// What wakes the event loop: a message of the page, or a late answer to one.
enum Wake {
    Message(String),
    Late(u64, Result<Value, Refusal>),
}

struct App {
    window: Window,
    webview: wry::WebView,
    proxy: EventLoopProxy<Wake>,
    dialog_is_open: bool,
}

fn main() -> common::Result {
    common::start::display()?;
    let event_loop = EventLoopBuilder::<Wake>::with_user_event().build();
    let (proxy, ipc) = (event_loop.create_proxy(), event_loop.create_proxy());
    let window = window::create("ch06-open-file", &event_loop)?;
    let mut context = webview::context();
    let builder = page::builder(&mut context, FILES)
        .with_initialization_script(preload::wrap(include_str!("preload.js"))?)
        .with_ipc_handler(move |request| {
            // This fails only when the loop has ended, and nobody listens.
            let _ = ipc.send_event(Wake::Message(request.into_body()));
        });
    let webview = webview::attach(builder, &window)?;
    let mut app = App { window, webview, proxy, dialog_is_open: false };
    event_loop.run(move |event, _, flow| {
        window::lifecycle(&event, flow);
        let Event::UserEvent(wake) = event else { return };
        match wake {
            Wake::Message(text) => on_message(&mut app, &text),
            Wake::Late(id, answer) => {
                app.dialog_is_open = false;
                reply(&app, id, answer);
            }
        }
    })
}

/// A message is `[id, channel, args]`; a send has no id, for nobody waits.
fn on_message(app: &mut App, message: &str) {
    match serde_json::from_str::<Envelope>(message) {
        Ok((None, channel, args)) => on_send(app, &channel, args),
        Ok((Some(id), channel, args)) => on_invoke(app, id, &channel, args),
        Err(why) => line("main", format!("refused: {why}: {message}")),
    }
}

/// Electron: `ipcMain.on`
fn on_send(app: &App, channel: &str, args: &RawValue) {
    line("renderer → main", format!("send {channel} {args}"));
    let done = match channel {
        "set-title" => set_title(&app.window, args),
        _ => Err(format!("No listener registered for '{channel}'").into()),
    };
    done.unwrap_or_else(|why| line("main", format!("refused: {why}")));
}

/// Electron: `ipcMain.handle`
fn on_invoke(app: &mut App, id: u64, channel: &str, args: &RawValue) {
    line("renderer → main", format!("invoke #{id} {channel} {args}"));
    let answer = match channel {
        "ping" => Ok(Answer::Now("Pong".into())),
        "dialog:openFile" => open_file(app, id),
        _ => Err(format!("No handler registered for '{channel}'").into()),
    };
    match answer {
        Ok(Answer::Now(value)) => reply(app, id, Ok(value)),
        Ok(Answer::Later) => {}
        Err(why) => reply(app, id, Err(why)),
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

/// Electron: `dialog.showOpenDialog()`. Opens the dialog and returns at once.
fn open_file(app: &mut App, id: u64) -> Result<Answer, Refusal> {
    if app.dialog_is_open {
        return Err("A file dialog is open already".into());
    }
    // Made on the main thread, as macOS wants it; another thread waits.
    let pick = rfd::AsyncFileDialog::new().set_parent(&app.window).pick_file();
    let proxy = app.proxy.clone();
    thread::Builder::new().spawn(move || {
        let file = pollster::block_on(pick);
        let answer = file.map_or(Ok(Value::Null), |file| check(file.path()));
        let _ = proxy.send_event(Wake::Late(id, answer));
    })?;
    app.dialog_is_open = true;
    Ok(Answer::Later)
}

/// What is typed into a dialog need not be a file, and only text can cross.
fn check(path: &Path) -> Result<Value, Refusal> {
    let text = path.to_str().ok_or("The path is not Unicode text")?;
    let file = path.is_file().then(|| text.into());
    file.ok_or_else(|| format!("{text} is not a file").into())
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
