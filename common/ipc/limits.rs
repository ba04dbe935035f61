//! How much may wait in main, and how much is said of what is refused.
//! Chapter: ch12-errors
use crate::{Result, app::Wake};
use common::transcript::line;
use std::time::{Duration, Instant};
use std::{cell::Cell, fmt::Display, rc::Rc, thread};
use tao::event_loop::EventLoopProxy;

/// How many bytes of one page's messages may wait for main and for their answers:
/// 256 MiB. What comes while they do is refused. As many bytes of main's messages
/// may wait for one page, for rejections as many again, and as many from all
/// other threads together. Each message counts 240 bytes beside its text.
pub const MAX_WAITING: usize = 256 << 20;

/// What a message costs beside its text, so that there is an end to short
/// ones, too: more than a million of them.
pub(crate) const EACH: usize = 240;

/// How many bytes wait.
#[derive(Default)]
pub(crate) struct Waiting(Rc<Cell<usize>>);

/// A part of them, until it is dropped.
pub(crate) struct Ticket {
    all: Rc<Cell<usize>>,
    bytes: usize,
}

impl Waiting {
    /// Lets so many messages in, if there is room for all of them.
    pub fn admit(&self, bytes: usize, count: usize) -> Result<Ticket> {
        let (all, bytes) = (self.0.clone(), bytes + count * EACH);
        if all.get() + bytes > MAX_WAITING {
            Err("Main has too many messages to answer: try again later")?;
        }
        all.set(all.get() + bytes);
        Ok(Ticket { all, bytes })
    }
}

impl Ticket {
    /// The part of one message among them.
    pub fn part(&mut self, bytes: usize) -> Self {
        let bytes = bytes + EACH;
        self.bytes -= bytes;
        Self { all: self.all.clone(), bytes }
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
    proxy: EventLoopProxy<Wake>,
    refused: Cell<u32>,
}

impl Quiet {
    const MOST: u32 = 10;

    pub fn new(proxy: EventLoopProxy<Wake>) -> Self {
        Self { proxy, refused: Cell::new(0) }
    }

    /// Prints `[main] refused: …`, or counts it.
    pub fn refuse(&self, why: impl Display) {
        self.refused.set(self.refused.get().saturating_add(1));
        if self.refused.get() <= Self::MOST {
            line("main", format!("refused: {why}"));
        }
        if self.refused.get() == 1 {
            let proxy = self.proxy.clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_secs(1));
                // This fails only when the loop has ended.
                let _ = proxy.send_event(Wake::Refused);
            });
        }
    }

    /// Says how many were counted, once their second has gone.
    pub fn tell_the_rest(&self) {
        let rest = self.refused.replace(0).saturating_sub(Self::MOST);
        if rest > 0 {
            line("main", format!("refused: {rest} more"));
        }
    }
}

/// Says the first of the messages that cross together, and counts the others.
pub(crate) struct Few {
    who: String,
    all: Cell<usize>,
}

impl Few {
    const MOST: usize = 3;

    pub fn new(who: String) -> Self {
        Self { who, all: Cell::new(0) }
    }

    /// Prints a message, or counts it.
    pub fn say(&self, message: impl Display) {
        self.all.set(self.all.get() + 1);
        if self.all.get() <= Self::MOST {
            line(&self.who, message);
        }
    }
}

impl Drop for Few {
    fn drop(&mut self) {
        let rest = self.all.get().saturating_sub(Self::MOST);
        if rest > 0 {
            line(&self.who, format!("{rest} more, in the same crossing"));
        }
    }
}

/// How long main may be kept from its windows: after ten milliseconds, the
/// rest is for another turn of the event loop.
pub(crate) struct Turn(Instant);

impl Turn {
    pub fn begin() -> Self {
        Self(Instant::now())
    }

    pub fn is_over(&self) -> bool {
        self.0.elapsed() > Duration::from_millis(10)
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
            (0..4).map(|_| waiting.admit(quarter, 1)).collect();
        assert!(tickets.iter().all(Result::is_ok));
        // Not even a text of no length has room.
        for bytes in [quarter, 1, 0] {
            let why = waiting.admit(bytes, 1).err().expect("it is full");
            assert!(why.message().starts_with("Main has too many messages"));
        }
        drop(tickets.pop());
        drop(waiting.admit(quarter, 1).expect("there is room again"));
        assert!(waiting.admit(quarter, 1).is_ok());
    }
}
