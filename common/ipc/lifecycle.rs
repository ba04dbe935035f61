//! When a program ends: with its last window, unless the app decides.
//! Chapter: ch15-windows
use crate::app::{App, Wake};
use crate::{BrowserWindow, Result, settle::catch};
use common::transcript::line;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Who decides, and whether it is decided.
#[derive(Default)]
pub(crate) struct Lifecycle {
    all_closed: RefCell<Vec<Listener<()>>>,
    activate: RefCell<Vec<Listener<bool>>>,
    is_over: Cell<bool>,
}

type Listener<T> = Rc<dyn Fn(&App, T) -> Result>;

impl Lifecycle {
    pub fn is_over(&self) -> bool {
        self.is_over.get()
    }
}

impl App {
    /// Electron: `app.on('window-all-closed', listener)`. Calls `listener` when
    /// there is no window left, or none to begin with. The program goes on then
    /// until one of its listeners calls [`quit`](Self::quit); without any it
    /// ends. What a listener fails with is printed.
    ///
    /// ```
    /// fn setup(app: &ipc::App) {
    ///     app.on_window_all_closed(|app| {
    ///         if cfg!(not(target_os = "macos")) {
    ///             app.quit();
    ///         }
    ///         Ok(())
    ///     });
    /// }
    /// ```
    pub fn on_window_all_closed(
        &self,
        listener: impl Fn(&Self) -> Result + 'static,
    ) {
        let listener = Rc::new(move |app: &Self, ()| listener(app));
        self.state().lifecycle.all_closed.borrow_mut().push(listener);
    }

    /// Electron: `app.on('activate', listener)`. Calls `listener` when the
    /// program's icon in the Dock is clicked, with whether it has a window that
    /// can be seen. Only macOS has a Dock.
    pub fn on_activate(
        &self,
        listener: impl Fn(&Self, bool) -> Result + 'static,
    ) {
        let listener = Rc::new(listener);
        self.state().lifecycle.activate.borrow_mut().push(listener);
    }

    /// Electron: `app.quit()`. Closes all windows, and ends the program with
    /// exit code 0 once the event loop has its turn.
    pub fn quit(&self) {
        self.state().lifecycle.is_over.set(true);
        BrowserWindow::all(self).iter().for_each(BrowserWindow::close);
        // The loop may be asleep: a click in a menu is no event of its own. This
        // fails only when it has ended already.
        let _ = self.state().proxy.send_event(Wake::Over);
    }

    /// Electron: window-all-closed
    pub(crate) fn end_without_windows(&self) {
        let lifecycle = &self.state().lifecycle;
        if lifecycle.is_over() || !self.state().windows.is_empty() {
            return;
        }
        // One of them may add another.
        let all = lifecycle.all_closed.borrow().clone();
        match &all[..] {
            [] => self.quit(),
            all => self.tell("window-all-closed", all, ()),
        }
    }

    pub(crate) fn activate(&self, has_visible_windows: bool) {
        let all = self.state().lifecycle.activate.borrow().clone();
        self.tell("activate", &all, has_visible_windows);
    }

    fn tell<T: Copy>(&self, event: &str, all: &[Listener<T>], what: T) {
        for listener in all {
            let done = catch(|| listener(self, what)).flatten();
            done.unwrap_or_else(|why| {
                line("main", format!("{event}: {why:?}"))
            });
        }
    }
}
