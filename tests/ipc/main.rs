//! A program on the library whose handlers do all that a handler may do. Its
//! preload hands the page `electron`, whole: what a test has the page do is
//! done as a preload would.
mod push;
mod registry;

use common::{page, transcript::line};
use ipc::{App, BigInt, BrowserWindow, Error, Event, IpcMain, Result, Value};
use std::{future, task::Poll, thread, time::Duration};

const FILES: &[page::File] = &[
    (
        "/",
        page::HTML,
        "<!doctype html><meta charset=utf-8><title>Cases</title><h1>Cases</h1>",
    ),
    // What a frame does that is told to by its page.
    (
        "/frame.js",
        page::JS,
        concat!(
            include_str!("../features/hostile.js"),
            include_str!("frame.js")
        ),
    ),
];

/// `seen` says what the preload sees where it asks for names of the library's.
const PRELOAD: &str = "
    window.electron = require('electron');
    window.seen = [top === window, typeof makes, typeof define, typeof send];";

fn main() -> Result {
    App::run(FILES, |app| {
        BrowserWindow::builder("/")
            .title("ipc-cases")
            .preload(PRELOAD)
            .build(app)?;
        // A page whose process has ended comes back.
        app.on_render_process_gone(|contents, _| contents.reload());
        answers(app.ipc_main())?;
        failures(app.ipc_main())?;
        listeners(app.ipc_main());
        push::register(app.ipc_main())?;
        registry::register(app.ipc_main())
    })
}

/// What is answered, at once and later.
fn answers(ipc_main: &IpcMain) -> Result {
    ipc_main.handle("ping", |_, ()| "Pong")?;
    ipc_main.handle("echo", |_, (value,): (Value,)| value)?;
    ipc_main.handle("echo-later", async |_, (value,): (Value,)| {
        later().await;
        value
    })?;
    ipc_main.handle("add", |_, (a, b): (u32, u32)| Ok(a + b))?;
    ipc_main.handle("nothing", |_, ()| ())?;
    ipc_main.handle("lazy", |_, ()| future::poll_fn(|_| Poll::Ready(3)))?;
    ipc_main.handle("never", |_, ()| future::pending::<()>())
}

/// Awaits another thread.
async fn later() {
    let (promise, resolver) = ipc::with_resolvers();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(10));
        resolver.resolve(());
    });
    // The thread above always resolves it.
    let _ = promise.await;
}

/// What fails, at once and later.
fn failures(ipc_main: &IpcMain) -> Result {
    ipc_main.handle("fail", |_, ()| Err::<(), _>(refusal()))?;
    ipc_main.handle("fail-later", async |_, ()| {
        later().await;
        Err::<(), _>(refusal())
    })?;
    ipc_main
        .handle("panic", |_, ()| -> () { panic!("a mistake of main's") })?;
    ipc_main.handle("panic-later", async |_, ()| -> () {
        later().await;
        panic!("a later mistake")
    })?;
    ipc_main.handle("forget", |_, ()| ipc::with_resolvers::<()>().0)?;
    ipc_main.handle("too-long", |_, ()| "x".repeat(ipc::MAX_MESSAGE))?;
    ipc_main
        .handle("no-tuple", |event: Event, ()| event.reply("told", "alone"))?;
    ipc_main.handle("fail-at-length", |_, ()| {
        Err::<(), _>("x".repeat(ipc::MAX_MESSAGE).into())
    })?;
    // JavaScript's end at about a million bits, and Rust's nowhere.
    ipc_main
        .handle("no-bigint", |_, ()| "9".repeat(400_000).parse::<BigInt>())?;
    ipc_main.handle("no-number", |_, ()| u64::MAX)
}

fn refusal() -> Error {
    Error::new("RangeError", "out of reach")
}

/// What is only told.
fn listeners(ipc_main: &IpcMain) {
    ipc_main.on("told", |_, (value,): (Value,)| {
        line("main", format!("was told {value:?}"));
    });
    ipc_main.on("reply-to", reply_to);
    ipc_main.on("reply-twice", reply_to);
    ipc_main.on("reply-twice", reply_to);
    ipc_main.on("endless", |_, ()| future::pending::<()>());
    ipc_main.on("reply-nothing", |event: Event, ()| event.reply("told", ()));
    ipc_main.on("broken", |_, ()| -> () { panic!("a listener's mistake") });
    ipc_main.on("broken", |_, ()| line("main", "the next listener runs"));
}

fn reply_to(event: Event, (channel, it): (String, Value)) -> Result {
    event.reply(&channel, (it,))
}
