//! What the features in `tests/features` have to know of a chapter.

use std::env::{self, consts::EXE_SUFFIX};
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use crate::{App, Page};

/// A chapter, as its test describes it: what is in its page.
///
/// ```ignore
/// const CHAPTER: Chapter = Chapter {
///     apis: &[VERSIONS, ("electronAPI", &["setTitle"])],
///     globals: &["ipc"],
///     call: "electronAPI.setTitle('A')",
///     ..Chapter::new(env!("CARGO_BIN_EXE_ch04-send"))
/// };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Chapter {
    /// The path of its program, as cargo tells it: `CARGO_BIN_EXE_…`. Its name
    /// is the title of the main window.
    pub program: &'static str,
    /// The titles of the windows that it opens besides.
    pub other_windows: &'static [&'static str],
    /// Whether there is a page in its window.
    pub has_page: bool,
    /// What the preload exposes: each name in `window`, and the keys of it.
    pub apis: &'static [Api],
    /// The names that wry and the preload leave in `window` besides.
    pub globals: &'static [&'static str],
    /// The names that Tauri leaves in `window`; none where there is no Tauri.
    pub tauris_globals: &'static [&'static str],
    /// The quickest call of the page's to main, in JavaScript.
    pub call: &'static str,
}

/// A name in `window` and the keys of the object there.
pub type Api = (&'static str, &'static [&'static str]);

/// What every preload exposes since ch03.
pub const VERSIONS: Api = ("versions", &["webview", "wry", "tao"]);

impl Chapter {
    /// A chapter with one window, and a page that is given nothing.
    pub const fn new(program: &'static str) -> Self {
        Self {
            program,
            other_windows: &[],
            has_page: true,
            apis: &[],
            globals: &[],
            tauris_globals: &[],
            call: "",
        }
    }

    /// Where its program is now.
    ///
    /// Where the variable `TUTORIAL_PROGRAM` is set, it is the program that this
    /// names: so a chapter's tests can be tried on a changed copy of it. Else it
    /// is beside the tests: cargo's path was true when they were compiled, and a
    /// checkout may be moved or copied together with its target folder.
    pub fn program(&self) -> PathBuf {
        let copy = env::var_os("TUTORIAL_PROGRAM").map(PathBuf::from);
        let test = env::current_exe().expect("a running test is a file");
        let deps = test.parent().expect("a file is in a folder");
        copy.unwrap_or_else(|| {
            deps.with_file_name(format!("{}{EXE_SUFFIX}", self.name()))
        })
    }

    /// Its name: `ch05-invoke`.
    pub fn name(&self) -> &'static str {
        let name = Path::new(self.program).file_stem();
        name.and_then(|name| name.to_str()).expect("a program has a name")
    }

    /// Whether it is made with Tauri.
    pub fn is_tauri(&self) -> bool {
        !self.tauris_globals.is_empty()
    }

    /// The origin of its page.
    pub fn origin(&self) -> &'static str {
        if self.is_tauri() { "tauri://localhost" } else { "app://localhost" }
    }

    /// All names in `window` that an empty page does not have, sorted.
    pub fn all_globals(&self) -> Vec<&'static str> {
        let apis = self.apis.iter().map(|(name, _)| *name);
        let others = [self.globals, self.tauris_globals].concat();
        let mut names: Vec<_> = apis.chain(others).collect();
        names.sort_unstable();
        names
    }

    /// Starts it and waits until all its windows are on the screen.
    #[track_caller]
    pub fn start(&self) -> App {
        let app = App::start(self.program());
        self.wait_for_windows(app)
    }

    /// Waits until all windows of `app`, which is this chapter's program, are
    /// on the screen, and finds its main one.
    #[track_caller]
    pub fn wait_for_windows(&self, app: App) -> App {
        for title in self.other_windows {
            app.wait_for_window(title);
        }
        app.with_main(self.name())
    }

    /// The pages in all its windows, the main one first.
    #[track_caller]
    pub fn pages<'a>(&self, app: &'a App) -> Vec<Page<'a>> {
        let others = self.other_windows.iter().map(|it| app.page_of(it));
        std::iter::once(app.page()).chain(others).collect()
    }

    /// Closes all its windows and waits until it ends.
    #[track_caller]
    pub fn close(&self, app: &App) -> ExitStatus {
        for title in self.other_windows {
            app.close_window(title);
        }
        app.close()
    }
}
