//! Electron: `contextBridge` and `ipcRenderer`, as its own preloads use them.
//! New: `require('electron')`, and messages that main sends by itself.
use common::{dialog, menu, page, preload, transcript::line, webview, window};
use serde_json::{Value, json, value::RawValue};
use std::error::Error;
use tao::event_loop::{EventLoopBuilder, EventLoopProxy};
use tao::{event::Event, window::Window};

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("index.html")),
    ("/renderer.js", page::JS, include_str!("renderer.js")),
    ("/style.css", page::CSS, common::STYLE),
];

/// The preload is a function of its own, so that it may give any name to what
/// it gets from `electron.js`.
const PRELOAD: &str = concat!(
    include_str!("electron.js"),
    "run((require, process, exports) => {\n",
    include_str!("preload.js"),
    "\n});"
);

/// Electron: the submenu in a template for `Menu.buildFromTemplate`
const COUNTER: &[menu::Item] =
    &[("up", "Count up", "CmdOrCtrl+U"), ("down", "Count down", "CmdOrCtrl+D")];

type Envelope<'a> = (Option<u64>, String, &'a RawValue);
type Refusal = Box<dyn Error + Send + Sync>;

/// What a call is answered with, at once or later, by [`Wake::Late`].
enum Answer {
    Now(Value),
    Later,
}

/// What wakes the event loop: the page, the menu, or a late answer to a call.
enum Wake {
    Message(String),
    Menu(String),
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
    let clicks = event_loop.create_proxy();
    let window = window::create("ch10-context-bridge", &event_loop)?;
    // The menu ends with this value, which has to live as long as the window.
    let _menu = menu::show(&window, "Counter", COUNTER, move |item| {
        let _ = clicks.send_event(Wake::Menu(item));
    })?;
    let mut context = webview::context();
    let builder = page::builder(&mut context, FILES)
        .with_initialization_script(preload::wrap(PRELOAD)?)
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
            Wake::Menu(item) => on_menu(&app, &item),
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
        "counter-value" | "preload-error" => Ok(()), // It is printed above.
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

/// Electron: each item's `click`
fn on_menu(app: &App, item: &str) {
    let step = if item == "up" { 1 } else { -1 };
    send(app, "update-counter", &json!([step]));
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
    let proxy = app.proxy.clone();
    dialog::open_file(&app.window, move |file| {
        let _ = proxy.send_event(Wake::Late(id, file.map(Value::from)));
    })?;
    app.dialog_is_open = true;
    Ok(Answer::Later)
}

/// Settles the promise with this id.
fn reply(app: &App, id: u64, answer: Result<Value, Refusal>) {
    let (kind, value) = match answer {
        Ok(value) => ("reply", value),
        Err(why) => ("error", why.to_string().into()),
    };
    line("main → renderer", format!("{kind} #{id} {value}"));
    run(app, "__settle", &json!([id, kind, value]));
}

/// Electron: `webContents.send(channel, ...args)`
fn send(app: &App, channel: &str, args: &Value) {
    line("main → renderer", format!("send {channel} {args}"));
    run(app, "__emit", &json!([channel, args]));
}

/// Calls a function of `electron.js`. What it is told crosses as JSON in a
/// string, so nothing in it can be taken for script.
fn run(app: &App, function: &str, told: &Value) {
    let json = Value::from(told.to_string());
    let sent = app.webview.evaluate_script(&format!("{function}({json})"));
    sent.unwrap_or_else(|why| line("main", format!("{told} is lost: {why}")));
}
