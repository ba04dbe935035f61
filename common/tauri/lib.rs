//! What the Tauri programs share: a window and its lifecycle, and the lines that
//! tell of calls. It is a package of its own, so that no other program compiles
//! Tauri.
#![warn(missing_docs)]
use common::{home, preload::GUARD, start, transcript::line, versions};
use serde::Serialize;
use serde_json::{Map, Value, json};
use tauri::ipc::{CommandArg, CommandItem, Invoke, InvokeBody, InvokeError};
use tauri::webview::{DownloadEvent, NewWindowResponse};
use tauri::{
    AppHandle, Manager, RunEvent, Runtime, WebviewUrl, WebviewWindowBuilder,
    Wry,
};

/// The origin that Tauri gives a page that comes out of the program.
pub const ORIGIN: &str =
    if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };

/// Electron: `new BrowserWindow({ width: 800, height: 600, title,
/// webPreferences: { preload } })`, up to its last step, [`build`].
///
/// `label` is Tauri's name for the window, by which capabilities and events
/// address it; `preload` is the source of the script. The page stays at home:
/// each navigation to another origin, each new window and each download is
/// refused, with a line on the transcript.
///
/// # Errors
/// When the system has no web view to give, or no folder for its data.
///
/// [`build`]: WebviewWindowBuilder::build
pub fn window<'a>(
    app: &'a AppHandle,
    label: &str,
    title: &str,
    preload: &str,
) -> common::Result<WebviewWindowBuilder<'a, Wry, AppHandle>> {
    start::folder(&app.path().app_local_data_dir()?)?;
    Ok(WebviewWindowBuilder::new(app, label, WebviewUrl::default())
        .title(title)
        .inner_size(800.0, 600.0)
        .initialization_script(wrap(preload)?)
        // Electron: will-navigate
        .on_navigation(|url| {
            home::is_home(ORIGIN, url.as_str())
                || home::refuse("navigation to", url)
        })
        // Electron: setWindowOpenHandler
        .on_new_window(|url, _| {
            home::refuse("new window for", url);
            NewWindowResponse::Deny
        })
        // Electron: will-download
        .on_download(|_, event| match event {
            DownloadEvent::Requested { url, .. } => {
                home::refuse("download of", url)
            }
            _ => false,
        }))
}

/// Makes `preload.js` the body of a function, and lets `guard.js` decide
/// whether to call it.
fn wrap(preload: &str) -> common::Result<String> {
    let given = json!({
        "origin": ORIGIN,
        "versions": {
            "webview": tauri::webview_version()?,
            "wry": versions::WRY,
            "tao": versions::TAO,
        },
    });
    line("main", format!("gives the preload {given}"));
    Ok(format!("({GUARD})({given}, given => {{\n{preload}\n}});"))
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
pub fn print_calls<R: Runtime>(
    commands: impl Fn(Invoke<R>) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    move |invoke| {
        let message = &invoke.message;
        let args = match message.payload() {
            InvokeBody::Json(args) => named(args.clone()),
            InvokeBody::Raw(bytes) => format!("{} bytes", bytes.len()),
        };
        let call = format!("invoke {} {args}", message.command());
        line(&format!("{} → main", who(message.webview_ref().label())), call);
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

/// Whose call a command is working on. A command that has one among its
/// arguments is given it by Tauri, as it is given a `State`.
pub struct Call {
    command: &'static str,
    from: String,
}

impl Call {
    /// Prints the answer, `[main → renderer] reply ping "Pong"`, and gives it
    /// back for the command to return, which is what answers the call. A
    /// `Result` prints as serde writes it, `{"Ok":…}` or `{"Err":…}`.
    pub fn print_reply<T: Serialize>(&self, answer: T) -> T {
        let reply = format!("reply {} {}", self.command, json!(answer));
        line(&format!("main → {}", self.from), reply);
        answer
    }
}

impl<R: Runtime> CommandArg<'_, R> for Call {
    fn from_command(item: CommandItem<'_, R>) -> Result<Self, InvokeError> {
        let from = who(item.message.webview_ref().label()).into();
        Ok(Self { command: item.name, from })
    }
}

/// What the transcript calls a window.
fn who(label: &str) -> &str {
    if label == "main" { "renderer" } else { label }
}
