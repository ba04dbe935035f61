//! Windows that belong to another one.
//! Chapter: ch15-windows
use crate::{BrowserWindow, window::Builder};
use tao::window::{Window, WindowBuilder};

impl Builder {
    /// Electron: `parent`. The window stays above this one, and closes with it.
    ///
    /// ```
    /// # use ipc::{App, BrowserWindow, Result};
    /// fn open_note(app: &App, main: &BrowserWindow) -> Result<BrowserWindow> {
    ///     BrowserWindow::builder("/note.html").parent(main).build(app)
    /// }
    /// ```
    pub fn parent(mut self, parent: &BrowserWindow) -> Self {
        self.parent = Some(parent.id());
        self.window = above(self.window, parent.tao());
        self
    }
}

impl BrowserWindow {
    /// Electron: `win.getParentWindow()`
    pub fn parent(&self) -> Option<Self> {
        self.web_contents().app().window(self.parent?).ok()
    }

    /// Electron: `win.getChildWindows()`. Those that are open, in the order in
    /// which they were made.
    pub fn children(&self) -> Vec<Self> {
        let mut all = Self::all(self.web_contents().app());
        all.retain(|it| it.parent == Some(self.id()));
        all
    }
}

#[cfg(target_os = "linux")]
fn above(builder: WindowBuilder, parent: &Window) -> WindowBuilder {
    use tao::platform::unix::{WindowBuilderExtUnix, WindowExtUnix};
    builder.with_transient_for(parent.gtk_window())
}

#[cfg(windows)]
fn above(builder: WindowBuilder, parent: &Window) -> WindowBuilder {
    use tao::platform::windows::{WindowBuilderExtWindows, WindowExtWindows};
    builder.with_owner_window(parent.hwnd() as _)
}

#[cfg(target_os = "macos")]
fn above(builder: WindowBuilder, parent: &Window) -> WindowBuilder {
    use tao::platform::macos::{WindowBuilderExtMacOS, WindowExtMacOS};
    builder.with_parent_window(parent.ns_window())
}
