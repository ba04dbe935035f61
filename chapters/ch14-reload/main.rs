//! Electron: `did-finish-load`, `webContents.reload`, `executeJavaScript`.
//! New: each message of main's is for one document, and waits until it is there.
use common::{page, transcript::line};
use ipc::{App, BrowserWindow, Event, IpcMain, Resolver, Result, WebContents};
use std::{cell::Cell, cell::RefCell, collections::VecDeque, rc::Rc};

const FILES: &[page::File] = &[
    ("/", page::HTML, include_str!("index.html")),
    ("/renderer.js", page::JS, include_str!("renderer.js")),
    ("/style.css", page::CSS, common::STYLE),
];

fn main() -> Result {
    App::run(FILES, |app| {
        let win = BrowserWindow::builder("/")
            .title("ch14-reload")
            .preload(include_str!("preload.js"))
            .build(app)?;
        // No document is there yet: it waits for one.
        win.web_contents().send("welcome", ("Welcome!",))?;
        count_documents(win.web_contents());
        app.on_render_process_gone(|contents, _details| contents.reload());
        app.ipc_main().on("reload", reload);
        questions(app.ipc_main())
    })
}

/// Electron: `ipcMain.on('reload', (event) => { … })`
fn reload(event: Event, (): ()) -> Result {
    event.sender().reload()?;
    event.sender().send("welcome", ("Welcome back!",))
}

/// Electron: `win.webContents.on('did-finish-load', async () => { … })`
fn count_documents(page: &WebContents) {
    let count = Cell::new(0);
    page.on_did_finish_load(move |page| {
        count.set(count.get() + 1);
        show_count(page, count.get())
    });
}

async fn show_count(page: WebContents, n: u32) -> Result {
    let element = "document.getElementById('documents')";
    let code = format!("{element}.textContent = 'document {n}'");
    let shown: String = page.execute_javascript(&code).await?;
    line("main", format!("the page shows: {shown}"));
    Ok(())
}

/// A question waits until main is told to answer the oldest one.
fn questions(ipc_main: &IpcMain) -> Result {
    let asked = Rc::new(RefCell::new(VecDeque::<Resolver<_>>::new()));
    let (all, count) = (asked.clone(), Cell::new(0));
    ipc_main.on("answer", move |_, ()| {
        let Some(oldest) = all.borrow_mut().pop_front() else { return };
        count.set(count.get() + 1);
        oldest.resolve(format!("answer {}", count.get()));
    });
    ipc_main.handle("ask", move |_, ()| {
        let (promise, resolver) = ipc::with_resolvers();
        asked.borrow_mut().push_back(resolver);
        promise
    })?;
    ipc_main.handle("ping", |_, ()| "Pong")
}
