//! A program whose pages come and go. What a page asks for is answered when it,
//! or the next one, says so: nothing depends on the time.
use common::{page, transcript::line};
use ipc::{App, BrowserWindow, Event, IpcMain, Resolver, Result, Value};
use std::{cell::RefCell, rc::Rc};

const PAGE: &str = "<!doctype html><meta charset=utf-8><title>Reload</title>
    <h1>Reload</h1><script src=/renderer.js></script>";
const OTHER: &str = "<!doctype html><meta charset=utf-8><title>Other</title>
    <h1>Other</h1>";
/// Its script makes a call before the page is loaded.
const ASKS: &str = "<!doctype html><meta charset=utf-8><title>Asks</title>
    <h1>Asks</h1><script src=/asks.js></script>";
/// A module listens later than a script: when the page has been read.
const MODULE: &str = "<!doctype html><meta charset=utf-8><title>Module</title>
    <script type=module src=/module.js></script><h1>Module</h1>";

const FILES: &[page::File] = &[
    ("/", page::HTML, PAGE),
    ("/other.html", page::HTML, OTHER),
    ("/module.html", page::HTML, MODULE),
    ("/asks.html", page::HTML, ASKS),
    (
        "/asks.js",
        page::JS,
        "window.seen = [];
         electron.ipcRenderer.invoke('hold')
           .catch(({ message }) => seen.push(message));",
    ),
    (
        "/renderer.js",
        page::JS,
        "window.heard = [];
         const { ipcRenderer } = electron;
         ipcRenderer.on('welcome', (event, it) => { heard.push(it); });",
    ),
    (
        "/module.js",
        page::JS,
        "window.heard = [];
         const { invoke, on, once } = electron.ipcRenderer;
         const hear = (name) => (event, it) => { heard.push(`${name} ${it}`); };
         await invoke('ping');
         once('welcome', hear('once'));
         heard.push(await invoke('ping'));
         on('welcome', hear('on'));
         heard.push(await invoke('ping'));
         window.isDone = true;",
    ),
];

/// `errors` has what is reported to the page.
const PRELOAD: &str = "
    window.electron = require('electron');
    window.errors = [];
    addEventListener('error', (event) => { errors.push(event.message); });";

fn main() -> Result {
    App::run(FILES, |app| {
        let win = BrowserWindow::builder("/")
            .title("ipc-reload")
            .preload(PRELOAD)
            .build(app)?;
        let page = win.web_contents();
        page.send("welcome", ("one",))?;
        page.send("welcome", ("two",))?;
        page.on_did_finish_load(|page| {
            let title = page.execute_javascript::<String>("document.title");
            async move {
                let title = title.await?;
                if title == "Asks" {
                    page.send("told", ("loaded",))?;
                }
                line("main", format!("{title} is loaded"));
                Ok(())
            }
        });
        let (page, owned) = (page.clone(), Owned);
        win.on_closed(move || {
            page.on_did_finish_load(move |_| {
                let _ = &owned;
            });
            Ok(())
        });
        app.on_render_process_gone(|page, _| {
            page.reload()?;
            page.send("welcome", ("after the end",))
        });
        held(app.ipc_main())?;
        reloads(app.ipc_main());
        executes(app.ipc_main())
    })
}

/// What a listener owns.
struct Owned;

impl Drop for Owned {
    fn drop(&mut self) {
        line("main", "a listener of a closed page is dropped");
    }
}

/// What main keeps until a page says so.
#[derive(Default)]
struct Held {
    answers: Vec<Resolver<String>>,
    events: Vec<Event>,
}

fn held(ipc_main: &IpcMain) -> Result {
    ipc_main.handle("ping", |_, ()| "Pong")?;
    let held = Rc::new(RefCell::new(Held::default()));
    let all = held.clone();
    ipc_main.handle("hold", move |_, ()| {
        let (promise, resolver) = ipc::with_resolvers();
        all.borrow_mut().answers.push(resolver);
        promise
    })?;
    let all = held.clone();
    ipc_main.on("hold-event", move |event: Event, ()| {
        all.borrow_mut().events.push(event);
    });
    ipc_main.handle("release", move |_, (text,): (String,)| {
        let Held { answers, events } = held.take();
        let count = [answers.len(), events.len()];
        answers.into_iter().for_each(|it| it.resolve(text.clone()));
        for event in events {
            event.reply("told", (&text,))?;
        }
        Ok(count)
    })
}

fn reloads(ipc_main: &IpcMain) {
    // What is sent now is for the document that comes, and what is replied for
    // the one that goes.
    ipc_main.on("reload", |event: Event, (many,): (u32,)| {
        event.sender().reload()?;
        for n in 1..=many {
            event.sender().send("welcome", (n,))?;
        }
        event.reply("told", ("the one that goes",))
    });
    ipc_main.on("told", |_, (value,): (Value,)| {
        line("main", format!("was told {value:?}"));
    });
}

fn executes(ipc_main: &IpcMain) -> Result {
    ipc_main.handle("execute", async |event: Event, (code,): (String,)| {
        event.sender().execute_javascript::<Value>(&code).await
    })?;
    ipc_main.on("execute", async |event: Event, (code,): (String,)| {
        let seen = event.sender().execute_javascript::<Value>(&code).await;
        line("main", format!("executed: {seen:?}"));
    });
    ipc_main.on(
        "execute-and-reload",
        async |event: Event, (code,): (String,)| {
            let page = event.sender();
            let before = page.execute_javascript::<Value>(&code);
            page.reload()?;
            let after = page.execute_javascript::<String>("document.title");
            line("main", format!("before: {:?}", before.await));
            line("main", format!("after: {:?}", after.await));
            Ok(())
        },
    );
    // In Rust a number is of a kind.
    ipc_main.handle("execute-u8", async |event: Event, (code,): (String,)| {
        event.sender().execute_javascript::<u8>(&code).await
    })
}
