//! Who is told that a page is loaded.
//! Chapter: ch14-reload
use crate::app::{App, Wake};
use crate::handler::{Answer, Outcome};
use crate::settle::{catch, caught};
use crate::{Result, WebContents};
use common::transcript::line;
use std::{cell::RefCell, collections::HashMap, rc::Rc};

type Listener = Rc<dyn Fn(WebContents) -> Outcome>;

/// Those who listen, by the page's number.
#[derive(Default)]
pub(crate) struct Loads(RefCell<HashMap<u32, Vec<Listener>>>);

impl WebContents {
    /// Electron: `webContents.on('did-finish-load', listener)`. Calls `listener`
    /// each time that a document is loaded: its scripts have run, its pictures
    /// are there, its `load` event is over. What the listener, or a future that
    /// it returns, fails with is printed. That of a page whose window is closed
    /// is not called.
    ///
    /// ```
    /// async fn told(page: ipc::WebContents) -> ipc::Result {
    ///     let title: String = page.execute_javascript("document.title").await?;
    ///     println!("{title} is loaded");
    ///     Ok(())
    /// }
    ///
    /// fn setup(win: &ipc::BrowserWindow) {
    ///     win.web_contents().on_did_finish_load(told);
    /// }
    /// ```
    pub fn on_did_finish_load<A: Answer<K>, K>(
        &self,
        listener: impl Fn(Self) -> A + 'static,
    ) {
        if self.is_destroyed() {
            return;
        }
        let listener = Rc::new(move |page| listener(page).into_outcome());
        let mut all = self.app().state().loads.0.borrow_mut();
        all.entry(self.id()).or_default().push(listener);
    }

    /// WebKit has loaded a document.
    pub(crate) fn is_loaded(&self) {
        // This fails only when the loop has ended, and nobody listens.
        let _ = self.app().state().proxy.send_event(Wake::Loaded(self.id()));
    }
}

impl Loads {
    /// Calls them. One of them may add another.
    pub fn call(&self, app: &App, id: u32) {
        let Ok(win) = app.window(id) else { return };
        let all = self.0.borrow().get(&id).cloned().unwrap_or_default();
        for listener in all {
            if win.web_contents().is_destroyed() {
                break;
            }
            let page = win.web_contents().clone();
            match catch(|| listener(page)) {
                Ok(Outcome::Now(done)) => tell(done),
                Ok(Outcome::Later(future)) => {
                    let done = async { tell(caught(future).await) };
                    win.web_contents().spawn(done);
                }
                Err(why) => tell(Err(why)),
            }
        }
    }

    pub fn forget(&self, id: u32) {
        let _gone = self.0.borrow_mut().remove(&id);
    }
}

fn tell(done: Result<String>) {
    if let Err(why) = done {
        line("main", format!("did-finish-load: {why:?}"));
    }
}
