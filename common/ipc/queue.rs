//! What pages have sent, each page's in a line of its own.
//! Chapter: ch12-errors
use crate::limits::{Few, Ticket, Waiting};
use crate::{Result, WebContents};
use std::collections::{HashMap, VecDeque};
use std::{mem, ops::Range, rc::Rc};

/// Messages that have crossed together, each in a line of the text.
pub(crate) struct Batch {
    from: WebContents,
    text: Rc<str>,
    /// Where the next one begins.
    at: usize,
    paid: Ticket,
    crossing: Rc<Few>,
}

/// One of them.
pub(crate) struct Incoming {
    pub from: WebContents,
    pub text: Rc<str>,
    pub place: Range<usize>,
    pub paid: Ticket,
    pub crossing: Rc<Few>,
}

impl Batch {
    pub fn new(from: &WebContents, text: Rc<str>, paid: Ticket) -> Self {
        let crossing = Few::new(format!("{} → main", from.name()));
        let (from, crossing) = (from.clone(), Rc::new(crossing));
        Self { from, text, at: 0, paid, crossing }
    }

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

/// The messages of a page stay in the order in which they came. Pages take
/// turns, and none can use up another's room.
#[derive(Default)]
pub(crate) struct Queue {
    /// None is empty. The first has its turn.
    lines: VecDeque<VecDeque<Batch>>,
    /// Whether the first has had some of its turn.
    has_begun: bool,
    /// How much waits of each page, by its number.
    waiting: HashMap<u32, Waiting>,
}

impl Queue {
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Lets so many messages of a page in, if there is room for all of them.
    pub fn admit(
        &mut self,
        page: u32,
        bytes: usize,
        count: usize,
    ) -> Result<Ticket> {
        self.waiting.entry(page).or_default().admit(bytes, count)
    }

    /// Nothing more will come of a page.
    pub fn forget(&mut self, page: u32) {
        self.waiting.remove(&page);
    }

    pub fn push(&mut self, batch: Batch) {
        let page = batch.from.id();
        let of = |line: &VecDeque<Batch>| line.front().map(|it| it.from.id());
        let mut lines = self.lines.iter();
        match lines.position(|line| of(line) == Some(page)) {
            Some(at) => self.lines[at].push_back(batch),
            None => self.lines.push_back([batch].into()),
        }
    }

    /// One message. When a crossing is done, the next page has its turn.
    pub fn next(&mut self) -> Option<Incoming> {
        let batch = self.lines.front_mut()?.front_mut()?;
        let next = batch.next();
        self.has_begun = true;
        if batch.is_done() {
            self.lines.front_mut().map(VecDeque::pop_front);
            self.pass_on();
        }
        Some(next)
    }

    /// The next page has its turn, if the first has had some of its own.
    pub fn pass_on(&mut self) {
        if mem::take(&mut self.has_begun) {
            let line = self.lines.pop_front();
            self.lines.extend(line.filter(|it| !it.is_empty()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MAX_WAITING;

    #[test]
    fn a_page_cannot_use_up_the_room_of_another() {
        let mut queue = Queue::default();
        let all = MAX_WAITING - crate::limits::EACH;
        let first = queue.admit(1, all, 1).expect("there is room");
        assert!(queue.admit(1, 0, 1).is_err());
        assert!(queue.admit(2, all, 1).is_ok());
        // What the page of a closed window has paid is given back to nobody.
        queue.forget(1);
        drop(first);
        assert!(queue.is_empty());
    }
}
