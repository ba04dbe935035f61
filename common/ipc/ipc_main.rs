//! Who listens to which channel, and who answers it.
//! Chapter: ch11-values
use crate::handler::{Answer, Handler, Parameters, erase};
use crate::{Event, Result};
use std::{cell::RefCell, collections::HashMap, rc::Rc};

/// Electron: `ipcMain`. What listens to pages and answers them.
///
/// A copy of it is the same `ipcMain`: a handler may own one.
///
/// ```
/// let ipc_main = ipc::IpcMain::default();
/// ipc_main.handle("add", |_, (a, b): (u32, u32)| Ok(a + b))?;
/// ipc_main.handle("where", async |event: ipc::Event, ()| event.sender().id())?;
/// let id = ipc_main.on("count", |event, (n,): (u32,)| event.reply("to", (n,)));
/// ipc_main.off(id);
/// # Ok::<_, ipc::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct IpcMain(Rc<RefCell<Registry>>);

#[derive(Default)]
struct Registry {
    listeners: HashMap<String, Vec<Listener>>,
    handlers: HashMap<String, (Handler, Times)>,
    last: u64,
}

struct Listener {
    id: ListenerId,
    handler: Handler,
    times: Times,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    Always,
    Once,
}

/// Which listener [`IpcMain::off`] removes: in Rust no two functions can be
/// compared, as Electron does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListenerId(u64);

impl IpcMain {
    /// Electron: `ipcMain.on(channel, listener)`. Calls `listener` with each
    /// message that a page sends on the channel, after those that listen to it
    /// already. An error that it returns is printed, for nobody waits for it.
    pub fn on<P: Parameters, A: Answer<K>, K>(
        &self,
        channel: &str,
        listener: impl Fn(Event, P) -> A + 'static,
    ) -> ListenerId {
        self.add(channel, erase(listener), Times::Always)
    }

    /// Electron: `ipcMain.once(channel, listener)`. As [`on`](Self::on), for
    /// the next message alone.
    pub fn once<P: Parameters, A: Answer<K>, K>(
        &self,
        channel: &str,
        listener: impl Fn(Event, P) -> A + 'static,
    ) -> ListenerId {
        self.add(channel, erase(listener), Times::Once)
    }

    fn add(&self, channel: &str, handler: Handler, times: Times) -> ListenerId {
        let mut registry = self.0.borrow_mut();
        registry.last += 1;
        let id = ListenerId(registry.last);
        let listeners = registry.listeners.entry(channel.into()).or_default();
        listeners.push(Listener { id, handler, times });
        id
    }

    /// Electron: `ipcMain.off(channel, listener)`. Removes one listener; one
    /// that is gone already is no error.
    pub fn off(&self, listener: ListenerId) {
        // Dropped last: what a listener owns may then call `ipcMain` itself.
        let mut gone = Vec::new();
        self.0.borrow_mut().listeners.retain(|_, listeners| {
            gone.extend(listeners.extract_if(.., |it| it.id == listener));
            !listeners.is_empty()
        });
    }

    /// Electron: `ipcMain.removeAllListeners(channel)`. Removes the listeners
    /// of one channel, or of all. Handlers stay.
    pub fn remove_all_listeners<'a>(
        &self,
        channel: impl Into<Option<&'a str>>,
    ) {
        let channel = channel.into();
        let is_its = |it: &str| channel.is_none_or(|channel| it == channel);
        let mut gone = Vec::new();
        let listeners = &mut self.0.borrow_mut().listeners;
        gone.extend(listeners.extract_if(|it, _| is_its(it)));
    }

    /// Electron: `ipcMain.handle(channel, handler)`. Answers each call that a
    /// page makes on the channel: see [`Answer`].
    ///
    /// # Errors
    /// Where the channel has a handler already.
    pub fn handle<P: Parameters, A: Answer<K>, K>(
        &self,
        channel: &str,
        handler: impl Fn(Event, P) -> A + 'static,
    ) -> Result {
        self.answer(channel, erase(handler), Times::Always)
    }

    /// Electron: `ipcMain.handleOnce(channel, handler)`. As
    /// [`handle`](Self::handle), for the next call alone, with the same errors.
    pub fn handle_once<P: Parameters, A: Answer<K>, K>(
        &self,
        channel: &str,
        handler: impl Fn(Event, P) -> A + 'static,
    ) -> Result {
        self.answer(channel, erase(handler), Times::Once)
    }

    fn answer(&self, channel: &str, handler: Handler, times: Times) -> Result {
        let handlers = &mut self.0.borrow_mut().handlers;
        if handlers.contains_key(channel) {
            let why = "Attempted to register a second handler for";
            Err(format!("{why} '{channel}'"))?;
        }
        handlers.insert(channel.into(), (handler, times));
        Ok(())
    }

    /// Electron: `ipcMain.removeHandler(channel)`. Calls that it has begun to
    /// answer are answered.
    pub fn remove_handler(&self, channel: &str) {
        let _gone = self.0.borrow_mut().handlers.remove(channel);
    }

    /// The listeners of a channel, in their order. Those that listen once are
    /// gone from then on.
    pub(crate) fn listeners(&self, channel: &str) -> Vec<Handler> {
        let table = &mut self.0.borrow_mut().listeners;
        let mut all = table.remove(channel).unwrap_or_default();
        let called = all.iter().map(|it| it.handler.clone()).collect();
        all.retain(|it| it.times == Times::Always);
        if !all.is_empty() {
            table.insert(channel.into(), all);
        }
        called
    }

    /// The handler of a channel. One that answers once is gone from then on.
    pub(crate) fn handler(&self, channel: &str) -> Option<Handler> {
        let mut registry = self.0.borrow_mut();
        let (handler, times) = registry.handlers.get(channel)?.clone();
        if times == Times::Once {
            registry.handlers.remove(channel);
        }
        Some(handler)
    }

    /// Removes all listeners and handlers: who made calls is gone.
    pub(crate) fn clear(&self) {
        drop(self.0.take());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls `ipcMain` when it is dropped, as a handler's own state may.
    struct Last(IpcMain, Rc<RefCell<Vec<&'static str>>>, &'static str);

    impl Drop for Last {
        fn drop(&mut self) {
            self.0.on("late", |_, ()| ());
            self.0.remove_handler("late");
            self.0.remove_all_listeners("late");
            self.1.borrow_mut().push(self.2);
        }
    }

    #[test]
    fn what_is_removed_may_call_ipc_main_when_it_is_dropped() {
        let (ipc_main, gone) = (IpcMain::default(), Rc::default());
        let last = |name| Last(ipc_main.clone(), Rc::clone(&gone), name);
        let owns = |name| {
            let last = last(name);
            move |_: Event, ()| drop(last.1.borrow())
        };
        let id = ipc_main.on("a", owns("off"));
        ipc_main.off(id);
        ipc_main.on("a", owns("one channel"));
        ipc_main.remove_all_listeners("a");
        ipc_main.on("a", owns("all"));
        ipc_main.remove_all_listeners(None);
        ipc_main.once("a", owns("once"));
        drop(ipc_main.listeners("a"));
        ipc_main.handle("a", owns("handler")).unwrap();
        assert!(ipc_main.handle("a", owns("refused")).is_err());
        ipc_main.remove_handler("a");
        ipc_main.handle_once("a", owns("handler once")).unwrap();
        drop(ipc_main.handler("a"));
        let names = [
            "off",
            "one channel",
            "all",
            "once",
            "refused",
            "handler",
            "handler once",
        ];
        assert_eq!(*gone.borrow(), names);
    }
}
