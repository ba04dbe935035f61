//! What main says to a page within one turn crosses together.
//! Chapter: ch13-push
use crate::freight::{Batch, Code};
use crate::lane::Lane;
use crate::limits::EACH;
use crate::outgoing::Outgoing;
use crate::{MAX_WAITING, Result, WebContents, app::Wake};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;
use tao::event_loop::EventLoopProxy;

/// What is to cross, to each page.
pub(crate) struct Outbox {
    proxy: EventLoopProxy<Wake>,
    lanes: RefCell<BTreeMap<u32, Lane>>,
}

/// A script on its way. The loop is told when it has ended, or is given up, and
/// what it has come to.
struct Crossing {
    id: u32,
    proxy: EventLoopProxy<Wake>,
    result: Cell<Option<bool>>,
}

impl Drop for Crossing {
    fn drop(&mut self) {
        // This fails only when the loop has ended, and nobody listens.
        let _ =
            self.proxy.send_event(Wake::Crossed(self.id, self.result.get()));
    }
}

impl Outbox {
    pub fn new(proxy: EventLoopProxy<Wake>) -> Self {
        Self { proxy, lanes: RefCell::default() }
    }

    /// Keeps a message until the turn ends, and until the page has taken what
    /// crosses already.
    pub fn push(&self, page: &WebContents, message: &Outgoing) -> Result {
        let text = message.script()?;
        let mut lanes = self.lanes.borrow_mut();
        let new = || Lane::new(page);
        let lane = lanes.entry(page.id()).or_insert_with(new);
        admit(lane, text.len(), message)?;
        let was_idle = lane.is_idle();
        lane.add(&text, message);
        // What waits for a document wakes nobody.
        if was_idle && !lane.is_idle() {
            // This fails only when the loop has ended, and nobody listens.
            let _ = self.proxy.send_event(Wake::Outbox);
        }
        let is_full = lane.batches.len() > 1 && lane.crossing.is_empty();
        drop(lanes);
        if is_full {
            self.cross(page.id());
        }
        Ok(())
    }

    /// Lets the first batch for a page cross.
    fn cross(&self, id: u32) {
        let mut lanes = self.lanes.borrow_mut();
        let Some(lane) = lanes.get_mut(&id) else { return };
        let Some(batch) = lane.batches.pop_front() else { return };
        let (script, page) = (batch.script(), lane.page.clone());
        lane.bytes -= batch.bytes;
        lane.crossing.push_back(batch.freight);
        drop(lanes);
        let (proxy, result) = (self.proxy.clone(), Cell::new(None));
        let crossing = Crossing { id, proxy, result };
        let ended =
            move |result: &str| crossing.result.set(result.parse().ok());
        // Where it does not even begin, `crossing` is dropped, and says so.
        let _ = script.and_then(|script| page.run(&script, ended));
    }

    /// For each page with no script on its way, lets the first batch cross.
    pub fn flush_all(&self) {
        let lanes = self.lanes.borrow();
        let free = lanes.iter().filter(|(_, lane)| lane.crossing.is_empty());
        let free: Vec<_> = free.map(|(id, _)| *id).collect();
        drop(lanes);
        free.into_iter().for_each(|id| self.cross(id));
    }

    /// Lets all that is to cross to a page's document do so now.
    pub fn flush(&self, page: &WebContents) {
        let count = |lane: &Lane| lane.batches.len();
        let count = self.lanes.borrow().get(&page.id()).map_or(0, count);
        (0..count).for_each(|_| self.cross(page.id()));
    }

    /// A document has come: what waits is for it.
    pub fn address(&self, id: u32, document: &Arc<str>) {
        if let Some(lane) = self.lanes.borrow_mut().get_mut(&id) {
            lane.address(document);
            // This fails only when the loop has ended, and nobody listens.
            let _ = self.proxy.send_event(Wake::Outbox);
        }
    }

    /// No document will come any more.
    pub fn forget(&self, id: u32) {
        let _gone = self.lanes.borrow_mut().remove(&id);
    }

    /// A script has ended: the next one may cross.
    pub fn crossed(&self, id: u32, result: Option<bool>) {
        let mut lanes = self.lanes.borrow_mut();
        let Some(lane) = lanes.get_mut(&id) else { return };
        let Some(freight) = lane.crossing.pop_front() else { return };
        let (page, goes_on) = (lane.page.clone(), lane.crossing.is_empty());
        let arrived = match (freight.code, result) {
            (Some(Code::Run(number)), None) => {
                let asking = Batch::asking(&page, freight, number);
                lane.batches.push_front(asking);
                None
            }
            _ => Some(freight),
        };
        if lane.is_idle() && lane.waiting.is_empty() {
            lanes.remove(&id);
        }
        drop(lanes);
        let is_there = result == Some(true);
        arrived.into_iter().for_each(|it| it.arrived(&page, is_there));
        if goes_on {
            self.cross(id);
        }
    }
}

/// Lets a message in, if there is room for it.
fn admit(lane: &mut Lane, bytes: usize, message: &Outgoing) -> Result {
    let bytes = lane.bytes + bytes + EACH;
    // There is room left for telling what is refused.
    let most = if message.is_error() { 2 } else { 1 } * MAX_WAITING;
    if bytes > most {
        Err("The page has too many messages to take: try again later")?;
    }
    lane.bytes = bytes;
    Ok(())
}
