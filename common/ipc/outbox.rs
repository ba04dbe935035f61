//! What main says to a page within one turn crosses together.
//! Chapter: ch13-push
use crate::lane::{Batch, Lane};
use crate::{Result, WebContents, app::Wake};
use crate::{encode::encode, outgoing::Outgoing};
use common::transcript::line;
use std::{cell::RefCell, collections::BTreeMap};
use tao::event_loop::EventLoopProxy;

/// What is to cross, to each page.
pub(crate) struct Outbox {
    proxy: EventLoopProxy<Wake>,
    lanes: RefCell<BTreeMap<u32, Lane>>,
}

/// A script on its way. The loop is told when it has ended, or is given up.
struct Crossing {
    id: u32,
    proxy: EventLoopProxy<Wake>,
}

impl Drop for Crossing {
    fn drop(&mut self) {
        // This fails only when the loop has ended, and nobody listens.
        let _ = self.proxy.send_event(Wake::Crossed(self.id));
    }
}

impl Outbox {
    pub fn new(proxy: EventLoopProxy<Wake>) -> Self {
        Self { proxy, lanes: RefCell::default() }
    }

    /// Keeps a message until the turn ends, and until the page has taken what
    /// crosses already.
    pub fn push(&self, page: &WebContents, message: &Outgoing) -> Result {
        // It crosses as JSON in a string, so nothing in it can be script.
        let text = encode(&message.text()?)?;
        let mut lanes = self.lanes.borrow_mut();
        let new = || Lane::new(page);
        let lane = lanes.entry(page.id()).or_insert_with(new);
        lane.admit(text.len(), message)?;
        if lane.is_idle() {
            // This fails only when the loop has ended, and nobody listens.
            let _ = self.proxy.send_event(Wake::Outbox);
        }
        lane.add(&text, message);
        let is_full = lane.batches.len() > 1 && lane.crossing == 0;
        drop(lanes);
        if is_full {
            self.cross(page.id());
        }
        Ok(())
    }

    /// Lets the first batch for a page cross.
    fn cross(&self, id: u32) {
        let next = |lane: &mut Lane| {
            let batch = lane.batches.pop_front()?;
            lane.waiting -= batch.bytes;
            lane.crossing += 1;
            Some((lane.page.clone(), batch))
        };
        let next = self.lanes.borrow_mut().get_mut(&id).and_then(next);
        let Some((page, Batch { texts, count, .. })) = next else { return };
        let crossing = Crossing { id, proxy: self.proxy.clone() };
        if let Err(why) = page.run(&format!("__ipc({texts})"), crossing) {
            line("main", format!("{count} messages are lost: {why:?}"));
        }
    }

    /// Lets what waits for pages that take nothing now cross.
    pub fn flush_all(&self) {
        let lanes = self.lanes.borrow();
        let free = lanes.iter().filter(|(_, lane)| lane.crossing == 0);
        let free: Vec<_> = free.map(|(id, _)| *id).collect();
        drop(lanes);
        free.into_iter().for_each(|id| self.cross(id));
    }

    /// Lets all that is to cross to a page do so now.
    pub fn flush(&self, page: &WebContents) {
        let count = |lane: &Lane| lane.batches.len();
        let count = self.lanes.borrow().get(&page.id()).map_or(0, count);
        (0..count).for_each(|_| self.cross(page.id()));
    }

    /// A script has ended: the next one may cross.
    pub fn crossed(&self, id: u32) {
        let mut lanes = self.lanes.borrow_mut();
        let Some(lane) = lanes.get_mut(&id) else { return };
        lane.crossing -= 1;
        if lane.is_idle() {
            lanes.remove(&id);
        } else if lane.crossing == 0 {
            drop(lanes);
            self.cross(id);
        }
    }
}
