//! Messages that have come in, and wait for the event loop.
//! Chapter: ch12-errors
use crate::app::{App, Wake};
use crate::envelope::{Message, Refused};
use crate::limits::{Quiet, Ticket, Waiting};
use crate::{Result, dispatch};
use std::{cell::RefCell, collections::VecDeque, mem};
use tao::event_loop::EventLoopProxy;

/// The messages of all pages, in the order in which they came.
pub(crate) struct Inbox {
    proxy: EventLoopProxy<Wake>,
    queue: RefCell<VecDeque<Incoming>>,
    waiting: Waiting,
    pub quiet: Quiet,
}

/// A message with the page that it is from.
struct Incoming {
    from: u32,
    message: Result<(String, Ticket), Refused>,
}

impl Inbox {
    pub fn new(proxy: EventLoopProxy<Wake>) -> Self {
        let (queue, waiting) = (RefCell::default(), Waiting::default());
        Self { proxy, queue, waiting, quiet: Quiet::default() }
    }

    /// Takes a message of a page. It is read one turn later: on Windows no
    /// window can be made while a message is being received.
    pub fn push(&self, from: u32, text: Result<String>) {
        let message = match text {
            Ok(text) => self.admit(text),
            Err(why) => Err(Refused { call: None, why }),
        };
        let mut queue = self.queue.borrow_mut();
        queue.push_back(Incoming { from, message });
        if queue.len() == 1 {
            // This fails only when the loop has ended, and nobody listens.
            let _ = self.proxy.send_event(Wake::Inbox);
        }
    }

    /// Of a message that finds no room, it is kept only who has to be told.
    fn admit(&self, text: String) -> Result<(String, Ticket), Refused> {
        match self.waiting.admit(text.len()) {
            Ok(ticket) => Ok((text, ticket)),
            Err(why) => {
                let call = Message::read(&text).map(|it| it.call);
                let call = call.unwrap_or_else(|it| it.call);
                Err(Refused { call, why })
            }
        }
    }

    /// Hands out all messages that have come in.
    pub fn deliver(&self, app: &App) {
        let all = mem::take(&mut *self.queue.borrow_mut());
        for Incoming { from, message } in all {
            // Those of a window that is closed are nobody's any more.
            let Ok(win) = app.window(from) else { continue };
            let sender = win.web_contents();
            match message {
                Ok((text, paid)) => dispatch::message(sender, &text, paid),
                Err(refused) => dispatch::refuse(sender, refused),
            }
        }
    }
}
