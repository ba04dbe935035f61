//! What is to cross to one page, in batches.
//! Chapter: ch13-push
use crate::limits::{EACH, Few};
use crate::{MAX_WAITING, Result, WebContents, outgoing::Outgoing};
use std::collections::VecDeque;

/// How many messages may cross together.
const MOST: usize = 500;
/// From how many bytes on they are not held back any longer.
const LONG: usize = 1 << 20;

/// What is to cross to one page, and how many scripts do now.
pub(crate) struct Lane {
    pub page: WebContents,
    pub batches: VecDeque<Batch>,
    /// How many bytes these are.
    pub waiting: usize,
    pub crossing: usize,
}

impl Lane {
    pub fn new(page: &WebContents) -> Self {
        let (page, batches) = (page.clone(), VecDeque::new());
        Self { page, batches, waiting: 0, crossing: 0 }
    }

    pub fn is_idle(&self) -> bool {
        self.batches.is_empty() && self.crossing == 0
    }

    /// Lets a message in, if there is room for it.
    pub fn admit(&mut self, bytes: usize, message: &Outgoing) -> Result {
        let waiting = self.waiting + bytes + EACH;
        // There is room left for telling what is refused.
        let most = if message.is_error() { 2 } else { 1 } * MAX_WAITING;
        if waiting > most {
            Err("The page has too many messages to take: try again later")?;
        }
        self.waiting = waiting;
        Ok(())
    }

    pub fn add(&mut self, text: &str, message: &Outgoing) {
        let last = self.batches.back();
        if !last.is_some_and(|it| it.has_room(text, message.is_answer())) {
            self.batches.push_back(Batch::new(&self.page));
        }
        let last = self.batches.back_mut();
        last.into_iter().for_each(|it| it.add(text, message));
    }
}

/// Messages, as the arguments of a call.
pub(crate) struct Batch {
    pub texts: String,
    pub count: usize,
    pub bytes: usize,
    /// The last one is an answer.
    answers: bool,
    crossing: Few,
}

impl Batch {
    fn new(page: &WebContents) -> Self {
        let (texts, answers) = (String::new(), false);
        let crossing = Few::new(format!("main → {}", page.name()));
        Self { texts, count: 0, bytes: 0, answers, crossing }
    }

    fn has_room(&self, text: &str, is_answer: bool) -> bool {
        // What a page does when it is answered, it does when the script has
        // ended: it may begin to listen for what is sent next.
        let in_order = is_answer || !self.answers;
        let is_short = self.texts.len() + text.len() <= LONG;
        in_order && is_short && self.count < MOST
    }

    fn add(&mut self, text: &str, message: &Outgoing) {
        let comma = if self.count == 0 { "" } else { "," };
        self.texts.extend([comma, text]);
        self.count += 1;
        self.bytes += text.len() + EACH;
        self.answers = message.is_answer();
        self.crossing.say(message);
    }
}
