//! The program: its event loop, and the one place where all modules meet.
//! Chapter: ch11-values
use crate::gone::{self, RenderProcessGoneDetails};
pub(crate) use crate::wake::Wake;
use crate::{BrowserWindow, Error, IpcMain, Result, WebContents};
use crate::{document::Documents, execute::Executions, load::Loads};
use crate::{inbox::Inbox, outbox::Outbox, remote::Remotes, task::Tasks};
use crate::{lifecycle::Lifecycle, windows::Windows};
use common::{page, start, transcript::line, webview};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use tao::event::{Event, StartCause, WindowEvent};
use tao::event_loop::{ControlFlow, EventLoopBuilder};
use tao::event_loop::{EventLoopProxy, EventLoopWindowTarget};
use wry::WebContext;

/// Electron: `app`. A copy of it is the same program.
#[derive(Clone)]
pub struct App(Rc<State>);

pub(crate) struct State {
    pub files: &'static [page::File],
    pub target: EventLoopWindowTarget<Wake>,
    pub proxy: EventLoopProxy<Wake>,
    pub context: RefCell<WebContext>,
    pub inbox: Inbox,
    pub outbox: Outbox,
    pub remotes: Remotes,
    pub tasks: Tasks,
    pub gone: gone::Listeners,
    pub documents: Documents,
    pub executions: Executions,
    pub loads: Loads,
    ipc_main: IpcMain,
    pub windows: Windows,
    pub lifecycle: Lifecycle,
    pub last_contents: Cell<u32>,
    /// Whether the context knows where pages are.
    pub has_pages: Cell<bool>,
}

impl App {
    /// Electron: `app.whenReady().then(setup)`. Runs the program until
    /// [`quit`](Self::quit), or until its last window is closed, where nobody
    /// listens to that, and ends it with exit code 0.
    ///
    /// All windows load their pages out of `files`, and from nowhere else. What
    /// `setup` returns is kept until the program ends: a menu, for example.
    ///
    /// ```no_run
    /// use common::page;
    /// use ipc::{App, BrowserWindow, Result};
    ///
    /// const PAGE: &[page::File] = &[("/", page::HTML, "<h1>Hello</h1>")];
    ///
    /// fn main() -> Result {
    ///     App::run(PAGE, |app| {
    ///         app.ipc_main().handle("ping", |_, ()| "Pong")?;
    ///         BrowserWindow::builder("/").title("Hello").build(app)
    ///     })
    /// }
    /// ```
    ///
    /// # Errors
    /// Where there is no display, and what `setup` fails with. Afterwards it
    /// does not return.
    pub fn run<Kept: 'static>(
        files: &'static [page::File],
        setup: impl FnOnce(&Self) -> Result<Kept>,
    ) -> Result {
        start::display()
            .map_err(|why| Error::new("Error", format!("{why:?}")))?;
        let event_loop = EventLoopBuilder::<Wake>::with_user_event().build();
        let proxy = event_loop.create_proxy();
        let app = Self(Rc::new(State {
            files,
            target: (*event_loop).clone(),
            context: RefCell::new(webview::context()),
            windows: Windows::default(),
            lifecycle: Lifecycle::default(),
            last_contents: Cell::default(),
            has_pages: Cell::default(),
            ipc_main: IpcMain::default(),
            inbox: Inbox::new(proxy.clone()),
            outbox: Outbox::new(proxy.clone()),
            remotes: Remotes::default(),
            tasks: Tasks::new(proxy.clone()),
            gone: gone::Listeners::default(),
            documents: Documents::default(),
            executions: Executions::default(),
            loads: Loads::default(),
            proxy,
        }));
        let kept = setup(&app)?;
        event_loop.run(move |event, _, flow| {
            let _ = &kept;
            *flow = ControlFlow::Wait;
            app.on_event(event);
            if app.0.lifecycle.is_over() {
                *flow = ControlFlow::Exit;
            }
        })
    }

    fn on_event(&self, event: Event<'_, Wake>) {
        match event {
            Event::NewEvents(StartCause::Init) => {
                line("main", "ready");
                self.end_without_windows();
            }
            Event::Reopen { has_visible_windows, .. } => {
                self.activate(has_visible_windows);
            }
            Event::WindowEvent {
                event: WindowEvent::CloseRequested,
                window_id,
                ..
            } => {
                line("main", "close requested");
                let windows = BrowserWindow::all(self).into_iter();
                let its = windows.filter(|it| it.tao().id() == window_id);
                its.for_each(|win| win.close());
            }
            Event::UserEvent(wake) => self.on_wake(wake),
            _ => {}
        }
    }

    /// Electron: `ipcMain`
    pub fn ipc_main(&self) -> &IpcMain {
        &self.0.ipc_main
    }

    /// Electron: `app.on('render-process-gone', listener)`. Calls `listener` when
    /// the process of a page has ended, which ends the calls that the page has
    /// made; its window stays, empty. What the listener fails with is printed.
    ///
    /// Only on Linux is it known.
    pub fn on_render_process_gone(
        &self,
        listener: impl Fn(&WebContents, RenderProcessGoneDetails) -> Result
        + 'static,
    ) {
        self.0.gone.add(listener);
    }

    pub(crate) fn state(&self) -> &State {
        &self.0
    }
}
