//! A window with a page in it.
//! Chapter: ch11-values
use crate::{App, ELECTRON, Result, WebContents, contents::DESTROYED};
use common::preload;
use std::rc::Rc;
use tao::dpi::LogicalSize;
use tao::window::{Window, WindowBuilder};

/// Electron: `BrowserWindow`. A copy of it is the same window.
///
/// ```
/// use ipc::{BrowserWindow, Event, Result};
///
/// fn set_title(event: Event, (title,): (String,)) -> Result {
///     BrowserWindow::from_web_contents(event.sender())?.set_title(&title)
/// }
/// ```
#[derive(Clone)]
pub struct BrowserWindow {
    window: Rc<Window>,
    contents: WebContents,
    /// The number of the window that it belongs to.
    pub(crate) parent: Option<u32>,
}

impl BrowserWindow {
    /// Electron: `new BrowserWindow(options)` and `win.loadFile(path)`. The
    /// path is one of the files that [`App::run`] was given: `/`.
    pub fn builder(path: &str) -> Builder {
        Builder {
            path: path.into(),
            preload: String::new(),
            parent: None,
            window: WindowBuilder::new(),
            title: String::new(),
        }
        .size(800.0, 600.0)
    }

    /// Electron: `BrowserWindow.fromWebContents(contents)`
    ///
    /// # Errors
    /// Where the window is closed.
    pub fn from_web_contents(contents: &WebContents) -> Result<Self> {
        contents.app().window(contents.id())
    }

    /// Electron: `win.webContents`
    pub fn web_contents(&self) -> &WebContents {
        &self.contents
    }

    /// tao's window, for what wants one: a dialog, a menu.
    pub fn tao(&self) -> &Window {
        &self.window
    }

    /// Electron: `win.setTitle(title)`
    ///
    /// # Errors
    /// Where there is a control character in it: systems differ in what they
    /// make of one, and a NUL ends a program that GTK is told it by.
    pub fn set_title(&self, title: &str) -> Result {
        check_title(title)?;
        self.window.set_title(title);
        Ok(())
    }
}

fn check_title(title: &str) -> Result {
    if title.chars().any(char::is_control) {
        Err("A title has no control characters")?;
    }
    Ok(())
}

impl App {
    pub(crate) fn window(&self, id: u32) -> Result<BrowserWindow> {
        Ok(self.state().windows.get(id).ok_or(DESTROYED)?)
    }
}

/// How a window is to be.
#[must_use = "a window is there once it is built"]
pub struct Builder {
    path: String,
    preload: String,
    pub(crate) parent: Option<u32>,
    pub(crate) window: WindowBuilder,
    title: String,
}

impl Builder {
    /// Electron: `title`
    pub fn title(mut self, title: &str) -> Self {
        self.title = title.into();
        self
    }

    /// Electron: `width` and `height`, in logical pixels; 800 and 600 where
    /// nothing is said.
    pub fn size(mut self, width: f64, height: f64) -> Self {
        let size = LogicalSize::new(width, height);
        self.window = self.window.with_inner_size(size);
        self
    }

    /// Electron: `webPreferences.preload`, but the script itself in place of
    /// its path: `include_str!("preload.js")`.
    pub fn preload(mut self, script: &str) -> Self {
        self.preload = script.into();
        self
    }

    /// Opens the window.
    ///
    /// # Errors
    /// What the system says when it has no window or no web view to give; where
    /// the parent is closed; and where the title has a control character, as
    /// for [`BrowserWindow::set_title`].
    pub fn build(self, app: &App) -> Result<BrowserWindow> {
        app.check_parent(self.parent)?;
        check_title(&self.title)?;
        let window = self.window.with_title(self.title);
        let window = window.build(&app.state().target)?;
        // Two functions, so that the preload sees no name of ours. Both are
        // strict.
        let (ours, preload) = (ELECTRON.concat(), self.preload);
        let script = preload::wrap(&format!(
            "'use strict';\nconst run = (() => {{\n{ours}return run;\n}})();\n\
             run((require, process, exports) => {{\n{preload}\n}});"
        ))?;
        let window = Rc::new(window);
        let contents = WebContents::new(app);
        let win = BrowserWindow { window, contents, parent: self.parent };
        let url = format!("app://localhost{}", self.path);
        app.open(&win, |view| {
            view.with_initialization_script(script).with_url(url)
        })?;
        Ok(win)
    }
}
