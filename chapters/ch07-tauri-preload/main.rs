//! Electron: `webPreferences: { preload }`, in a Tauri window.
//! New: a framework owns the event loop, the window and the page's protocol.
use common::{home, preload::GUARD, start, transcript::line, versions};
use serde_json::json;
use std::error::Error;
use tauri::webview::{DownloadEvent, NewWindowResponse};
use tauri::{AppHandle, Manager, RunEvent, WebviewUrl, WebviewWindowBuilder};

fn main() -> common::Result {
    start::display()?;
    let app = tauri::Builder::default().build(tauri::generate_context!())?;
    app.run(|app, event| match event {
        // Electron: app.whenReady().then(createWindow)
        RunEvent::Ready => {
            line("main", "ready");
            create_window(app);
        }
        // Electron: app.on('window-all-closed')
        RunEvent::ExitRequested { code: None, api, .. } => {
            line("main", "all windows closed");
            // On macOS an app outlives its windows.
            if cfg!(target_os = "macos") {
                api.prevent_exit();
            }
        }
        // Electron: app.on('activate'), a click on the Dock.
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } if app.webview_windows().is_empty() => {
            line("main", "activate");
            create_window(app);
        }
        _ => {}
    });
    Ok(())
}

/// Electron: `new BrowserWindow({ width: 800, height: 600, title })`
fn create_window(app: &AppHandle) {
    let create = || -> Result<_, Box<dyn Error>> {
        let preload = preload(include_str!("preload.js"))?;
        start::folder(&app.path().app_local_data_dir()?)?;
        Ok(WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
            .title("ch07-tauri-preload")
            .inner_size(800.0, 600.0)
            .initialization_script(preload)
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
            })
            .build()?)
    };
    if let Err(why) = create() {
        line("main", format!("no window: {why}"));
        app.exit(1);
    }
}

/// The origin that Tauri gives the page, by its own protocol.
const ORIGIN: &str =
    if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };

/// Makes `preload.js` the body of a function, and lets `guard.js` decide
/// whether to call it, so that neither the script nor what it may know becomes
/// a global of the page. Node wraps modules that way.
fn preload(preload: &str) -> Result<String, Box<dyn Error>> {
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
