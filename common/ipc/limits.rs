//! How much may wait in main, and how much is said of what is refused.
//! Chapter: ch12-errors
use crate::Result;
use common::transcript::line;
use std::fmt::Display;
use std::time::{Duration, Instant};
use std::{cell::Cell, rc::Rc};

/// How many bytes of messages may wait for main and for their answers, of all
/// pages together: 256 MiB. What comes while they do is refused.
pub const MAX_WAITING: usize = 256 << 20;

/// What a message costs beside its text, so that there is an end to short
/// ones, too: more than a million of them.
const EACH: usize = 240;

/// How many bytes wait.
#[derive(Default)]
pub(crate) struct Waiting(Rc<Cell<usize>>);

/// A message's part of them, until it is dropped.
pub(crate) struct Ticket {
    all: Rc<Cell<usize>>,
    bytes: usize,
}

impl Waiting {
    /// Lets a message in, if there is room for it.
    pub fn admit(&self, bytes: usize) -> Result<Ticket> {
        let (all, bytes) = (self.0.clone(), bytes + EACH);
        if all.get() + bytes > MAX_WAITING {
            Err("Main has too many messages to answer: try again later")?;
        }
        all.set(all.get() + bytes);
        Ok(Ticket { all, bytes })
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.all.set(self.all.get() - self.bytes);
    }
}

/// Says what is refused, ten times a second at most: a page could fill a disk
/// with what it is told.
pub(crate) struct Quiet {
    since: Cell<Instant>,
    said: Cell<u32>,
}

impl Default for Quiet {
    fn default() -> Self {
        Self { since: Cell::new(Instant::now()), said: Cell::new(0) }
    }
}

impl Quiet {
    /// Prints `[main] refused: …`, or counts it.
    pub fn refuse(&self, why: impl Display) {
        const MOST: u32 = 10;
        if self.since.get().elapsed() > Duration::from_secs(1) {
            self.since.set(Instant::now());
            let unsaid = self.said.replace(0).saturating_sub(MOST);
            if unsaid > 0 {
                line("main", format!("refused: {unsaid} more"));
            }
        }
        self.said.set(self.said.get().saturating_add(1));
        if self.said.get() <= MOST {
            line("main", format!("refused: {why}"));
        }
    }
}
