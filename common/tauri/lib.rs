//! What the Tauri chapters share: a window and its lifecycle, as ch07 builds
//! them. It is a package of its own, so that no other chapter compiles Tauri.
#![warn(missing_docs)]
use common::{preload, transcript::line};
use serde::Serialize;
use serde_json::{Map, Value, json};
use tauri::ipc::{Invoke, InvokeBody};
use tauri::{
    AppHandle, RunEvent, Runtime, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder,
};

/// The origin that Tauri gives a page that comes out of the program.
pub const ORIGIN: &str =
    if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };

/// Electron: `new BrowserWindow({ width: 800, height: 600, title,
/// webPreferences: { preload } })`
///
/// `label` is Tauri's name for the window, by which capabilities and events
/// address it; `preload` is the source of the script.
///
/// # Errors
/// When there is a window with this label already, and what the system says
/// when it has no window or no web view to give.
pub fn window(
    app: &AppHandle,
    label: &str,
    title: &str,
    preload: &str,
) -> common::Result<WebviewWindow> {
    let preload = preload::wrap_for(ORIGIN, preload)?;
    Ok(WebviewWindowBuilder::new(app, label, WebviewUrl::default())
        .title(title)
        .inner_size(800.0, 600.0)
        .initialization_script(preload)
        .build()?)
}

/// Electron: `app.whenReady()`, and `app.quit()` once all windows are closed,
/// on every system.
pub fn lifecycle(_: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::Ready => line("main", "ready"),
        RunEvent::ExitRequested { code: None, .. } => {
            line("main", "all windows closed");
        }
        _ => {}
    }
}

/// Wraps what `tauri::generate_handler!` makes, so that each call which reaches
/// it is printed: `[renderer → main] invoke ping {}`.
///
/// A window is called by its label, one with the label `main` `renderer`. A
/// body that is no JSON is counted, not printed. What Tauri itself refuses,
/// because no capability allows it, never comes here.
pub fn told<R: Runtime>(
    commands: impl Fn(Invoke<R>) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    move |invoke| {
        let message = &invoke.message;
        let who = match message.webview_ref().label() {
            "main" => "renderer",
            label => label,
        };
        let args = match message.payload() {
            InvokeBody::Json(args) => named(args.clone()),
            InvokeBody::Raw(bytes) => format!("{} bytes", bytes.len()),
        };
        let call = format!("invoke {} {args}", message.command());
        line(&format!("{who} → main"), call);
        commands(invoke)
    }
}

/// A channel crosses as a text with a random number, which says nothing.
fn named(mut args: Value) -> String {
    let values = args.as_object_mut().into_iter().flat_map(Map::values_mut);
    for value in values {
        if value.as_str().is_some_and(|text| text.starts_with("__CHANNEL__:")) {
            *value = "a channel".into();
        }
    }
    args.to_string()
}

/// Prints an answer on its way to a window, and gives it back for Tauri to
/// send: `[main → renderer] reply ping "Pong"`. A `Result` prints as serde
/// writes it, `{"Ok":…}` or `{"Err":…}`.
pub fn reply<T: Serialize>(to: &str, command: &str, answer: T) -> T {
    let json = json!(answer);
    line(&format!("main → {to}"), format!("reply {command} {json}"));
    answer
}
