//! A private X display (Xvfb) and the windows on it.

use std::ops::Deref;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConfigureWindowAux, ConnectionExt, EventMask,
    ImageFormat, InputFocus, MapState, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;

use crate::process::{POLL, Process};

x11rb::atom_manager! {
    pub(crate) Atoms: AtomsCookie {
        HARNESS_TEXT,
        UTF8_STRING,
        WM_DELETE_WINDOW,
        WM_PROTOCOLS,
        _NET_WM_NAME,
        _NET_WM_WINDOW_TYPE,
        _NET_WM_WINDOW_TYPE_DIALOG,
    }
}

/// Displays whose programs have ended. The next ones take them: to start an X
/// server costs a sixth of what a program with its page does.
static FREE: Mutex<Vec<Display>> = Mutex::new(Vec::new());

/// A display that one program has for itself, until it has ended.
pub(crate) struct Lent(Option<Display>);

impl Lent {
    /// A display with nothing on it.
    #[track_caller]
    pub(crate) fn take() -> Self {
        let free = FREE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let cleared = free.filter(Display::clear);
        Self(Some(cleared.unwrap_or_else(Display::start)))
    }
}

impl Deref for Lent {
    type Target = Display;

    fn deref(&self) -> &Display {
        self.0.as_ref().expect("it is given back at its end alone")
    }
}

impl Drop for Lent {
    /// That of a test which fails ends: what is wrong with it is not known.
    fn drop(&mut self) {
        let whole = self.0.take().filter(|_| !thread::panicking());
        FREE.lock().unwrap_or_else(PoisonError::into_inner).extend(whole);
    }
}

/// An X server and a connection to it. It ends some seconds after its last
/// connection, ours, also where nothing is dropped.
pub(crate) struct Display {
    pub(crate) connection: RustConnection,
    pub(crate) root: Window,
    atoms: Atoms,
    /// A window of ours that is never shown.
    mailbox: Window,
    /// Its name as in the variable `DISPLAY`, such as `:1`.
    pub(crate) name: String,
    // Dropped, and so killed, after the connection.
    _server: Process,
}

impl Display {
    /// Starts an X server on the first free display number, without a window
    /// manager.
    #[track_caller]
    pub(crate) fn start() -> Self {
        let server = Process::start(
            // The native file dialog is taller than 800 pixels.
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1600x1200x24"])
                // In seconds. Without them, a process that is left of a display
                // with the same number ends this one: by coming, before we do,
                // and going.
                .args(["-nolisten", "tcp", "-terminate", "5"]),
            Duration::from_secs(30),
            Some("xvfb"),
        );
        let name = server.wait("its display number", || {
            match server.stdout.text().trim() {
                "" => Err(String::new()),
                number => Ok(format!(":{number}")),
            }
        });
        let (connection, screen) = RustConnection::connect(Some(&name))
            .expect("Xvfb listens once it has told its number");
        let root = connection.setup().roots[screen].root;
        let atoms = Atoms::new(&connection).expect(ALIVE).reply().expect(ALIVE);
        let mailbox = connection.generate_id().expect(ALIVE);
        let (class, options) = (WindowClass::INPUT_ONLY, Default::default());
        connection
            .create_window(0, mailbox, root, 0, 0, 1, 1, 0, class, 0, &options)
            .expect(ALIVE);
        Self { connection, mailbox, root, atoms, name, _server: server }
    }

    /// Waits until the windows of the program before are gone, and has mouse and
    /// keyboard as a new display has them. The process of a page that hangs may
    /// keep windows: the display is of no use then.
    fn clear(&self) -> bool {
        let x = &self.connection;
        let is_empty = until(|| {
            let tree = x.query_tree(self.root).expect(ALIVE).reply();
            (tree.expect(ALIVE).children == [self.mailbox]).then_some(())
        });
        self.point((800, 600));
        let (none, now) = (InputFocus::NONE, x11rb::CURRENT_TIME);
        let focus = Window::from(InputFocus::POINTER_ROOT);
        x.set_input_focus(none, focus, now).expect(ALIVE);
        is_empty.is_some()
    }

    /// The windows that a user sees as such: mapped children of the root, no
    /// menus or tooltips. The lowest comes first.
    pub(crate) fn windows(&self) -> Vec<Window> {
        self.children(false)
    }

    /// The open menus and tooltips.
    pub(crate) fn popups(&self) -> Vec<Window> {
        self.children(true)
    }

    /// Mapped children of the root. A popup is one that no window manager is
    /// asked about.
    fn children(&self, popups: bool) -> Vec<Window> {
        let tree = self.connection.query_tree(self.root).expect(ALIVE);
        let mut windows = tree.reply().expect(ALIVE).children;
        windows.retain(|&window| {
            let request = self.connection.get_window_attributes(window);
            // A window may be gone since the list was made.
            request.expect(ALIVE).reply().is_ok_and(|attributes| {
                attributes.map_state == MapState::VIEWABLE
                    && attributes.class == WindowClass::INPUT_OUTPUT
                    && attributes.override_redirect == popups
            })
        });
        windows
    }

    /// A window as its user sees it; `None` if it is gone.
    pub(crate) fn describe(&self, window: Window) -> Option<crate::Window> {
        let x = &self.connection;
        let (name, utf8) = (self.atoms._NET_WM_NAME, self.atoms.UTF8_STRING);
        let title = x.get_property(false, window, name, utf8, 0, u32::MAX);
        let title = title.expect(ALIVE).reply().ok()?.value;
        let size = x.get_geometry(window).expect(ALIVE).reply().ok()?;
        Some(crate::Window {
            title: String::from_utf8_lossy(&title).into_owned(),
            width: size.width,
            height: size.height,
        })
    }

    /// Whether a window is there to be answered, such as a file dialog.
    pub(crate) fn is_dialog(&self, window: Window) -> bool {
        let (name, dialog) = (
            self.atoms._NET_WM_WINDOW_TYPE,
            self.atoms._NET_WM_WINDOW_TYPE_DIALOG,
        );
        let (atoms, whole) = (AtomEnum::ATOM, u32::MAX);
        let x = &self.connection;
        let kinds = x.get_property(false, window, name, atoms, 0, whole);
        let kinds = kinds.expect(ALIVE).reply();
        kinds.is_ok_and(|kinds| {
            kinds.value32().is_some_and(|mut it| it.any(|it| it == dialog))
        })
    }

    /// Moves all windows but dialogs to places of their own, and says where
    /// this one then is. A window that stays keeps its place.
    pub(crate) fn move_apart(&self, window: Window) -> Option<(u64, u64)> {
        let mut windows = self.windows();
        windows.retain(|&window| !self.is_dialog(window));
        // Later windows have higher numbers.
        windows.sort();
        let mut place = None;
        for (number, it) in (0..).zip(windows) {
            // Four of the chapters' windows fill the screen.
            let (x, y) = (number % 2 * 800, number / 2 * 600);
            let to = ConfigureWindowAux::new().x(x).y(y);
            let moved = self.connection.configure_window(it, &to);
            // Its answer tells that it is done. The window may be gone by now.
            let _ = moved.expect(ALIVE).check();
            if it == window {
                place =
                    Some((x.unsigned_abs().into(), y.unsigned_abs().into()));
            }
        }
        place
    }

    /// What the close button of a window manager does.
    pub(crate) fn close(&self, window: Window) {
        let delete = self.atoms.WM_DELETE_WINDOW;
        let message = ClientMessageEvent::new(
            32,
            window,
            self.atoms.WM_PROTOCOLS,
            [delete, x11rb::CURRENT_TIME, 0, 0, 0],
        );
        self.connection
            .send_event(false, window, EventMask::NO_EVENT, message)
            .expect(ALIVE);
        self.connection.flush().expect(ALIVE);
    }

    /// Forgets which text is selected, so that [`selection`](Self::selection)
    /// waits for a new one.
    pub(crate) fn clear_selection(&self) {
        let (primary, now) = (AtomEnum::PRIMARY.into(), x11rb::CURRENT_TIME);
        self.connection
            .set_selection_owner(x11rb::NONE, primary, now)
            .expect(ALIVE);
    }

    /// The text that is selected (X's primary selection), if there is one
    /// within a second.
    pub(crate) fn selection(&self) -> Option<String> {
        let x = &self.connection;
        let primary = AtomEnum::PRIMARY.into();
        until(|| {
            let owner = x.get_selection_owner(primary).expect(ALIVE).reply();
            (owner.expect(ALIVE).owner != x11rb::NONE).then_some(())
        })?;
        let (utf8, now) = (self.atoms.UTF8_STRING, x11rb::CURRENT_TIME);
        // The owner leaves the text in a property of our window.
        let property = self.atoms.HARNESS_TEXT;
        x.convert_selection(self.mailbox, primary, utf8, property, now)
            .expect(ALIVE);
        until(|| {
            let (any, whole) = (AtomEnum::ANY, u32::MAX);
            x.get_property(true, self.mailbox, property, any, 0, whole)
                .expect(ALIVE)
                .reply()
                .ok()
                .filter(|text| text.type_ != x11rb::NONE)
        })
        .map(|text| String::from_utf8_lossy(&text.value).into_owned())
    }

    /// The pixels of a window and of everything in it; `None` if it is gone.
    pub(crate) fn picture(&self, window: Window) -> Option<Picture> {
        let x = &self.connection;
        let size = x.get_geometry(window).expect(ALIVE).reply().ok()?;
        let (width, height) = (size.width, size.height);
        let format = ImageFormat::Z_PIXMAP;
        let image = x
            .get_image(format, window, 0, 0, width, height, u32::MAX)
            .expect(ALIVE)
            .reply()
            .ok()?;
        // 24 bits in 32, little-endian: blue, green, red, nothing.
        let pixels = image.data.chunks_exact(4);
        Some(Picture {
            width: width.into(),
            height: height.into(),
            rgb: pixels.flat_map(|p| [p[2], p[1], p[0]]).collect(),
        })
    }
}

/// What `probe` finds within a second.
fn until<T>(mut probe: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + Duration::from_secs(1);
    loop {
        let found = probe();
        if found.is_some() || Instant::now() > deadline {
            return found;
        }
        thread::sleep(POLL);
    }
}

/// Why a request to the X server is expected to succeed.
pub(crate) const ALIVE: &str = "the X server lives as long as the display";

/// An image, 8 bits each of red, green and blue a pixel.
#[derive(PartialEq)]
pub(crate) struct Picture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl Picture {
    /// Writes the image as a PNG file, in a folder that is made if need be.
    #[track_caller]
    pub(crate) fn write(&self, path: &Path) {
        let write = || -> Result<(), png::EncodingError> {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            let file = std::fs::File::create(path)?;
            let mut encoder = png::Encoder::new(file, self.width, self.height);
            encoder.set_color(png::ColorType::Rgb);
            encoder.set_compression(png::Compression::High);
            encoder.write_header()?.write_image_data(&self.rgb)
        };
        if let Err(error) = write() {
            panic!("cannot write {}: {error}", path.display())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the mouse is, what has the keyboard, and how many windows there are.
    fn state(display: &Display) -> (i16, i16, u32, usize) {
        let x = &display.connection;
        let mouse = x.query_pointer(display.root).unwrap().reply().unwrap();
        let focus = x.get_input_focus().unwrap().reply().unwrap().focus;
        (mouse.root_x, mouse.root_y, focus, display.windows().len())
    }

    #[test]
    fn a_display_is_as_new_when_its_program_has_ended() {
        let display = Display::start();
        let new = state(&display);
        let (program, _) =
            RustConnection::connect(Some(&display.name)).unwrap();
        let window = program.generate_id().unwrap();
        let (class, none) = (WindowClass::INPUT_OUTPUT, Default::default());
        let root = display.root;
        program
            .create_window(0, window, root, 0, 0, 9, 9, 0, class, 0, &none)
            .unwrap();
        program.map_window(window).unwrap().check().unwrap();
        while !display.focus(window) {}
        display.click((5, 5));
        assert_eq!(state(&display), (5, 5, window, 1));
        drop(program);
        assert!(display.clear());
        assert_eq!(state(&display), new);
    }

    #[test]
    fn a_display_ends_with_its_connection_and_not_with_a_passing_one() {
        let display = Display::start();
        drop(display.connection);
        let connect = || RustConnection::connect(Some(&display.name));
        let (other, _) = connect().expect("it waits for another");
        drop(other);
        display
            ._server
            .wait_until("its end", || display._server.ended().is_some());
    }
}
