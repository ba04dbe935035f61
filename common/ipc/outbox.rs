//! What main says to a page within one turn crosses together.
//! Chapter: ch13-push
use crate::{Result, WebContents, app::Wake};
use crate::{encode::encode, limits::Few, outgoing::Outgoing};
use common::transcript::line;
use std::{cell::RefCell, collections::BTreeMap};
use tao::event_loop::EventLoopProxy;

/// How many messages may cross together.
const MOST: usize = 500;
/// From how many bytes on they are not held back any longer.
const LONG: usize = 1 << 20;

/// What is to cross, to each page.
pub(crate) struct Outbox {
    proxy: EventLoopProxy<Wake>,
    batches: RefCell<BTreeMap<u32, Batch>>,
}

/// Messages for a page, as the arguments of a call.
struct Batch {
    page: WebContents,
    texts: String,
    count: usize,
    /// The last one is an answer.
    answers: bool,
    crossing: Few,
}

impl Batch {
    fn new(page: &WebContents) -> Self {
        let (page, texts) = (page.clone(), String::new());
        let crossing = Few::new("main → renderer");
        Self { page, texts, count: 0, answers: false, crossing }
    }

    fn has_room(&self, text: &str, is_answer: bool) -> bool {
        // What a page does when it is answered, it does when the script has
        // ended: it may begin to listen for what is sent next.
        let in_order = is_answer || !self.answers;
        in_order && self.texts.len() + text.len() <= LONG
    }

    fn add(&mut self, text: &str, message: &Outgoing) {
        let comma = if self.count == 0 { "" } else { "," };
        self.texts.extend([comma, text]);
        self.count += 1;
        self.answers = message.is_answer();
        self.crossing.say(message);
    }

    fn cross(self) {
        let Self { page, texts, count, .. } = self;
        if let Err(why) = page.run(&format!("__ipc({texts})")) {
            line("main", format!("{count} messages are lost: {why:?}"));
        }
    }
}

impl Outbox {
    pub fn new(proxy: EventLoopProxy<Wake>) -> Self {
        Self { proxy, batches: RefCell::default() }
    }

    /// Keeps a message until the turn ends, or until there are enough of them.
    pub fn push(&self, page: &WebContents, message: &Outgoing) -> Result {
        // It crosses as JSON in a string, so nothing in it can be script.
        let text = encode(&message.text()?)?;
        let is_full = |it: &Batch| !it.has_room(&text, message.is_answer());
        if self.batches.borrow().get(&page.id()).is_some_and(is_full) {
            self.flush(page);
        }
        let mut batches = self.batches.borrow_mut();
        if batches.is_empty() {
            // This fails only when the loop has ended, and nobody listens.
            let _ = self.proxy.send_event(Wake::Outbox);
        }
        let new = || Batch::new(page);
        let batch = batches.entry(page.id()).or_insert_with(new);
        batch.add(&text, message);
        let is_full = batch.count == MOST;
        drop(batches);
        if is_full {
            self.flush(page);
        }
        Ok(())
    }

    /// Lets what is to cross to a page do so now.
    pub fn flush(&self, page: &WebContents) {
        let batch = self.batches.borrow_mut().remove(&page.id());
        batch.into_iter().for_each(Batch::cross);
    }

    pub fn flush_all(&self) {
        let all = self.batches.take();
        all.into_values().for_each(Batch::cross);
    }
}
