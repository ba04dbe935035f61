//! Messages that have come in, and wait for the event loop.
//! Chapter: ch12-errors
use crate::app::Wake;
use crate::envelope::{Kind, Message, Refused};
use crate::limits::{Few, Quiet, Ticket, Turn, Waiting};
use crate::{Error, Result, WebContents, dispatch};
use std::{cell::RefCell, collections::VecDeque, ops::Range, rc::Rc};
use tao::event_loop::EventLoopProxy;

/// How many messages may cross together.
const MOST: usize = 500;

/// The messages of all pages, in the order in which they came.
pub(crate) struct Inbox {
    proxy: EventLoopProxy<Wake>,
    queue: RefCell<VecDeque<Batch>>,
    waiting: Waiting,
    pub quiet: Quiet,
}

/// Messages that have crossed together, each in a line.
struct Batch {
    from: WebContents,
    text: Rc<str>,
    /// Where the next one begins.
    at: usize,
    paid: Ticket,
    crossing: Rc<Few>,
}

/// One of them.
struct Incoming {
    from: WebContents,
    text: Rc<str>,
    place: Range<usize>,
    paid: Ticket,
    crossing: Rc<Few>,
}

impl Batch {
    fn next(&mut self) -> Incoming {
        let rest = &self.text[self.at..];
        let length = rest.find('\n').unwrap_or(rest.len());
        let place = self.at..self.at + length;
        self.at = place.end + 1;
        let (from, text) = (self.from.clone(), self.text.clone());
        let (paid, crossing) = (self.paid.part(length), self.crossing.clone());
        Incoming { from, text, place, paid, crossing }
    }

    fn is_done(&self) -> bool {
        self.at > self.text.len()
    }
}

impl Inbox {
    pub fn new(proxy: EventLoopProxy<Wake>) -> Self {
        let (queue, waiting) = (RefCell::default(), Waiting::default());
        Self { queue, waiting, quiet: Quiet::new(proxy.clone()), proxy }
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
        match self.waiting.admit(text.len(), count) {
            Ok(paid) => self.keep(from, text.into(), paid),
            Err(why) => refuse(from, &text, &why),
        }
    }

    fn keep(&self, from: &WebContents, text: Rc<str>, paid: Ticket) {
        let crossing = Rc::new(Few::new("renderer → main"));
        let (from, at) = (from.clone(), 0);
        let mut queue = self.queue.borrow_mut();
        queue.push_back(Batch { from, text, at, paid, crossing });
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
        while let Some(it) = self.next() {
            // Those of a window that is closed are nobody's any more.
            if !it.from.is_destroyed() {
                let text = &it.text[it.place];
                dispatch::message(&it.from, text, it.paid, &it.crossing);
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
        let mut queue = self.queue.borrow_mut();
        let batch = queue.front_mut()?;
        let next = batch.next();
        if batch.is_done() {
            queue.pop_front();
        }
        Some(next)
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
                Ok(Kind::Result(id)) => {
                    let executions = &from.app().state().executions;
                    executions.settle(from, id, Err(why.clone()));
                    continue;
                }
                Err(refused) => refused.call,
            },
        };
        dispatch::refuse(from, Refused { call, why: why.clone() });
    }
}
