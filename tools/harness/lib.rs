//! Starts a chapter in a real window and drives it as its user would.
//!
//! ```no_run
//! use harness::App;
//!
//! let app = App::start("target/debug/ch05-invoke");
//! let page = app.page();
//! page.click("#ping");
//! page.wait_for_text("#answer", "Pong");
//! assert!(app.close().success());
//! app.snapshot_output("ch05_invoke");
//! ```
//!
//! Every [`App`] has an X display and a HOME for itself, so tests can run side
//! by side and disturb nobody's desktop. No wait lasts for ever: after 30
//! seconds it panics with what was awaited and what the chapter has printed.
//! All that was started ends when the `App` is dropped, but for the display,
//! which the next one takes.
//!
//! fantoccini speaks WebDriver. Its waits would outlast a chapter that has
//! ended and not tell what it has printed, so all waits are those of `process`.
//! WebDriver sees pages and nothing else: windows, their close buttons, GTK's
//! file dialog and pictures are reached through X (`display`, `input`).

#![warn(missing_docs)]

mod chapter;
mod crash;
mod dialog;
mod display;
mod elsewhere;
mod input;
mod menu;
mod page;
mod process;
mod snapshot;
mod stage;
#[cfg(test)]
mod tests;
mod usage;
mod wayland;

use std::cell::OnceCell;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::net::SocketAddrV4;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use tempfile::{Builder, TempDir};

pub use chapter::{Api, Chapter, VERSIONS};
pub use dialog::FileDialog;
use display::Lent;
pub use elsewhere::Elsewhere;
pub use fantoccini::key::Key;
use page::Session;
pub use page::{NO_ANSWER, Page};
use process::Process;
pub use snapshot::snapshot_table;
pub use stage::Stage;
pub use usage::{Usage, memory_of_all};
pub use wayland::Wayland;

/// How long any wait may last. The first start after a build takes up to 9 s.
const PATIENCE: Duration = Duration::from_secs(30);

/// A chapter that runs.
pub struct App {
    // The order of these is the order in which they end.
    session: OnceCell<Session>,
    program: Process,
    display: Lent,
    /// The chapter's main window.
    main: u32,
    inspector: SocketAddrV4,
    home: PathBuf,
    _folder: TempDir,
}

/// A window as a user sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// What its title bar says.
    pub title: String,
    /// Its inner width in pixels.
    pub width: u16,
    /// Its inner height in pixels.
    pub height: u16,
}

impl App {
    /// Starts a program and waits until its window is on the screen. Where it
    /// opens several at once, [`with_main`](Self::with_main) says which of them
    /// is its main one.
    ///
    /// Where the variable `TUTORIAL_PATIENCE` is set, it is the number of seconds
    /// that a wait lasts: a changed copy of a chapter may well never do what is
    /// awaited.
    ///
    /// # Panics
    /// When the program cannot be started or ends before it has a window.
    #[track_caller]
    pub fn start(program: impl AsRef<OsStr>) -> Self {
        Self::start_with(program, |_| ())
    }

    /// Like [`start`](Self::start), with more arguments, variables or another
    /// current directory (which is the private HOME otherwise).
    #[track_caller]
    pub fn start_with(
        program: impl AsRef<OsStr>,
        adjust: impl FnOnce(&mut Command),
    ) -> Self {
        let seconds = env::var("TUTORIAL_PATIENCE").ok();
        let patience = seconds.and_then(|seconds| seconds.parse().ok());
        let patience = patience.map_or(PATIENCE, Duration::from_secs);
        Self::start_within(patience, program, adjust)
    }

    /// Like [`start_with`](Self::start_with), with another `patience`: no wait
    /// lasts longer.
    #[track_caller]
    pub fn start_within(
        patience: Duration,
        program: impl AsRef<OsStr>,
        adjust: impl FnOnce(&mut Command),
    ) -> Self {
        let display = Lent::take();
        let mut command = Command::new(program);
        let Private { folder, root, inspector } = Private::give(&mut command);
        let home = root.join("home");
        command.env("DISPLAY", &display.name);
        adjust(&mut command);

        let program = Process::start(&mut command, patience, None);
        let main = program.wait("its window", || {
            display.windows().first().copied().ok_or_else(String::new)
        });
        Self {
            session: OnceCell::new(),
            program,
            display,
            main,
            inspector,
            home,
            _folder: folder,
        }
    }

    /// Makes the window with this title the main one, and waits until it is on
    /// the screen. The main window is the first otherwise, which for windows
    /// that open at once is a matter of chance.
    #[track_caller]
    pub fn with_main(mut self, title: &str) -> Self {
        self.main = self.titled(title);
        self
    }

    /// The program's private HOME, an empty folder at first.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Makes an empty file in the private HOME, in folders if its name has
    /// them, and gives its path.
    ///
    /// # Panics
    /// When it cannot be written.
    #[track_caller]
    pub fn file(&self, name: impl AsRef<Path>) -> PathBuf {
        let path = self.home.join(name);
        let folder = path.parent().expect("it is in HOME");
        fs::create_dir_all(folder).expect("HOME can be written");
        fs::write(&path, "").expect("HOME can be written");
        path
    }

    /// The page in the main window. Attaches WebDriver, once, and waits until
    /// the page is loaded.
    #[track_caller]
    pub fn page(&self) -> Page<'_> {
        self.page_in(self.main)
    }

    /// The page in the window with this title, once both are there. It stays
    /// the page of that window when the title changes.
    ///
    /// Pages can be used in turns. To tell which is whose, the windows are
    /// moved beside each other.
    #[track_caller]
    pub fn page_of(&self, title: &str) -> Page<'_> {
        self.page_in(self.titled(title))
    }

    /// Two windows can have the same page, so no page tells which of them it
    /// is in. The driver knows where on the screen each is.
    #[track_caller]
    fn page_in(&self, window: u32) -> Page<'_> {
        let attach = || Session::attach(&self.program, self.inspector);
        let session = self.session.get_or_init(attach);
        Page::find(&self.program, session, |page| {
            let place = self.display.move_apart(window);
            Ok(page.place()? == place.ok_or("its window is closed")?)
        })
    }

    /// What the program has written to its standard output: complete lines.
    pub fn output(&self) -> String {
        self.program.stdout.text()
    }

    /// What the program has written to its standard error: complete lines.
    pub fn errors(&self) -> String {
        self.program.stderr.text()
    }

    /// Waits until the program has printed exactly this line.
    #[track_caller]
    pub fn wait_for_line(&self, line: &str) {
        self.program.wait_for_line(line);
    }

    /// Waits until the program has printed this many lines.
    #[track_caller]
    pub fn wait_for_lines(&self, count: usize) {
        self.wait_until(&format!("{count} lines"), || {
            self.output().lines().count() >= count
        });
    }

    /// Waits until `condition` holds; `what` says what that is.
    #[track_caller]
    pub fn wait_until(&self, what: &str, condition: impl Fn() -> bool) {
        self.program.wait_until(what, condition);
    }

    /// All windows on the screen, dialogs too, the lowest first.
    pub fn windows(&self) -> Vec<Window> {
        let windows = self.display.windows().into_iter();
        windows.filter_map(|window| self.display.describe(window)).collect()
    }

    /// Waits until a window with this title is on the screen.
    #[track_caller]
    pub fn wait_for_window(&self, title: &str) {
        self.titled(title);
    }

    /// Clicks the close button of the window with this title, once that is on
    /// the screen. What comes of it is the program's affair.
    #[track_caller]
    pub fn close_window(&self, title: &str) {
        self.display.close(self.titled(title));
    }

    /// The window with this title, once it is on the screen.
    #[track_caller]
    fn titled(&self, title: &str) -> u32 {
        self.program.wait(&format!("the window {title:?}"), || {
            let windows = self.display.windows().into_iter();
            let windows = windows.filter_map(|window| {
                Some((window, self.display.describe(window)?.title))
            });
            let windows: Vec<_> = windows.collect();
            let found = windows.iter().find(|(_, it)| it == title);
            found.map(|(window, _)| *window).ok_or_else(|| {
                let titles = windows.iter().map(|(_, title)| title);
                format!("there are {:?}", titles.collect::<Vec<_>>())
            })
        })
    }

    /// The program's main window.
    ///
    /// # Panics
    /// When it is closed; if the program ends, that is what the message says.
    #[track_caller]
    pub fn window(&self) -> Window {
        self.program.wait("a look at its window", || {
            let window = self.display.describe(self.main);
            window.ok_or_else(|| "it is closed".into())
        })
    }

    /// Waits until the main window has this title.
    #[track_caller]
    pub fn wait_for_title(&self, title: &str) {
        self.program.wait(&format!("the title {title:?}"), || {
            let seen = self.window().title;
            (seen == title).then_some(()).ok_or(format!("it is {seen:?}"))
        });
    }

    /// Waits until the program has opened a file dialog.
    #[track_caller]
    pub fn file_dialog(&self) -> FileDialog<'_> {
        let window = self
            .program
            .wait("a file dialog", || self.dialog().ok_or_else(String::new));
        FileDialog { app: self, window }
    }

    /// Gives the main window the keyboard and presses the keys of `chord` one
    /// after the other: `Key::Control + "u"`.
    #[track_caller]
    pub fn press(&self, chord: &str) {
        self.program.wait("its window to have the keyboard", || {
            let has = self.display.focus(self.main);
            has.then_some(()).ok_or_else(String::new)
        });
        self.display.press(chord);
    }

    /// Whether the program shows a dialog.
    pub fn has_dialog(&self) -> bool {
        self.dialog().is_some()
    }

    fn dialog(&self) -> Option<u32> {
        let mut windows = self.display.windows().into_iter();
        windows.rfind(|&window| self.display.is_dialog(window))
    }

    /// Clicks the main window's close button and waits until the program ends.
    #[track_caller]
    pub fn close(&self) -> ExitStatus {
        self.display.close(self.main);
        self.wait_for_exit()
    }

    /// Waits until the program has ended and its output is complete.
    #[track_caller]
    pub fn wait_for_exit(&self) -> ExitStatus {
        self.program
            .wait("its end", || self.program.ended().ok_or_else(String::new))
    }

    /// What the program uses of the machine by now.
    ///
    /// # Panics
    /// When it has ended.
    #[track_caller]
    pub fn usage(&self) -> Usage {
        let usage = Usage::of(self.program.id());
        usage.unwrap_or_else(|| self.program.fail("what it uses is not told"))
    }

    /// What the process of WebKit's that shows its page uses by now.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn page_usage(&self) -> Usage {
        let usage = Usage::of(crash::page_of(self.program.id()));
        usage.unwrap_or_else(|| self.program.fail("what its page uses"))
    }

    /// Kills the process of WebKit's that shows its page, which a page may
    /// bring about by itself. What comes of it is the program's affair.
    ///
    /// WebDriver loses the page with it, and is attached anew to the next.
    ///
    /// # Panics
    /// When there is no such process.
    #[track_caller]
    pub fn kill_page(&mut self) {
        self.session.take();
        let killed = crash::kill(crash::page_of(self.program.id()));
        assert!(killed, "its page has ended by itself");
    }

    /// Whether the program has not ended.
    pub fn is_running(&self) -> bool {
        self.program.ended().is_none()
    }

    /// Compares the complete output with `tests/snapshots/<name>.snap`.
    ///
    /// Versions print as `<version>`, the private HOME as `<path>`. The output
    /// as it is goes to the file that `TUTORIAL_PLAY` names, if that is set.
    ///
    /// # Panics
    /// When they differ, when the output has more than 30 lines, and when the
    /// program still runs: what it has printed so far depends on the moment.
    #[track_caller]
    pub fn snapshot_output(&self, name: &str) {
        if self.is_running() {
            self.program.fail("a snapshot of its output before its end")
        }
        if let Some(file) = env::var_os("TUTORIAL_PLAY") {
            let written = fs::write(file, self.output());
            written.expect("the file that TUTORIAL_PLAY names can be written");
        }
        self.snapshot(name, &self.output());
    }

    /// Compares the main window with `tests/snapshots/<name>.snap`: its title,
    /// its size, and the page's visible text once [`page`](Self::page) was
    /// called.
    ///
    /// # Panics
    /// When they differ, and when there are more than 30 lines.
    #[track_caller]
    pub fn snapshot_window(&self, name: &str) {
        let Window { title, width, height } = self.window();
        let mut text = format!("title: {title}\nsize: {width} × {height}\n");
        if self.session.get().is_some() {
            text.push('\n');
            for line in self.page().visible_text().lines() {
                text += line.trim_end();
                text.push('\n');
            }
        }
        self.snapshot(name, &text);
    }

    #[track_caller]
    fn snapshot(&self, name: &str, text: &str) {
        let home = self.home.to_str().expect("its name is plain");
        snapshot::assert(name, &text.replace(home, "<path>"));
    }

    /// Writes a picture of the main window to `<name>.png` in the folder that
    /// the variable `TUTORIAL_SHOTS` names; without it, does nothing.
    #[track_caller]
    pub fn picture(&self, name: &str) {
        let Some(folder) = env::var_os("TUTORIAL_SHOTS") else {
            return;
        };
        // Of a window behind another, there would be no picture.
        self.display.move_apart(self.main);
        // Nothing tells when the last change has been painted: the picture has
        // to stay the same for a while.
        let mut last = None;
        let mut since = Instant::now();
        let picture = self.program.wait("its picture to stay", || {
            let picture = self.display.picture(self.main);
            if picture != last {
                (last, since) = (picture, Instant::now());
            }
            let stays = since.elapsed() > Duration::from_millis(500);
            last.take_if(|_| stays).ok_or("it changes".into())
        });
        picture.write(&Path::new(&folder).join(name).with_extension("png"));
    }
}

/// What a program is given for itself alone.
struct Private {
    folder: TempDir,
    /// The folder's path, as the program will see it.
    root: PathBuf,
    inspector: SocketAddrV4,
}

impl Private {
    /// Gives a program its HOME, where it starts, the other folders that it may
    /// write to, and an inspector for WebDriver to attach to.
    #[track_caller]
    fn give(command: &mut Command) -> Self {
        // A picture that is taken again shows the same path, unless two are
        // taken at once.
        let taken = env::var_os("TUTORIAL_SHOTS").is_some();
        let named =
            || Builder::new().prefix("tutorial").rand_bytes(0).tempdir();
        let named = taken.then(named).and_then(Result::ok);
        let folder = named
            .map_or_else(|| Builder::new().prefix("tutorial-").tempdir(), Ok);
        let folder = folder.expect("a temporary folder can be made");
        // As the chapter will see it, should the way to it have links.
        let root = folder.path().canonicalize().expect("it exists");
        let inspector = page::free_address();
        for (variable, name) in [
            ("HOME", "home"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_RUNTIME_DIR", "run"),
        ] {
            let path = root.join(name);
            fs::create_dir(&path).expect("a folder can be made");
            command.env(variable, path);
        }
        command
            .current_dir(root.join("home"))
            .env("WEBKIT_INSPECTOR_SERVER", inspector.to_string())
            .envs(ENVIRONMENT);
        for variable in FOREIGN {
            command.env_remove(variable);
        }
        Self { folder, root, inspector }
    }
}

/// What makes runs the same on every machine.
const ENVIRONMENT: [(&str, &str); 14] = [
    ("LANG", "C.UTF-8"),
    ("LC_ALL", "C.UTF-8"),
    // With a new HOME and no session bus, a start takes 12 to 24 seconds.
    ("DBUS_SESSION_BUS_ADDRESS", "disabled:"),
    ("NO_AT_BRIDGE", "1"),
    ("GSETTINGS_BACKEND", "memory"),
    // WebDriver may come in, as `common::webview::context` and Tauri ask.
    ("TUTORIAL_AUTOMATION", "1"),
    ("TAURI_WEBVIEW_AUTOMATION", "true"),
    // The window, at one size and in one look.
    ("GDK_BACKEND", "x11"),
    ("GDK_SCALE", "1"),
    ("GDK_DPI_SCALE", "1"),
    ("GTK_THEME", "Adwaita"),
    ("GTK_IM_MODULE", "gtk-im-context-simple"),
    // One way to paint: pictures differ by some pixels otherwise. Without a
    // graphics card, to set up OpenGL is most of what a page's start costs.
    ("LIBGL_ALWAYS_SOFTWARE", "1"),
    ("WEBKIT_DISABLE_COMPOSITING_MODE", "1"),
];

/// What must not reach a chapter from the desktop that runs the tests.
const FOREIGN: [&str; 5] =
    ["GTK_MODULES", "LANGUAGE", "WAYLAND_DISPLAY", "XAUTHORITY", "XMODIFIERS"];
