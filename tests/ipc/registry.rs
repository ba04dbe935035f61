//! What a page has main listen to and answer, and what main has heard.
use ipc::{Event, IpcMain, ListenerId, Result, Value};
use std::{cell::RefCell, collections::HashMap, rc::Rc};

/// What listeners have heard, in their order, since a page last asked.
#[derive(Clone, Default)]
struct Heard(Rc<RefCell<Vec<String>>>);

impl Heard {
    /// A listener that keeps its name with what it hears.
    fn by(&self, name: String) -> impl Fn(Event, (Value,)) + use<> {
        let heard = self.clone();
        move |_, (value,)| {
            heard.0.borrow_mut().push(match value {
                Value::Undefined => name.clone(),
                value => format!("{name} {value:?}"),
            });
        }
    }
}

/// What comes and goes.
pub fn register(ipc_main: &IpcMain) -> Result {
    listeners(ipc_main)?;
    handlers(ipc_main)
}

fn listeners(ipc_main: &IpcMain) -> Result {
    let heard = Heard::default();
    let listeners = Rc::new(RefCell::new(HashMap::new()));
    ipc_main.on("note", heard.by("sent".into()));
    ipc_main.handle("note", heard.by("invoked".into()))?;

    type Names = (String, String);
    let (main, by, all) = (ipc_main.clone(), heard.clone(), listeners.clone());
    ipc_main.handle("on", move |_, (channel, name): Names| {
        let id = main.on(&channel, by.by(name.clone()));
        all.borrow_mut().insert(name, id);
    })?;
    let (main, by, all) = (ipc_main.clone(), heard.clone(), listeners.clone());
    ipc_main.handle("once", move |_, (channel, name): Names| {
        let id = main.once(&channel, by.by(name.clone()));
        all.borrow_mut().insert(name, id);
    })?;
    let main = ipc_main.clone();
    ipc_main.handle("off", move |_, (name,): (String,)| {
        let id: Option<ListenerId> = listeners.borrow_mut().remove(&name);
        main.off(id.ok_or("there is no listener of this name")?);
        Ok(())
    })?;
    let main = ipc_main.clone();
    ipc_main.handle(
        "remove-all-listeners",
        move |_, (channel,): (Option<String>,)| {
            main.remove_all_listeners(channel.as_deref());
        },
    )?;
    ipc_main.handle("heard", move |_, ()| heard.0.take())
}

fn handlers(ipc_main: &IpcMain) -> Result {
    let main = ipc_main.clone();
    ipc_main.handle("handle", move |_, (channel,): (String,)| {
        main.handle(&channel, |_, ()| Ok("handled"))
    })?;
    let main = ipc_main.clone();
    ipc_main.handle("handle-once", move |_, (channel,): (String,)| {
        main.handle_once(&channel, |_, ()| Ok("handled once"))
    })?;
    let main = ipc_main.clone();
    ipc_main.handle("remove-handler", move |_, (channel,): (String,)| {
        main.remove_handler(&channel);
    })
}
