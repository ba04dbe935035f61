//! Futures, on the event loop that is there already.
//! Chapter: ch11-values
use crate::app::Wake;
use std::{cell::RefCell, collections::HashMap, pin::Pin, sync::Arc, task};
use tao::event_loop::EventLoopProxy;

type Future = Pin<Box<dyn std::future::Future<Output = ()>>>;

/// The futures that are not done, each with whose it is.
///
/// They stay on the main thread, so they need not be `Send`. What they wait
/// for may be anywhere: a waker sends the future's number to the event loop.
pub(crate) struct Tasks {
    proxy: EventLoopProxy<Wake>,
    all: RefCell<All>,
}

#[derive(Default)]
struct All {
    last: u64,
    /// A future is away while it runs.
    waiting: HashMap<u64, (u32, Option<Future>)>,
}

impl Tasks {
    pub fn new(proxy: EventLoopProxy<Wake>) -> Self {
        Self { proxy, all: RefCell::default() }
    }

    /// Runs a future as far as it goes, and the rest when it is woken.
    pub fn spawn(
        &self,
        owner: u32,
        future: impl std::future::Future<Output = ()> + 'static,
    ) {
        let mut all = self.all.borrow_mut();
        all.last += 1;
        let id = all.last;
        all.waiting.insert(id, (owner, Some(Box::pin(future))));
        drop(all);
        self.poll(id);
    }

    /// Runs a future on. One that is done is forgotten; what wakes it later
    /// finds nothing.
    pub fn poll(&self, id: u64) {
        let future = |tasks: &Self| {
            tasks.all.borrow_mut().waiting.get_mut(&id)?.1.take()
        };
        let Some(mut future) = future(self) else { return };
        let waker = Signal { id, proxy: self.proxy.clone() };
        let waker = Arc::new(waker).into();
        let done = future.as_mut().poll(&mut task::Context::from_waker(&waker));
        let mut all = self.all.borrow_mut();
        match all.waiting.get_mut(&id) {
            Some((_, place)) if done.is_pending() => *place = Some(future),
            _ => {
                all.waiting.remove(&id);
                drop(all);
                drop(future);
            }
        }
    }

    /// Ends all futures of an owner who is gone.
    pub fn end(&self, owner: u32) {
        let is_gone = |_: &u64, (its, _): &mut (u32, _)| *its == owner;
        let gone: Vec<_> =
            self.all.borrow_mut().waiting.extract_if(is_gone).collect();
        drop(gone);
    }
}

/// Wakes one future, from any thread.
struct Signal {
    id: u64,
    proxy: EventLoopProxy<Wake>,
}

impl task::Wake for Signal {
    fn wake(self: Arc<Self>) {
        // This fails only when the loop has ended, and nobody listens.
        let _ = self.proxy.send_event(Wake::Poll(self.id));
    }
}
