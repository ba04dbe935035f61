//! What the Tauri chapters share: a window and its lifecycle, as ch07 builds
//! them. It is a package of its own, so that no other chapter compiles Tauri.
#![warn(missing_docs)]
use common::{preload, transcript::line};
use std::error::Error;
use tauri::{
    AppHandle, RunEvent, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
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
) -> Result<WebviewWindow, Box<dyn Error>> {
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
