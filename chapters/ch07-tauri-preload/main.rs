//! Electron: `webPreferences: { preload }`, as in ch03, in a Tauri window.
//! New: a framework owns the event loop, the window and the page's protocol.
use common::{transcript::line, versions};
use serde_json::json;
use std::error::Error;
use tauri::{AppHandle, RunEvent, WebviewUrl, WebviewWindowBuilder};

fn main() -> common::Result {
    common::start::display()?;
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
        RunEvent::Reopen { .. }
            if tauri::Manager::webview_windows(app).is_empty() =>
        {
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
        Ok(WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
            .title("ch07-tauri-preload")
            .inner_size(800.0, 600.0)
            .initialization_script(preload)
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

/// Frames, foreign pages and a `document.open()` in our own get nothing.
const GUARD: &str = "if (window !== top || location.origin !== main.origin \
                     || Object.hasOwn(window, 'versions')) return;";

/// Makes `preload.js` the body of a function and hands it what it may know,
/// so that neither becomes a global of the page. Node wraps modules that way.
fn preload(preload: &str) -> Result<String, Box<dyn Error>> {
    let given = json!({
        "origin": ORIGIN,
        "versions": {
            "webview": tauri::webview_version()?,
            "wry": versions::WRY,
            "tao": versions::TAO,
        },
    });
    line("main → preload", &given);
    Ok(format!("(main => {{ {GUARD}\n{preload}\n}})({given});"))
}
