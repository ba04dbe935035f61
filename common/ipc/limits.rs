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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_has_an_end_and_what_is_done_makes_room() {
        let waiting = Waiting::default();
        let quarter = MAX_WAITING / 4 - EACH;
        let mut tickets: Vec<_> =
            (0..4).map(|_| waiting.admit(quarter)).collect();
        assert!(tickets.iter().all(Result::is_ok));
        // Not even a text of no length has room.
        for bytes in [quarter, 1, 0] {
            let why = waiting.admit(bytes).err().expect("it is full");
            assert!(why.message().starts_with("Main has too many messages"));
        }
        drop(tickets.pop());
        drop(waiting.admit(quarter).expect("there is room again"));
        assert!(waiting.admit(quarter).is_ok());
    }
}
