//! A reader's program in a real window, and how a check asks it.

use std::cell::OnceCell;
use std::fmt;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use harness::{App, NO_ANSWER, Page};
use serde_json::Value;

use crate::finding::{Finding, WAITS, Wrong, expect};

/// How long a start may take: the first one after a build takes up to 9 s.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long an answer or a change may take. A right solution needs a hundredth
/// of it, unless the machine is busy: then a new page was seen to take two
/// seconds. The reader of a wrong one waits for all of it.
const MOMENT: Duration = Duration::from_secs(5);

/// A reader's program that runs, and the folder that it was built from.
pub struct Check<'a> {
    pub app: &'a App,
    page: OnceCell<Page<'a>>,
    folder: &'a Path,
}

/// Starts `program`, which was built from `folder`, and puts it to a check.
pub fn run(
    program: &Path,
    folder: &Path,
    check: impl FnOnce(&Check<'_>) -> Result<(), Finding>,
) -> Result<(), Finding> {
    let app = expect("the program to open its window", || {
        Ok(App::start_within(PATIENCE, program, |_| ()))
    })?;
    let asked = Check { app: &app, page: OnceCell::new(), folder };
    // ch01 has a window only.
    if folder.join("index.html").is_file() {
        expect("the window to show its page", || Ok(asked.page()))?;
    }
    check(&asked)
}

/// What ch10 prints of a preload that fails.
const PRELOAD_ERROR: &str = "[renderer → main] send preload-error ";

/// What a call in the page came to. The text is the value in JavaScript's
/// words (`5`, `"text"`, `undefined`), or an error's message.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    Returned(String),
    Resolved(String),
    Rejected(String),
    Threw(String),
    Silent,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Returned(value) => f.write_str(value),
            Self::Resolved(value) => write!(f, "an answer: {value}"),
            Self::Rejected(message) => write!(f, "a rejection: {message}"),
            Self::Threw(message) => write!(f, "an error: {message}"),
            Self::Silent => {
                write!(f, "no answer within {} s", MOMENT.as_secs())
            }
        }
    }
}

/// A value in JavaScript's words, and what a call comes to.
const ASK: &str = "
    const words = (value) =>
      typeof value === 'function' ? 'a function'
      : JSON.stringify(value) ?? String(value);
    const outcome = (call, patience) => {
      let promise;
      try { promise = call(); }
      catch (error) { return ['threw', String(error)]; }
      if (typeof promise?.then !== 'function')
        return ['returned', words(promise)];
      return Promise.race([
        promise.then((value) => ['resolved', words(value)],
                     (why) => ['rejected', why?.message ?? words(why)]),
        new Promise((late) => setTimeout(late, patience, ['silent', ''])),
      ]);
    };";

impl<'a> Check<'a> {
    /// The page in the program's window, or in the one that was chosen.
    pub fn page(&self) -> Page<'a> {
        *self.page.get_or_init(|| self.app.page())
    }

    /// The same program, asked in the page of the window with this title.
    pub fn window(&self, title: &str) -> Result<Check<'a>, Finding> {
        expect(format!("the window {title:?} to show its page"), || {
            let page = OnceCell::from(self.app.page_of(title));
            Ok(Check { app: self.app, page, folder: self.folder })
        })
    }

    /// Makes a call in the page and gives what it comes to.
    pub fn ask(&self, call: &str) -> Result<Outcome, Wrong> {
        let patience = MOMENT.as_millis();
        let script = format!("return outcome(() => {call}, {patience});");
        let answer = self.script(&script)?;
        let text = answer[1].as_str().unwrap_or_default().to_owned();
        Ok(match answer[0].as_str() {
            Some("returned") => Outcome::Returned(text),
            Some("resolved") => Outcome::Resolved(text),
            Some("rejected") => Outcome::Rejected(text),
            Some("threw") => Outcome::Threw(text),
            _ => Outcome::Silent,
        })
    }

    /// Runs a script of the check's own in the page.
    pub fn script(&self, script: &str) -> Result<Value, Wrong> {
        let answer = self.page().try_run(&format!("{ASK}\n{script}"), &[]);
        answer.map_err(|error| match self.within(|| self.ended()) {
            Some(wrong) => wrong,
            None if error == NO_ANSWER => Wrong::new(error, WAITS),
            None => Wrong::new(
                error,
                "the page's files: this error comes from their scripts, or \
                 the page has gone somewhere else",
            ),
        })
    }

    /// What is wrong, if the program has ended.
    pub fn ended(&self) -> Option<Wrong> {
        let ended = !self.app.is_running();
        ended.then(|| Wrong::ended(&self.app.errors()))
    }

    /// What `probe` finds within a moment.
    pub fn within<T>(&self, mut probe: impl FnMut() -> Option<T>) -> Option<T> {
        let deadline = Instant::now() + MOMENT;
        loop {
            let found = probe();
            if found.is_some() || Instant::now() > deadline {
                return found;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The first line after the `since`th that begins like this, without that
    /// beginning.
    pub fn line(&self, since: usize, beginning: &str) -> Option<String> {
        let output = self.app.output();
        let mut lines = output.lines().skip(since);
        lines.find_map(|line| line.strip_prefix(beginning)).map(str::to_owned)
    }

    /// How many lines the program has printed.
    pub fn lines(&self) -> usize {
        self.app.output().lines().count()
    }

    /// The preload has given the page `object`, and in it this function.
    pub fn exposes(&self, object: &str, function: &str) -> Result<(), Finding> {
        expect(format!("preload.js to expose {object}"), || {
            match self.script(&format!("return typeof {object}"))? {
                seen if seen == "object" => Ok(()),
                seen => Err(Wrong::new(
                    self.error_in("preload.js")
                        .unwrap_or(format!("{object} is {seen}")),
                    "preload.js: what is after an error is not run",
                )),
            }
        })?;
        expect(format!("{object}.{function} to be a function"), || {
            let script = format!("return words({object}.{function})");
            match self.script(&script)?.as_str() {
                Some("a function") => Ok(()),
                None | Some("undefined") => Err(Wrong::new(
                    "undefined",
                    format!(
                        "{object} in preload.js: give it a function \
                         `{function}: (…) => …`, as its neighbours are"
                    ),
                )),
                Some(value) => Err(Wrong::new(
                    value,
                    format!(
                        "{object} in preload.js: make it a function that \
                         returns this, `{function}: () => …`"
                    ),
                )),
            }
        })
    }

    /// The error with which a script of the page ends, if it does. It is run
    /// again for that, a preload with a window that it can define things on, and
    /// with a `require` that does nothing.
    pub fn error_in(&self, file: &str) -> Option<String> {
        if file == "preload.js"
            && let Some(told) = self.line(0, PRELOAD_ERROR)
        {
            return Some(told);
        }
        let source = fs::read_to_string(self.folder.join(file)).ok()?;
        let script = format!(
            "const [main] = arguments;
             const ours = {{ ipc: window.ipc, versions: window.versions,
                             electronAPI: window.electronAPI }};
             // The name that Tauri's global has once the preload deleted it.
             const host = {{ ipc: window.ipc,
                             __TAURI__: window.__TAURI_IIFE__ }};
             const again = main ? host : ours;
             const process = {{}};
             const none = () => new Proxy(() => 0, {{ get: none }});
             const require = none();
             ((window) => {{\n{source}\n}})(again);"
        );
        let given = self.line(0, "[main] gives the preload ");
        let given = given.unwrap_or_default();
        let given = match file {
            "preload.js" => serde_json::from_str(&given).unwrap_or_default(),
            _ => Value::Null,
        };
        let error = self.page().try_run(&script, &[given]).err()?;
        let first = error.lines().next().unwrap_or_default();
        let driver = "webdriver returned error: ";
        Some(first.strip_prefix(driver).unwrap_or(first).to_owned())
    }
}
