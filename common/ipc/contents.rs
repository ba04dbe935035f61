//! A page as main sees it: what it is sent, and who sent a message.
//! Chapter: ch11-values
use crate::encode::{encode, encode_args};
use crate::{App, Result, app::Wake, outgoing::Outgoing};
use common::transcript::line;
use serde::Serialize;
use std::{cell::RefCell, rc::Rc};
use tao::event_loop::EventLoopProxy;
use wry::WebView;

/// Electron: `webContents`. The page of a window, to be spoken to.
///
/// A copy of it is the same page. It may be kept longer than its window.
#[derive(Clone)]
pub struct WebContents(Rc<Inner>);

struct Inner {
    id: u32,
    app: App,
    /// Nothing before the view is built, and once the window is closed.
    view: RefCell<Option<WebView>>,
}

impl WebContents {
    pub(crate) fn new(id: u32, app: App) -> Self {
        Self(Rc::new(Inner { id, app, view: RefCell::default() }))
    }

    pub(crate) fn set_view(&self, view: Option<WebView>) {
        drop(self.0.view.replace(view));
    }

    /// Electron: `webContents.id`, a number that no other page of the program
    /// has had before.
    pub fn id(&self) -> u32 {
        self.0.id
    }

    /// Electron: `webContents.isDestroyed()`. Whether its window is closed.
    pub fn is_destroyed(&self) -> bool {
        self.0.view.borrow().is_none()
    }

    /// Electron: `webContents.send(channel, ...args)`. The arguments are a
    /// tuple: `(1, "two")`, and `()` where there are none.
    ///
    /// Main is not told whether the page listens to the channel.
    ///
    /// # Errors
    /// Where `args` is no tuple, where one of them has no counterpart in
    /// JavaScript, and where the window is closed.
    pub fn send<A: Serialize>(&self, channel: &str, args: A) -> Result {
        self.post(&Outgoing::send(channel, arguments(&args)?)?)
    }

    /// Electron: `webContents.reload()`. Loads the page anew, also where its
    /// process has ended.
    ///
    /// # Errors
    /// Where the window is closed, and what wry says.
    pub fn reload(&self) -> Result {
        let view = self.0.view.borrow();
        Ok(view.as_ref().ok_or(DESTROYED)?.reload()?)
    }

    /// What can speak to the page from every thread.
    ///
    /// ```
    /// fn later(page: &ipc::WebContents) {
    ///     let page = page.remote();
    ///     std::thread::spawn(move || page.send("done", ("a file", 1)));
    /// }
    /// ```
    pub fn remote(&self) -> Remote {
        Remote { id: self.0.id, proxy: self.app().state().proxy.clone() }
    }

    pub(crate) fn app(&self) -> &App {
        &self.0.app
    }

    pub(crate) fn post(&self, message: &Outgoing) -> Result {
        // It crosses as JSON in a string, so nothing in it can be script.
        let script = format!("__ipc({})", encode(&message.text()?)?);
        self.run(&script)?;
        line("main → renderer", message);
        Ok(())
    }

    /// All that main has a page do goes this way.
    fn run(&self, script: &str) -> Result {
        let view = self.0.view.borrow();
        Ok(view.as_ref().ok_or(DESTROYED)?.evaluate_script(script)?)
    }
}

/// Electron's words for a page whose window is closed.
pub(crate) const DESTROYED: &str = "Object has been destroyed";

/// Writes the arguments of a send: a tuple, or `()`, which serde writes as
/// nothing.
fn arguments(args: &impl Serialize) -> Result<String> {
    match encode_args(args)? {
        text if text.starts_with('[') => Ok(text),
        text if text == encode(&())? => Ok("[]".into()),
        _ => Err("The arguments of a send are a tuple: (value,)".into()),
    }
}

/// A page, for another thread: what is sent to it is sent by the main thread,
/// in order, once that comes to it.
#[derive(Clone)]
pub struct Remote {
    id: u32,
    proxy: EventLoopProxy<Wake>,
}

impl Remote {
    /// As [`WebContents::send`]. If the window is closed by the time that the
    /// main thread sends, the transcript says so.
    ///
    /// # Errors
    /// Where `args` is no tuple, where one of them has no counterpart in
    /// JavaScript, and where the program is ending.
    pub fn send<A: Serialize>(&self, channel: &str, args: A) -> Result {
        let message = Outgoing::send(channel, arguments(&args)?)?;
        let sent = self.proxy.send_event(Wake::Send(self.id, message));
        Ok(sent.map_err(|_| "The event loop has ended")?)
    }
}

impl App {
    /// Sends what another thread has sent to the main thread.
    pub(crate) fn send(&self, id: u32, message: &Outgoing) {
        let sent = self.window(id);
        let sent = sent.and_then(|win| win.web_contents().post(message));
        if let Err(why) = sent {
            line("main", format!("lost: {message}: {why:?}"));
        }
    }
}

/// Electron: the `event` of a listener or a handler.
#[derive(Clone)]
pub struct Event {
    pub(crate) sender: WebContents,
}

impl Event {
    /// Electron: `event.sender`, the page that the message is from.
    pub fn sender(&self) -> &WebContents {
        &self.sender
    }

    /// The program. In Electron it can be asked for anywhere.
    pub fn app(&self) -> &App {
        self.sender.app()
    }

    /// Electron: `event.reply(channel, ...args)`. Sends to the page that the
    /// message is from.
    ///
    /// # Errors
    /// As [`WebContents::send`].
    pub fn reply<A: Serialize>(&self, channel: &str, args: A) -> Result {
        self.sender.send(channel, args)
    }
}

#[cfg(test)]
mod tests {
    use super::arguments;

    #[test]
    fn the_arguments_of_a_send_are_a_tuple_or_nothing() {
        assert_eq!(arguments(&(1, "two")).unwrap(), r#"[1,"two"]"#);
        assert_eq!(arguments(&()).unwrap(), "[]");
        let why = "The arguments of a send are a tuple: (value,)";
        assert_eq!(arguments(&1).unwrap_err().message(), why);
        assert_eq!(arguments(&"two").unwrap_err().message(), why);
        assert_eq!(arguments(&None::<u8>).unwrap_err().message(), why);
    }
}
