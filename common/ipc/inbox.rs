//! Messages that have come in, and wait for the event loop.
//! Chapter: ch12-errors
use crate::app::Wake;
use crate::envelope::{Kind, Message, Refused};
use crate::limits::{Quiet, Turn};
use crate::queue::{Batch, Queue};
use crate::{Error, Result, WebContents, dispatch};
use std::cell::RefCell;
use tao::event_loop::EventLoopProxy;

/// How many messages may cross together.
const MOST: usize = 500;

/// The messages of all pages.
pub(crate) struct Inbox {
    proxy: EventLoopProxy<Wake>,
    pub queue: RefCell<Queue>,
    pub quiet: Quiet,
}

impl Inbox {
    pub fn new(proxy: EventLoopProxy<Wake>) -> Self {
        let queue = RefCell::default();
        Self { queue, quiet: Quiet::new(proxy.clone()), proxy }
    }

    /// Takes messages of a page. They are read in another turn: on Windows no
    /// window can be made while a message is being received, and a page could
    /// send faster than main reads.
    pub fn push(&self, from: &WebContents, text: Result<String>) {
        let text = match text {
            Ok(text) => text,
            Err(why) => return self.quiet.refuse(why.message()),
        };
        let count = text.split('\n').count();
        if count > MOST {
            let why =
                format!("{count} messages in one crossing: at most {MOST}");
            return self.quiet.refuse(why);
        }
        let mut queue = self.queue.borrow_mut();
        match queue.admit(from.id(), text.len(), count) {
            Ok(paid) => {
                if queue.is_empty() {
                    self.wake();
                }
                queue.push(Batch::new(from, text.into(), paid));
            }
            Err(why) => {
                drop(queue);
                refuse(from, &text, &why);
            }
        }
    }

    fn wake(&self) {
        // This fails only when the loop has ended, and nobody listens.
        let _ = self.proxy.send_event(Wake::Inbox);
    }

    /// Hands out what has come in, for as long as a turn may last.
    pub fn deliver(&self) {
        let turn = Turn::begin();
        let next = || self.queue.borrow_mut().next();
        while let Some(it) = next() {
            // Those of a window that is closed are nobody's any more.
            if !it.from.is_destroyed() {
                let text = &it.text[it.place];
                dispatch::message(&it.from, text, it.paid, &it.crossing);
            }
            if turn.is_over() {
                break;
            }
        }
        let mut queue = self.queue.borrow_mut();
        if !queue.is_empty() {
            queue.pass_on();
            self.wake();
        }
    }
}

/// Of messages that find no room nothing is kept: who waits is told at once.
fn refuse(from: &WebContents, text: &str, why: &Error) {
    for text in text.split('\n') {
        // A send of ours is known by its second part, and not read: whoever
        // floods main would keep it busy with that.
        let call = match text.split(',').nth(1) {
            Some("null") => None,
            _ => match Message::read(text).map(|it| it.kind) {
                Ok(Kind::Invoke(call, _)) => Some(call),
                Ok(Kind::Send(_)) => None,
                Ok(Kind::Result(call)) => {
                    let executions = &from.app().state().executions;
                    executions.settle(from, call, Err(why.clone()));
                    continue;
                }
                Err(refused) => refused.call,
            },
        };
        dispatch::refuse(from, Refused { call, why: why.clone() });
    }
}
