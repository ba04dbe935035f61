//! A display for programs that are run and not driven: WebDriver stays out.

use std::process::Command;

use tempfile::TempDir;

use crate::Private;
use crate::display::Display;

/// A virtual display, which ends when it is dropped.
pub struct Stage(Display);

impl Stage {
    /// Starts an X server.
    ///
    /// # Panics
    /// Where Xvfb is not installed.
    #[track_caller]
    pub fn open() -> Self {
        Self(Display::start())
    }

    /// Lets a program appear here, with an empty HOME, in the folder that this
    /// gives: keep that for as long as the program runs.
    #[track_caller]
    pub fn prepare(&self, command: &mut Command) -> TempDir {
        let private = Private::give(command);
        command.env("DISPLAY", &self.0.name);
        for variable in [
            "TAURI_WEBVIEW_AUTOMATION",
            "TUTORIAL_AUTOMATION",
            "WEBKIT_INSPECTOR_SERVER",
        ] {
            command.env_remove(variable);
        }
        private.folder
    }
}
