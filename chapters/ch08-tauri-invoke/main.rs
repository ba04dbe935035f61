//! Electron: `ipcMain.handle`, `ipcRenderer.invoke`, `dialog.showOpenDialog`.
//! New: a function with an attribute is a handler, and Tauri is the bridge.
use common_tauri::{Call, lifecycle, print_calls, window};
use serde::{Serialize, Serializer};
use serde_json::json;
use std::path::{Path, PathBuf};
use tauri::{Runtime, State, WebviewWindow, async_runtime, ipc::Invoke};
use tauri_plugin_dialog::DialogExt;

/// Held while a file dialog is open.
type Dialog = async_runtime::Mutex<()>;

fn main() -> common::Result {
    common::start::display()?;
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Dialog::default())
        .invoke_handler(print_calls(commands()))
        .build(tauri::generate_context!())?;
    let preload = include_str!("preload.js");
    window(app.handle(), "main", "ch08-tauri-invoke", preload)?.build()?;
    app.run(lifecycle);
    Ok(())
}

/// Electron: `ipcMain.handle`, for all channels at once.
pub(crate) fn commands<R: Runtime>() -> impl Fn(Invoke<R>) -> bool {
    tauri::generate_handler![set_title, ping, open_file]
}

/// What a command may refuse with.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("at most 100 characters, and no control characters")]
    Title,
    #[error("A file dialog is open already")]
    DialogIsOpen,
    #[error("{} is not a file", .0.display())]
    NotAFile(PathBuf),
    #[error("The path is not Unicode text")]
    NotUnicode,
    #[error(transparent)]
    Tauri(#[from] tauri::Error),
}

/// Crosses as `{ kind, message }`: one for the page's code, one for people.
impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let kind = format!("{self:?}");
        let kind = kind.split('(').next();
        json!({ "kind": kind, "message": self.to_string() }).serialize(to)
    }
}

/// Electron: `BrowserWindow.fromWebContents(event.sender).setTitle(title)`
#[tauri::command]
fn set_title<R: Runtime>(
    call: Call,
    window: WebviewWindow<R>,
    title: String,
) -> Result<(), Refusal> {
    let fits = title.chars().count() <= 100;
    let answer = match fits && !title.chars().any(char::is_control) {
        true => window.set_title(&title).map_err(Refusal::from),
        false => Err(Refusal::Title),
    };
    call.print_reply(answer)
}

#[tauri::command]
fn ping(call: Call) -> &'static str {
    call.print_reply("Pong")
}

/// Electron: `dialog.showOpenDialog()`
#[tauri::command]
async fn open_file<R: Runtime>(
    call: Call,
    window: WebviewWindow<R>,
    dialog: State<'_, Dialog>,
) -> Result<Option<String>, Refusal> {
    let answer = match dialog.try_lock() {
        Ok(_open) => choose(window).await,
        Err(_) => Err(Refusal::DialogIsOpen),
    };
    call.print_reply(answer)
}

/// Opens the dialog and awaits the choice, blocking no thread of Tauri's.
async fn choose<R: Runtime>(
    window: WebviewWindow<R>,
) -> Result<Option<String>, Refusal> {
    let (tell, mut chosen) = async_runtime::channel(1);
    window.dialog().file().set_parent(&window).pick_file(move |file| {
        let _ = tell.try_send(file);
    });
    let Some(file) = chosen.recv().await.flatten() else { return Ok(None) };
    let path = file.into_path().map_err(|_| Refusal::NotUnicode)?;
    check(&path).map(Some)
}

/// What is typed into a dialog need not be a file, and only text can cross.
fn check(path: &Path) -> Result<String, Refusal> {
    if !path.is_file() {
        return Err(Refusal::NotAFile(path.into()));
    }
    Ok(path.to_str().ok_or(Refusal::NotUnicode)?.into())
}
