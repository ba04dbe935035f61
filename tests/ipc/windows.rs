//! A program that opens windows and closes them, as its pages say.
use common::{page, transcript::line};
use ipc::{App, BrowserWindow, Event, IpcMain, Result, Value};
use std::{cell::Cell, env, future, rc::Rc, thread, time::Duration};

const FILES: &[page::File] = &[
    (
        "/",
        page::HTML,
        "<!doctype html><meta charset=utf-8><title>Windows</title><h1>Hello</h1>",
    ),
    ("/worker.js", page::JS, "onconnect = (it) => it.ports[0].postMessage(1);"),
];

/// That of the first window, and that of all others.
const PRELOADS: [&str; 2] = [
    "window.electron = require('electron');",
    "window.electron = require('electron'); window.isOther = true;",
];

fn main() -> Result {
    App::run(FILES, |app| {
        let first = BrowserWindow::builder("/")
            .title("1")
            .preload(PRELOADS[0])
            .build(app)?;
        assert_eq!(BrowserWindow::from_id(app, first.id())?.id(), 1);
        app.on_render_process_gone(|contents, _| contents.reload());
        if env::var_os("TEST_STAYS").is_some() {
            stay(app);
        }
        opens(app.ipc_main())?;
        closes(app.ipc_main())?;
        futures(app.ipc_main())?;
        own(app.ipc_main())?;
        talks(app.ipc_main())
    })
}

/// It goes on without windows, once: then it opens one by itself.
fn stay(app: &App) {
    let is_last = Cell::new(false);
    app.on_window_all_closed(move |app| {
        line("main", "all windows are closed");
        match is_last.replace(true) {
            false => open(app, None).map(drop),
            true => {
                app.quit();
                Ok(())
            }
        }
    });
}

/// Its title is its number.
fn open(app: &App, parent: Option<&BrowserWindow>) -> Result<BrowserWindow> {
    let mut builder = BrowserWindow::builder("/").size(300.0, 200.0);
    if let Some(parent) = parent {
        builder = builder.parent(parent);
    }
    let win = builder.preload(PRELOADS[1]).build(app)?;
    win.set_title(&win.id().to_string())?;
    let it = win.clone();
    win.on_closed(move || {
        let refused = it.web_contents().send("told", ()).expect_err("closed");
        let (id, why) = (it.id(), refused.message());
        line("main", format!("window {id} is closed: {why}"));
        Ok(())
    });
    Ok(win)
}

fn opens(ipc_main: &IpcMain) -> Result {
    ipc_main.handle("open", |event: Event, (parent,): (Option<u32>,)| {
        let app = event.app();
        let parent = parent.map(|id| BrowserWindow::from_id(app, id));
        Ok(open(app, parent.transpose()?.as_ref())?.id())
    })?;
    ipc_main.handle("open-later", async |event: Event, ()| {
        let (promise, resolver) = ipc::with_resolvers();
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(10));
            resolver.resolve(());
        });
        promise.await?;
        Ok(open(event.app(), None)?.id())
    })?;
    ipc_main.on("open", |event: Event, ()| open(event.app(), None).map(drop));
    ipc_main.handle("open-titled", |event: Event, (title,): (String,)| {
        let win =
            BrowserWindow::builder("/").title(&title).build(event.app())?;
        Ok(win.id())
    })?;
    ipc_main.handle("open-short", |event: Event, ()| {
        let win = open(event.app(), None)?;
        let page = win.web_contents();
        page.on_did_finish_load(|page| {
            BrowserWindow::from_web_contents(&page).map(|win| win.close())
        });
        page.on_did_finish_load(|_| line("main", "a closed page is loaded"));
        Ok(win.id())
    })?;
    ipc_main.handle("all", |event: Event, ()| {
        ids(&BrowserWindow::all(event.app()))
    })?;
    ipc_main.handle("family", |event: Event, (id,): (u32,)| {
        let win = BrowserWindow::from_id(event.app(), id)?;
        let parent = win.parent().map(|it| it.id());
        Ok((parent, ids(&win.children())))
    })?;
    ipc_main.handle("many", |event: Event, (count,): (u32,)| {
        for _ in 0..count {
            open(event.app(), None)?.close();
        }
        Ok(())
    })
}

fn ids(windows: &[BrowserWindow]) -> Vec<u32> {
    windows.iter().map(BrowserWindow::id).collect()
}

fn closes(ipc_main: &IpcMain) -> Result {
    ipc_main.handle("close", |event: Event, (id,): (u32,)| {
        let win = BrowserWindow::from_id(event.app(), id)?;
        win.close();
        win.close();
        Ok((win.id(), win.is_destroyed()))
    })?;
    // It answers, and sends, when its page is gone.
    ipc_main.handle("close-me", |event: Event, ()| {
        BrowserWindow::from_web_contents(event.sender())?.close();
        Ok(())
    })?;
    ipc_main.on("close-me", |event: Event, ()| {
        BrowserWindow::from_web_contents(event.sender())?.close();
        event.reply("told", ())
    });
    ipc_main.handle("close-all", |event: Event, ()| event.app().quit())?;
    // What is done when a window is closed.
    ipc_main.handle("when-closed", |event: Event, (id,): (u32,)| {
        let win = BrowserWindow::from_id(event.app(), id)?;
        let app = event.app().clone();
        win.on_closed(move || open(&app, None).map(drop));
        // Where its parent is closing, that can have no other child.
        let (app, parent) = (event.app().clone(), win.parent());
        win.on_closed(move || open(&app, parent.as_ref()).map(drop));
        let parent = win.parent();
        win.on_closed(move || {
            parent.iter().for_each(BrowserWindow::close);
            Ok(())
        });
        win.on_closed(|| panic!("a listener's mistake"));
        Ok(())
    })
}

/// Counts the futures that are dropped.
struct Dropped(Rc<Cell<u32>>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

fn futures(ipc_main: &IpcMain) -> Result {
    let count = Rc::new(Cell::new(0));
    let counted = count.clone();
    ipc_main.handle("never", move |_, ()| {
        let dropped = Dropped(counted.clone());
        async move {
            future::pending::<()>().await;
            drop(dropped);
        }
    })?;
    // It is to begin when its page is gone.
    let counted = count.clone();
    ipc_main.on("close-and-wait", move |event: Event, ()| {
        let win = BrowserWindow::from_web_contents(event.sender());
        win.iter().for_each(BrowserWindow::close);
        let dropped = Dropped(counted.clone());
        async move {
            line("main", "goes on for a page that is gone");
            future::pending::<()>().await;
            drop(dropped);
        }
    });
    ipc_main.handle("dropped", move |_, ()| count.get())
}

/// Handlers and listeners of one page.
fn own(ipc_main: &IpcMain) -> Result {
    ipc_main.handle("who", |_, ()| "ipcMain")?;
    ipc_main.on("note", |event: Event, ()| event.reply("told", ("ipcMain",)));
    let count = Rc::new(Cell::new(0));
    let counted = count.clone();
    ipc_main.handle("own", move |event: Event, (id,): (u32,)| {
        let win = BrowserWindow::from_id(event.app(), id)?;
        let ipc = win.web_contents().ipc();
        ipc.on("note", |event: Event, ()| event.reply("told", ("ipc",)));
        ipc.on("only", |event: Event, ()| event.reply("told", ("only",)));
        // It owns its window, and what it belongs to.
        let (own, dropped) = (ipc.clone(), Dropped(count.clone()));
        ipc.handle("who", move |_, ()| {
            let _ = (&own, &dropped);
            format!("window {}", win.id())
        })
    })?;
    ipc_main.handle("disowned", move |_, ()| counted.get())?;
    ipc_main.handle("disown", |event: Event, ()| {
        event.sender().ipc().remove_handler("who");
        event.sender().ipc().remove_all_listeners("note");
    })
}

fn talks(ipc_main: &IpcMain) -> Result {
    ipc_main.handle("echo", |_, (value,): (Value,)| value)?;
    ipc_main.on("slow", |_, ()| thread::sleep(Duration::from_millis(10)));
    ipc_main.handle("sender", |event: Event, ()| {
        let win = BrowserWindow::from_web_contents(event.sender())?;
        Ok((event.sender().id(), win.id()))
    })?;
    ipc_main.handle("execute-in", async |event: Event, call| {
        let (id, code): (u32, String) = call;
        let win = BrowserWindow::from_id(event.app(), id)?;
        win.web_contents().execute_javascript::<Value>(&code).await
    })?;
    ipc_main.handle("send-to", |event: Event, (id, it): (u32, Value)| {
        let win = BrowserWindow::from_id(event.app(), id)?;
        win.web_contents().send("told", (event.sender().id(), it))
    })
}
