//! A page, for every thread.
//! Chapter: ch13-push
use crate::app::{App, Wake};
use crate::limits::{EACH, Turn};
use crate::{MAX_WAITING, Result, WebContents};
use crate::{contents::arguments, outgoing::Outgoing};
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tao::event_loop::EventLoopProxy;

impl WebContents {
    /// What can speak to the page from every thread. Electron has nothing like
    /// it: there, one thread of main's has all pages.
    ///
    /// ```
    /// fn later(page: &ipc::WebContents) {
    ///     let page = page.remote();
    ///     std::thread::spawn(move || page.send("done", ("a file", 1)));
    /// }
    /// ```
    pub fn remote(&self) -> Remote {
        let state = self.app().state();
        let (proxy, queue) = (state.proxy.clone(), state.remotes.clone());
        Remote { id: self.id(), proxy, queue }
    }
}

/// A page, for another thread: what is sent to it is sent by the main thread,
/// in order, once that comes to it.
#[derive(Clone)]
pub struct Remote {
    id: u32,
    proxy: EventLoopProxy<Wake>,
    queue: Remotes,
}

impl Remote {
    /// As [`WebContents::send`]. If the window is closed by the time that the
    /// main thread sends, the transcript says so.
    ///
    /// # Errors
    /// Where `args` is no tuple, where one of them has no counterpart in
    /// JavaScript, where they are longer than [`MAX_MESSAGE`](crate::MAX_MESSAGE),
    /// and where [`MAX_WAITING`] bytes wait for the main thread already.
    pub fn send<A: Serialize>(&self, channel: &str, args: A) -> Result {
        let message = Outgoing::send(channel, arguments(&args)?)?;
        let mut queue = self.queue.lock();
        queue.admit(self.id, message)?;
        if queue.messages.len() == 1 {
            let woken = self.proxy.send_event(Wake::Remotes);
            woken.map_err(|_| "The event loop has ended")?;
        }
        Ok(())
    }
}

/// What other threads have sent, in its order, and how many bytes that is.
#[derive(Clone, Default)]
pub(crate) struct Remotes(Arc<Mutex<Queue>>);

#[derive(Default)]
struct Queue {
    messages: VecDeque<(u32, Outgoing)>,
    bytes: usize,
}

impl Queue {
    fn admit(&mut self, id: u32, message: Outgoing) -> Result {
        let bytes = self.bytes + message.len() + EACH;
        if bytes > MAX_WAITING {
            Err("Main has too many messages to send: try again later")?;
        }
        self.bytes = bytes;
        self.messages.push_back((id, message));
        Ok(())
    }

    fn next(&mut self) -> Option<(u32, Outgoing)> {
        let (id, message) = self.messages.pop_front()?;
        self.bytes -= message.len() + EACH;
        Some((id, message))
    }
}

impl Remotes {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends it, for as long as a turn may last.
    pub fn deliver(&self, app: &App) {
        let turn = Turn::begin();
        // Not locked while it is sent: threads may go on.
        let next = || self.lock().next();
        while let Some((id, message)) = next() {
            let (name, sent) = (message.to_string(), app.window(id));
            let sent = sent.and_then(|win| win.web_contents().post(message));
            if let Err(why) = sent {
                let why = format!("{name}: {why:?}");
                app.state().inbox.quiet.refuse(why);
            }
            if turn.is_over() {
                break;
            }
        }
        if !self.lock().messages.is_empty() {
            // This fails only when the loop has ended, and nobody listens.
            let _ = app.state().proxy.send_event(Wake::Remotes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_threads_send_has_an_end_and_what_is_sent_makes_room() {
        let mut queue = Queue::default();
        let args = format!("[\"{}\"]", "x".repeat(60 << 20));
        let message = || Outgoing::send("flood", args.clone()).unwrap();
        assert!((0..4).all(|id| queue.admit(id, message()).is_ok()));
        let why = queue.admit(4, message()).unwrap_err();
        assert!(why.message().starts_with("Main has too many messages"));
        let (first, _) = queue.next().expect("four are there");
        assert_eq!(first, 0);
        queue.admit(5, message()).expect("there is room again");
        while queue.next().is_some() {}
        assert_eq!(queue.bytes, 0);
    }
}
