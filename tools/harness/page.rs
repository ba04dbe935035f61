//! The page in a chapter's window, driven by WebDriver as a user drives it.

use std::cell::{Cell, RefCell};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddrV4, TcpListener};
use std::process::Command;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use tokio::runtime::{self, Runtime};
use tokio::time::timeout;

use crate::process::Process;
use crate::snapshot::snapshot_table;

/// What is said of a page that leaves WebDriver waiting.
pub const NO_ANSWER: &str = "the page does not answer: it awaits a promise that \
                             never settles, or a handler keeps the main thread \
                             and its window is frozen";

/// An address that is free and that no other test is given.
///
/// Each process has a loopback address of its own, made of its id, and hands
/// out each port of it once. So nothing can take the port between here and the
/// program that will listen on it, and a client can reach no one else's.
pub(crate) fn free_address() -> SocketAddrV4 {
    static NEXT: AtomicU16 = AtomicU16::new(20_000);
    let [_, high, middle, low] = std::process::id().to_be_bytes();
    // Process ids have 22 bits at most; the next bit keeps off 127.0.0.0/16,
    // where other programs listen.
    let ip = Ipv4Addr::new(127, high | 0x40, middle, low);
    loop {
        let port = NEXT.fetch_add(1, Ordering::Relaxed);
        let address = SocketAddrV4::new(ip, port);
        match TcpListener::bind(address) {
            Ok(_) => return address,
            // A program that listens on every address may have the port.
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => panic!("nothing can listen on {address}: {error}"),
        }
    }
}

/// A WebDriver session with a chapter's web views.
pub(crate) struct Session {
    client: Client,
    runtime: Runtime,
    patience: Duration,
    driver: Process,
    /// The driver's names for the web views that it has told of so far.
    views: RefCell<Vec<WindowHandle>>,
    /// The one of them to which its commands go, where that is known.
    current: Cell<Option<usize>>,
}

impl Session {
    /// Starts a driver and lets it attach to the web view whose inspector
    /// listens on `target`.
    #[track_caller]
    pub(crate) fn attach(program: &Process, target: SocketAddrV4) -> Self {
        let address = free_address();
        let driver = Process::start(
            Command::new("WebKitWebDriver")
                .arg(format!("--host={}", address.ip()))
                .arg(format!("--port={}", address.port()))
                .arg(format!("--target={target}")),
            program.patience(),
            Some("webkit2gtk-driver"),
        );
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime for the WebDriver client can be made");
        let builder = ClientBuilder::new(HttpConnector::new());
        let url = format!("http://{address}");
        // Neither says when it listens, so ask until there is an answer.
        let client = program.wait("WebDriver to attach to its page", || {
            if let Some(status) = driver.ended() {
                driver.fail(&format!("it ended ({status})"))
            }
            within(&runtime, program.patience(), builder.connect(&url))
        });
        let patience = program.patience();
        let (current, views) = Default::default();
        Self { client, runtime, patience, driver, current, views }
    }

    /// All web views that there are now, by the numbers that they keep.
    fn views(&self) -> Result<Vec<usize>, String> {
        let there = self.answer(self.client.windows())?.into_iter();
        let mut known = self.views.borrow_mut();
        let number = |view| {
            let old = known.iter().position(|it| *it == view);
            old.unwrap_or_else(|| {
                known.push(view);
                known.len() - 1
            })
        };
        Ok(there.map(number).collect())
    }

    fn answer<T>(
        &self,
        command: impl Future<Output = Result<T, CmdError>>,
    ) -> Result<T, String> {
        within(&self.runtime, self.patience, command)
    }
}

/// What comes of a command to the driver within this time.
fn within<T, E: ToString>(
    runtime: &Runtime,
    patience: Duration,
    command: impl Future<Output = Result<T, E>>,
) -> Result<T, String> {
    let answer = async { timeout(patience, command).await };
    match runtime.block_on(answer) {
        Ok(answer) => answer.map_err(|error| error.to_string()),
        Err(_) => Err(NO_ANSWER.into()),
    }
}

/// The page in a window of an [`App`](crate::App) or of a
/// [`Wayland`](crate::Wayland).
///
/// Selectors are CSS selectors and mean the first element that matches;
/// every method waits until there is one. Every method panics when WebDriver
/// reports an error and when 30 seconds were not enough.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    program: &'a Process,
    session: &'a Session,
    /// The number of its web view in the session.
    view: usize,
}

impl<'a> Page<'a> {
    /// Waits until there is the page of which `is_it` says so, and it is loaded.
    #[track_caller]
    pub(crate) fn find(
        program: &'a Process,
        session: &'a Session,
        is_it: impl Fn(&Self) -> Result<bool, String>,
    ) -> Self {
        let page = program.wait("its page to be loaded", || {
            for view in session.views()? {
                let page = Self { program, session, view };
                if is_it(&page)? {
                    return Ok(page);
                }
            }
            Err("WebDriver knows no such web view".into())
        });
        page.wait_until_loaded();
        page
    }

    /// Where on the screen its window is.
    pub(crate) fn place(&self) -> Result<(u64, u64), String> {
        self.answer(self.session.client.get_window_position())
    }

    /// Clicks the middle of an element (trusted input, as a user's).
    #[track_caller]
    pub fn click(&self, selector: &str) {
        let element = self.element(selector);
        self.command(&format!("click {selector}"), element.click());
    }

    /// Empties a field and types `text` into it, key by key.
    ///
    /// [`Key`](crate::Key)s can be part of it: `"Hello" + &Key::Enter`.
    /// WebDriver drops emoji: give a field such a value with
    /// [`run_with`](Self::run_with).
    #[track_caller]
    pub fn type_into(&self, selector: &str, text: &str) {
        let element = self.element(selector);
        self.command(&format!("clear {selector}"), element.clear());
        let typing = element.send_keys(text);
        self.command(&format!("type into {selector}"), typing);
    }

    /// The `textContent` of an element: its text with every space and newline.
    #[track_caller]
    pub fn text(&self, selector: &str) -> String {
        match self.property(selector, "textContent") {
            Value::String(text) => text,
            other => panic!("the text of {selector} is {other}"),
        }
    }

    /// Waits until the `textContent` of an element is exactly `expected`.
    #[track_caller]
    pub fn wait_for_text(&self, selector: &str, expected: &str) {
        let what = format!("{selector} to say {expected:?}");
        self.program.wait(&what, || {
            let text = self.try_property(selector, "textContent")?;
            (text == expected).then_some(()).ok_or(format!("it says {text}"))
        });
    }

    /// A property of an element's object, `null` if it has none of this name.
    #[track_caller]
    pub fn property(&self, selector: &str, name: &str) -> Value {
        let what = format!("{selector} in the page");
        self.program.wait(&what, || self.try_property(selector, name))
    }

    /// Runs the body of an async function in the page and gives what it
    /// returns.
    ///
    /// # Panics
    /// With the error's message when the script throws or the promise is
    /// rejected.
    #[track_caller]
    pub fn run(&self, script: &str) -> Value {
        self.run_with(script, &[])
    }

    /// Like [`run`](Self::run), with values that the script finds in its
    /// `arguments`.
    #[track_caller]
    pub fn run_with(&self, script: &str, arguments: &[Value]) -> Value {
        match self.try_run(script, arguments) {
            Ok(value) => value,
            Err(error) => self.fail(&format!("run `{script}`"), &error),
        }
    }

    /// Calls a command of Tauri's past the preload: `'ping', {}`. Gives its
    /// answer, or what the call is refused with.
    ///
    /// # Errors
    /// When Tauri or the command refuses the call.
    #[track_caller]
    pub fn invoke(&self, call: &str) -> Result<Value, Value> {
        let mut outcome = self.run(&format!(
            "return window.__TAURI_INTERNALS__.invoke({call})
               .then((value) => [true, value], (why) => [false, why]);"
        ));
        let value = outcome[1].take();
        if outcome[0] == true { Ok(value) } else { Err(value) }
    }

    /// Compares with a table what Tauri refuses each of these calls with, as
    /// [`snapshot_table`](crate::snapshot_table) does.
    ///
    /// # Panics
    /// When they differ, or a call is answered.
    #[track_caller]
    pub fn snapshot_refusals(&self, name: &str, calls: &[&str]) {
        let refusal = |call: &&str| match self.invoke(call) {
            Err(Value::String(why)) => [format!("invoke({call})"), why],
            other => panic!("no refusal in words: {call} came to {other:?}"),
        };
        let rows: Vec<_> = calls.iter().map(refusal).collect();
        let head = ["a script calls", "the promise is rejected with"];
        snapshot_table(name, head, &rows);
    }

    /// Waits until an expression is true in the page, whichever page that is
    /// by then.
    #[track_caller]
    pub fn wait_until(&self, expression: &str) {
        self.program.wait(&format!("`{expression}`"), || {
            let script = format!("return Boolean({expression})");
            let seen = self.try_run(&script, &[])?;
            (seen == true).then_some(()).ok_or_else(|| seen.to_string())
        });
    }

    /// Goes to another page and waits until it is loaded.
    #[track_caller]
    pub fn open(&self, url: &str) {
        self.command(&format!("open {url}"), self.session.client.goto(url));
        self.wait_until_loaded();
    }

    /// Reloads the page and waits until it is loaded.
    #[track_caller]
    pub fn reload(&self) {
        self.command("reload", self.session.client.refresh());
        self.wait_until_loaded();
    }

    /// The text of the whole page as a reader sees it (`innerText`).
    #[track_caller]
    pub fn visible_text(&self) -> String {
        let text = self.run("return document.body.innerText");
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the document and all that belongs to it are loaded. The
    /// empty document before the first page does not count.
    #[track_caller]
    pub(crate) fn wait_until_loaded(&self) {
        self.program.wait("its page to be loaded", || {
            let script = "return `${document.readyState} ${location}`";
            let state = self.try_run(script, &[])?;
            match state.as_str() {
                Some("complete about:blank") => Err("about:blank".into()),
                Some(text) if text.starts_with("complete ") => Ok(()),
                _ => Err(state.to_string()),
            }
        });
    }

    #[track_caller]
    fn element(&self, selector: &str) -> Element {
        self.program.wait(&format!("{selector} in the page"), || {
            self.answer(self.session.client.find(Locator::Css(selector)))
        })
    }

    fn try_property(
        &self,
        selector: &str,
        name: &str,
    ) -> Result<Value, String> {
        let script = "const element = document.querySelector(arguments[0]);
            return element && [element[arguments[1]]]";
        match self.try_run(script, &[selector.into(), name.into()])? {
            Value::Array(mut found) => Ok(found.remove(0)),
            _ => Err("there is none".into()),
        }
    }

    /// Like [`run_with`](Self::run_with), for a script that may fail.
    ///
    /// # Errors
    /// The error is the script's own, or says that its page was left while it
    /// ran: what waits for a change tries again.
    pub fn try_run(
        &self,
        script: &str,
        args: &[Value],
    ) -> Result<Value, String> {
        let body = format!("return (async () => {{\n{script}\n}})()");
        self.answer(self.session.client.execute(&body, args.to_vec()))
    }

    #[track_caller]
    fn command<T>(
        &self,
        what: &str,
        command: impl Future<Output = Result<T, CmdError>>,
    ) -> T {
        match self.answer(command) {
            Ok(value) => value,
            Err(error) => self.fail(what, &error),
        }
    }

    fn answer<T>(
        &self,
        command: impl Future<Output = Result<T, CmdError>>,
    ) -> Result<T, String> {
        let session = self.session;
        // The driver's next commands go to this page.
        if session.current.take() != Some(self.view) {
            let view = session.views.borrow()[self.view].clone();
            session.answer(session.client.switch_to_window(view))?;
        }
        session.current.set(Some(self.view));
        session.answer(command)
    }

    #[track_caller]
    fn fail(&self, what: &str, error: &str) -> ! {
        let driver = self.session.driver.stderr.text();
        self.program.fail(&format!("cannot {what}: {error}\n{driver}"))
    }
}
