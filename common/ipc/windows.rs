//! Which windows are open, what main keeps of each, and how one closes.
//! Chapter: ch15-windows
use crate::{App, BrowserWindow, IpcMain, Result, WebContents};
use crate::{contents::DESTROYED, settle::catch};
use common::transcript::line;
use std::{cell::RefCell, collections::BTreeMap, mem};

/// What main keeps of each window, by its number, for as long as it is open.
#[derive(Default)]
pub(crate) struct Windows(RefCell<BTreeMap<u32, Open>>);

struct Open {
    win: BrowserWindow,
    ipc: IpcMain,
    closed: Vec<Listener>,
    is_closing: bool,
}

type Listener = Box<dyn FnOnce() -> Result>;

impl Windows {
    pub fn add(&self, win: &BrowserWindow) {
        let (win, ipc) = (win.clone(), IpcMain::default());
        let id = win.id();
        let open = Open { win, ipc, closed: Vec::new(), is_closing: false };
        self.0.borrow_mut().insert(id, open);
    }

    pub fn get(&self, id: u32) -> Option<BrowserWindow> {
        self.0.borrow().get(&id).map(|it| it.win.clone())
    }

    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// Whether a window is open, and will be.
    fn stays(&self, id: u32) -> bool {
        self.0.borrow().get(&id).is_some_and(|it| !it.is_closing)
    }

    /// Whether it begins now. From now on it takes no children.
    fn begins_to_close(&self, id: u32) -> bool {
        let begins = |it: &mut Open| !mem::replace(&mut it.is_closing, true);
        self.0.borrow_mut().get_mut(&id).is_some_and(begins)
    }

    fn remove(&self, id: u32) -> Option<Open> {
        self.0.borrow_mut().remove(&id)
    }
}

impl BrowserWindow {
    /// Electron: `BrowserWindow.getAllWindows()`. Those that are open, in the
    /// order in which they were made.
    pub fn all(app: &App) -> Vec<Self> {
        let windows = app.state().windows.0.borrow();
        windows.values().map(|it| it.win.clone()).collect()
    }

    /// Electron: `BrowserWindow.fromId(id)`
    ///
    /// # Errors
    /// Where no open window has this number.
    pub fn from_id(app: &App, id: u32) -> Result<Self> {
        app.window(id)
    }

    /// Electron: `win.id`. It is the number of its page, and no window of the
    /// program has had it before.
    pub fn id(&self) -> u32 {
        self.web_contents().id()
    }

    /// Electron: `win.isDestroyed()`
    pub fn is_destroyed(&self) -> bool {
        self.web_contents().is_destroyed()
    }

    /// Electron: `win.focus()`
    pub fn focus(&self) {
        self.tao().set_focus();
    }

    /// Electron: `win.destroy()`, and `win.close()` where the page has nothing
    /// against it: it is not asked. Closes the window, after its
    /// [children](Self::children).
    ///
    /// Its page is gone then, with what listens to it alone, and so are the
    /// calls that it has made. A window that is closed already stays so.
    pub fn close(&self) {
        let (page, id) = (self.web_contents(), self.id());
        let (app, state) = (page.app(), page.app().state());
        if !state.windows.begins_to_close(id) {
            return;
        }
        self.children().iter().for_each(Self::close);
        state.outbox.flush(page);
        let open = state.windows.remove(id);
        page.set_view(None);
        // Copies of it that the app has keep tao's window alive.
        self.tao().set_visible(false);
        page.closes();
        state.tasks.end(id);
        state.inbox.queue.borrow_mut().forget(id);
        open.into_iter().for_each(|open| open.end());
        app.end_without_windows();
    }

    /// Electron: `win.on('closed', listener)`. Calls `listener` once the window
    /// is closed, by whomever. What it fails with is printed. That of a window
    /// that is closed already is not called.
    pub fn on_closed(&self, listener: impl FnOnce() -> Result + 'static) {
        let state = self.web_contents().app().state();
        if let Some(open) = state.windows.0.borrow_mut().get_mut(&self.id()) {
            open.closed.push(Box::new(listener));
        }
    }
}

impl Open {
    fn end(self) {
        // A handler may own its own `ipc`, which would keep both.
        self.ipc.clear();
        for listener in self.closed {
            let done = catch(listener).flatten();
            done.unwrap_or_else(|why| line("main", format!("closed: {why:?}")));
        }
    }
}

impl App {
    /// A window that is closing would leave a new child behind.
    pub(crate) fn check_parent(&self, parent: Option<u32>) -> Result {
        let stays = |id| self.state().windows.stays(id);
        Ok(parent.is_none_or(stays).then_some(()).ok_or(DESTROYED)?)
    }
}

impl WebContents {
    /// Electron: `webContents.ipc`. As [`App::ipc_main`], for what this page
    /// sends alone. Its handlers come before main's, and its listeners hear
    /// first. All of them go with the window; one that is closed has none.
    ///
    /// ```
    /// fn answer(note: &ipc::BrowserWindow) -> ipc::Result {
    ///     let id = note.id();
    ///     note.web_contents().ipc().handle("number", move |_, ()| id)
    /// }
    /// ```
    pub fn ipc(&self) -> IpcMain {
        let windows = self.app().state().windows.0.borrow();
        windows.get(&self.id()).map(|it| it.ipc.clone()).unwrap_or_default()
    }

    /// Who hears what it sends, and answers it.
    pub(crate) fn ipcs(&self) -> [IpcMain; 2] {
        [self.ipc(), self.app().ipc_main().clone()]
    }

    /// Runs a future, for as long as its window is open.
    pub(crate) fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        if !self.is_destroyed() {
            self.app().state().tasks.spawn(self.id(), future);
        }
    }
}
