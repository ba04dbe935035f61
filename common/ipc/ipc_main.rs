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
        self.0.borrow_mut().listeners.retain(|_, listeners| {
            listeners.retain(|it| it.id != listener);
            !listeners.is_empty()
        });
    }

    /// Electron: `ipcMain.removeAllListeners(channel)`. Removes the listeners
    /// of one channel, or of all. Handlers stay.
    pub fn remove_all_listeners<'a>(
        &self,
        channel: impl Into<Option<&'a str>>,
    ) {
        let listeners = &mut self.0.borrow_mut().listeners;
        match channel.into() {
            Some(channel) => drop(listeners.remove(channel)),
            None => listeners.clear(),
        }
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
    /// [`handle`](Self::handle), for the next call alone.
    ///
    /// # Errors
    /// Where the channel has a handler already.
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
            Err(format!(
                "Attempted to register a second handler for '{channel}'"
            ))?;
        }
        handlers.insert(channel.into(), (handler, times));
        Ok(())
    }

    /// Electron: `ipcMain.removeHandler(channel)`. Calls that it has begun to
    /// answer are answered.
    pub fn remove_handler(&self, channel: &str) {
        self.0.borrow_mut().handlers.remove(channel);
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
}
