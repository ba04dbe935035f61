//! A page as main sees it: what it is sent, and who sent a message.
//! Chapter: ch11-values
use crate::encode::{encode, encode_args};
use crate::{App, Result, outgoing::Outgoing};
use serde::Serialize;
use std::{cell::RefCell, rc::Rc, sync::Arc};
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
    pub(crate) fn new(app: &App) -> Self {
        let last = &app.state().last_contents;
        let id = last.get() + 1;
        last.set(id);
        let (app, view) = (app.clone(), RefCell::default());
        Self(Rc::new(Inner { id, app, view }))
    }

    pub(crate) fn set_view(&self, view: Option<WebView>) {
        drop(self.0.view.replace(view));
    }

    /// Electron: `webContents.id`, a number that no other page of the program
    /// has had before.
    pub fn id(&self) -> u32 {
        self.0.id
    }

    /// Who it is on the transcript. There is one page in most programs.
    pub(crate) fn name(&self) -> String {
        match self.0.id {
            1 => "renderer".into(),
            id => format!("renderer {id}"),
        }
    }

    /// Electron: `webContents.isDestroyed()`. Whether its window is closed.
    pub fn is_destroyed(&self) -> bool {
        self.0.view.borrow().is_none()
    }

    /// Electron: `webContents.send(channel, ...args)`. The arguments are a
    /// tuple: `(1, "two")`, and `()` where there are none.
    ///
    /// It is for the document that is there; where none is, it waits for the
    /// next. Main is not told whether somebody listens to the channel.
    ///
    /// # Errors
    /// Where `args` is no tuple, where one of them has no counterpart in
    /// JavaScript, where they are longer than [`MAX_MESSAGE`], where the page
    /// has [`MAX_WAITING`] bytes to take already, and where the window is
    /// closed.
    ///
    /// [`MAX_MESSAGE`]: crate::MAX_MESSAGE
    /// [`MAX_WAITING`]: crate::MAX_WAITING
    pub fn send<A: Serialize>(&self, channel: &str, args: A) -> Result {
        self.post(Outgoing::send(channel, arguments(&args)?)?)
    }

    /// Electron: `webContents.reload()`. Loads the page anew, also where its
    /// process has ended.
    ///
    /// # Errors
    /// Where the window is closed, and what wry says.
    pub fn reload(&self) -> Result {
        // What was sent before is for the document that is there now.
        self.app().state().outbox.flush(self);
        if !self.is_destroyed() {
            self.leaves();
        }
        Ok(self.0.view.borrow().as_ref().ok_or(DESTROYED)?.reload()?)
    }

    pub(crate) fn app(&self) -> &App {
        &self.0.app
    }

    /// Has the page take a message, once this turn of the event loop ends.
    pub(crate) fn post(&self, message: Outgoing) -> Result {
        if self.is_destroyed() {
            Err(DESTROYED)?;
        }
        self.app().state().outbox.push(self, &message)
    }

    /// All that main has a page do goes this way. `then` is given what it has
    /// come to, as JSON, and is dropped when it is done, or will not be.
    pub(crate) fn run(
        &self,
        script: &str,
        then: impl Fn(&str) + Send + 'static,
    ) -> Result {
        let view = self.0.view.borrow();
        let view = view.as_ref().ok_or(DESTROYED)?;
        let done = move |result: String| then(&result);
        Ok(view.evaluate_script_with_callback(script, done)?)
    }
}

/// Electron's words for a page whose window is closed.
pub(crate) const DESTROYED: &str = "Object has been destroyed";

/// Writes the arguments of a send: a tuple, or `()`, which serde writes as
/// nothing.
pub(crate) fn arguments(args: &impl Serialize) -> Result<String> {
    match encode_args(args)? {
        text if text.starts_with('[') => Ok(text),
        text if text == encode(&())? => Ok("[]".into()),
        _ => Err("The arguments of a send are a tuple: (value,)".into()),
    }
}

/// Electron: the `event` of a listener or a handler.
#[derive(Clone)]
pub struct Event {
    pub(crate) sender: WebContents,
    pub(crate) document: Arc<str>,
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

    /// Electron: `event.reply(channel, ...args)`. Sends to the document that
    /// the message is from, and to no other that has come in its place.
    ///
    /// # Errors
    /// As [`WebContents::send`].
    pub fn reply<A: Serialize>(&self, channel: &str, args: A) -> Result {
        let message = Outgoing::send(channel, arguments(&args)?)?;
        self.sender.post(message.to(self.document.clone()))
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
