//! A chapter on Wayland, under a compositor that has no screen.

use std::cell::OnceCell;
use std::ffi::OsStr;
use std::net::SocketAddrV4;
use std::process::Command;

use tempfile::TempDir;

use crate::page::{Page, Session};
use crate::process::Process;
use crate::{PATIENCE, Private};

/// A chapter that runs under a Wayland compositor of its own (weston).
///
/// WebDriver clicks and types in its pages. Nobody else can: this compositor
/// has no keyboard, no pointer and no window manager to ask. What needs these
/// is tested on X, with an [`App`](crate::App).
pub struct Wayland {
    // The order of these is the order in which they end.
    session: OnceCell<Session>,
    program: Process,
    compositor: Process,
    inspector: SocketAddrV4,
    _folder: TempDir,
}

impl Wayland {
    /// Starts a compositor, and a program under it, which finds no X display.
    ///
    /// # Panics
    /// When one of them cannot be started.
    #[track_caller]
    pub fn start(program: impl AsRef<OsStr>) -> Self {
        let mut program = Command::new(program);
        let Private { folder, root, inspector } = Private::give(&mut program);
        let socket = root.join("wayland");
        let compositor = Process::start(
            Command::new("weston")
                .args(["--no-config", "--idle-time=0"])
                // As big as the X display of an `App`.
                .args(["--backend=headless-backend.so"])
                .args(["--width=1600", "--height=1200"])
                .args(["--logger-scopes=proto", "--socket=wayland"])
                .env("HOME", root.join("home"))
                // tempfile makes it for us alone, as both ask of this folder.
                .env("XDG_RUNTIME_DIR", &root),
            PATIENCE,
            Some("weston"),
        );
        compositor.wait_until("its socket", || socket.exists());
        program
            .env("XDG_RUNTIME_DIR", &root)
            .env("WAYLAND_DISPLAY", "wayland")
            .env("GDK_BACKEND", "wayland")
            .env_remove("DISPLAY");
        Self {
            session: OnceCell::new(),
            program: Process::start(&mut program, PATIENCE, None),
            compositor,
            inspector,
            _folder: folder,
        }
    }

    /// The page in the program's only window. Attaches WebDriver, once, and
    /// waits until the page is loaded.
    #[track_caller]
    pub fn page(&self) -> Page<'_> {
        self.page_where("true")
    }

    /// The page in which an expression is true, of those in all windows.
    #[track_caller]
    pub fn page_where(&self, expression: &str) -> Page<'_> {
        let attach = || Session::attach(&self.program, self.inspector);
        let session = self.session.get_or_init(attach);
        let script = format!("return Boolean({expression})");
        Page::find(&self.program, session, |page| {
            Ok(page.try_run(&script, &[]).is_ok_and(|it| it == true))
        })
    }

    /// Waits until the program has printed exactly this line.
    #[track_caller]
    pub fn wait_for_line(&self, line: &str) {
        self.program.wait_for_line(line);
    }

    /// Waits until the compositor shows a window with this title.
    #[track_caller]
    pub fn wait_for_window(&self, title: &str) {
        self.has_parent(title);
    }

    /// Whether the program has told the compositor which window the one with
    /// this title belongs to. Waits until that is shown.
    #[track_caller]
    pub fn has_parent(&self, title: &str) -> bool {
        self.program.wait(&format!("the window {title:?}"), || {
            let record = self.compositor.stderr.text();
            shown(&record, title).ok_or_else(String::new)
        })
    }
}

/// Whether the window with this title has a parent; nothing, if it is not on
/// the compositor's output. `record` is all that was said:
///
/// ```text
/// … client 0x5 rq xdg_wm_base@12.get_xdg_surface(new id xdg_surface@24, wl_surface@22)
/// … client 0x5 rq xdg_surface@24.get_toplevel(new id xdg_toplevel@25)
/// … client 0x5 rq xdg_toplevel@25.set_parent(nil)
/// … client 0x5 rq xdg_toplevel@25.set_title("Open File")
/// … client 0x5 ev wl_surface@22.enter(wl_output@10)
/// ```
///
/// Each client has its own numbers, and uses them again.
fn shown(record: &str, title: &str) -> Option<bool> {
    let titled = format!(".set_title(\"{title}\")\n");
    let (before, _) = record.rsplit_once(&titled)?;
    let mut words = before.rsplit(' ');
    let (toplevel, client) = (words.next()?, words.nth(1)?);

    let made = format!(".get_toplevel(new id {toplevel})");
    let (before, since) = before.rsplit_once(&made)?;
    let xdg_surface = before.rsplit(' ').next()?;
    let parent = format!(" {toplevel}.set_parent(xdg_toplevel");
    let has_parent = since.contains(&parent);

    let made = format!(".get_xdg_surface(new id {xdg_surface}, ");
    let (_, since) = before.rsplit_once(&made)?;
    let surface = since.split(')').next()?;
    let entered = format!("client {client} ev {surface}.enter(");
    record[before.len()..].contains(&entered).then_some(has_parent)
}

#[cfg(test)]
mod tests {
    use super::shown;

    /// Two windows of a client and their surfaces, and another client.
    const RECORD: &str = "\
[1][proto] client 0x1 ev wl_surface@15.enter(wl_output@3)
[2][proto] client 0x2 rq xdg_wm_base@4.get_xdg_surface(new id xdg_surface@5, wl_surface@6)
[3][proto] client 0x2 rq xdg_surface@5.get_toplevel(new id xdg_toplevel@7)
[4][proto] client 0x2 rq xdg_toplevel@7.set_parent(nil)
[5][proto] client 0x2 rq xdg_toplevel@7.set_title(\"one\")
[6][proto] client 0x2 rq xdg_wm_base@4.get_xdg_surface(new id xdg_surface@14, wl_surface@15)
[7][proto] client 0x2 rq xdg_surface@14.get_toplevel(new id xdg_toplevel@16)
[8][proto] client 0x2 rq xdg_toplevel@16.set_parent(xdg_toplevel@7)
[9][proto] client 0x2 rq xdg_toplevel@16.set_title(\"other\")
";

    #[test]
    fn a_window_is_known_once_it_is_on_the_output() {
        let enters = |client, surface| {
            let event = format!("ev wl_surface@{surface}.enter(wl_output@8)");
            format!("{RECORD}[9][proto] client {client} {event}\n")
        };
        for (client, surface, title, known) in [
            ("0x2", "6", "one", Some(false)),
            ("0x2", "15", "other", Some(true)),
            ("0x2", "6", "other", None),
            ("0x1", "15", "other", None),
            ("0x2", "6", "on", None),
        ] {
            assert_eq!(shown(&enters(client, surface), title), known);
        }
    }
}
