//! Messages that have come in, and wait for the event loop.
//! Chapter: ch12-errors
use crate::app::Wake;
use crate::envelope::{Message, Refused};
use crate::limits::{Few, Quiet, Ticket, Turn, Waiting};
use crate::{Result, WebContents, dispatch};
use std::{cell::RefCell, collections::VecDeque, rc::Rc};
use tao::event_loop::EventLoopProxy;

/// How many messages may cross together.
const MOST: usize = 500;

/// The messages of all pages, in the order in which they came.
pub(crate) struct Inbox {
    proxy: EventLoopProxy<Wake>,
    queue: RefCell<VecDeque<Incoming>>,
    waiting: Waiting,
    pub quiet: Quiet,
}

/// A message with the page that it is from, and those it has crossed with.
struct Incoming {
    from: WebContents,
    text: String,
    paid: Ticket,
    crossing: Rc<Few>,
}

impl Inbox {
    pub fn new(proxy: EventLoopProxy<Wake>) -> Self {
        let (queue, waiting) = (RefCell::default(), Waiting::default());
        Self { queue, waiting, quiet: Quiet::new(proxy.clone()), proxy }
    }

    /// Takes messages of a page, each in a line of its own. They are read in
    /// another turn: on Windows no window can be made while one is received.
    pub fn push(&self, from: &WebContents, text: Result<String>) {
        let text = match text {
            Ok(text) if text.split('\n').nth(MOST).is_none() => text,
            Ok(_) => {
                let why = format!("more than {MOST} messages in one crossing");
                return self.quiet.refuse(why);
            }
            Err(why) => return self.quiet.refuse(why.message()),
        };
        let crossing = Rc::new(Few::new("renderer → main"));
        for text in text.split('\n') {
            self.admit(from, text, &crossing);
        }
    }

    /// Keeps a message, if there is room. Otherwise whoever waits for its answer
    /// is told at once, so that nothing is kept of it.
    fn admit(&self, from: &WebContents, text: &str, crossing: &Rc<Few>) {
        let paid = match self.waiting.admit(text.len()) {
            Ok(paid) => paid,
            Err(why) => {
                let call = Message::read(text).map(|it| it.call);
                let call = call.unwrap_or_else(|it| it.call);
                return dispatch::refuse(from, Refused { call, why });
            }
        };
        let (from, text) = (from.clone(), text.into());
        let crossing = crossing.clone();
        let mut queue = self.queue.borrow_mut();
        queue.push_back(Incoming { from, text, paid, crossing });
        if queue.len() == 1 {
            self.wake();
        }
    }

    fn wake(&self) {
        // This fails only when the loop has ended, and nobody listens.
        let _ = self.proxy.send_event(Wake::Inbox);
    }

    /// Hands out what has come in, for as long as a turn may last.
    pub fn deliver(&self) {
        let turn = Turn::begin();
        while let Some(Incoming { from, text, paid, crossing }) = self.next() {
            // Those of a window that is closed are nobody's any more.
            if !from.is_destroyed() {
                dispatch::message(&from, &text, paid, &crossing);
            }
            if turn.is_over() {
                break;
            }
        }
        if !self.queue.borrow().is_empty() {
            self.wake();
        }
    }

    fn next(&self) -> Option<Incoming> {
        self.queue.borrow_mut().pop_front()
    }
}
