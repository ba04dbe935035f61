//! What a page has main say by itself, and how much main is told.
use ipc::{Event, IpcMain, Result};
use std::{cell::Cell, rc::Rc, thread, time::Duration};

pub fn register(ipc_main: &IpcMain) -> Result {
    tallies(ipc_main)?;
    sends(ipc_main);
    let mebibyte = "x".repeat(1 << 20);
    ipc_main.handle("mebibyte", move |_, ()| mebibyte.clone())?;
    ipc_main.on("slow", |_, ()| thread::sleep(Duration::from_millis(10)));
    Ok(())
}

/// `count` is sent 1, 2, 3, …; `tally` says how many came, and whether they came
/// in this order.
fn tallies(ipc_main: &IpcMain) -> Result {
    let seen = Rc::new(Cell::new((0, true)));
    let tally = seen.clone();
    ipc_main.on("count", move |_, (n,): (u32,)| {
        let (count, in_order) = seen.get();
        seen.set((count + 1, in_order && n == count + 1));
    });
    ipc_main.handle("tally", move |_, ()| Ok(tally.replace((0, true))))
}

fn sends(ipc_main: &IpcMain) {
    // Main itself, within one turn.
    ipc_main.on("send-many", |event: Event, (many,): (u32,)| {
        (1..=many).try_for_each(|n| event.reply("count", (n,)))
    });
    // Threads, of which each has a name.
    ipc_main.on("threads-send", |event: Event, (many,): (u32,)| {
        for name in ["one", "other"] {
            let page = event.sender().remote();
            thread::spawn(move || {
                (1..=many).try_for_each(|n| page.send("from", (name, n)))
            });
        }
    });
    // What is sent before a reload is for the page that goes.
    ipc_main.on("send-and-reload", |event: Event, ()| {
        event.reply("told", ("the page that goes",))?;
        event.sender().reload()
    });
}
