//! GTK's file dialog, driven by the keyboard.

use std::path::Path;
use std::time::{Duration, Instant};

use fantoccini::key::Key;

use crate::App;

/// An open file dialog of an [`App`], on GTK 3.
pub struct FileDialog<'a> {
    pub(crate) app: &'a App,
    pub(crate) window: u32,
}

impl FileDialog<'_> {
    /// Types the whole path of a file, presses Enter, and waits until the
    /// dialog is gone. There need be no such file.
    ///
    /// # Panics
    /// When the path cannot be typed, because it is not ASCII, and when the
    /// dialog stays, as it does for a folder that has nothing in it.
    #[track_caller]
    pub fn choose(self, path: impl AsRef<Path>) {
        let path = path.as_ref().to_str().expect("only UTF-8 can be typed");
        self.type_path(path);
        self.press_until_gone(Key::Enter);
    }

    /// Chooses the first file in a folder, whatever its name: the path of the
    /// folder is typed, GTK then selects the first entry, and Enter takes it.
    ///
    /// The folder must hold another file whose name begins with another letter.
    /// GTK would complete the path with the name of an only one, as it shows it,
    /// which need not be the name that the file has.
    #[track_caller]
    pub fn choose_first_file_in(self, folder: impl AsRef<Path>) {
        self.choose(folder.as_ref().join(""));
    }

    /// Presses Escape and waits until the dialog is gone.
    #[track_caller]
    pub fn cancel(self) {
        self.press_until_gone(Key::Escape);
    }

    /// Types a path into the dialog's field and makes sure that the field has
    /// it, which reading the selected text back tells. A dialog that is still
    /// filling itself loses keys: then the path is typed again.
    #[track_caller]
    fn type_path(&self, path: &str) {
        let display = &self.app.display;
        self.app.program.wait("the dialog's field to hold the path", || {
            if !display.focus(self.window) {
                return Err("it has not got the keyboard".into());
            }
            // Opens the field, or goes to it.
            display.press(&(Key::Control + "l"));
            display.press(&(Key::Control + "a"));
            display.type_text(path);
            // The field may have added, selected, the rest of a longer name.
            display.press(&Key::Delete);
            display.clear_selection();
            display.press(&(Key::Control + "a"));
            let held = display.selection();
            let right = held.as_deref() == Some(path);
            right.then_some(()).ok_or(format!("it holds {held:?}"))
        });
    }

    /// Presses a key, again while that has not closed the dialog.
    ///
    /// One press is not enough where Enter first goes into a folder. And 0.1 s
    /// after the last typed key the field looks for names to propose: it
    /// swallows an Enter that comes before.
    #[track_caller]
    fn press_until_gone(&self, key: Key) {
        let display = &self.app.display;
        let mut next = Instant::now() + Duration::from_millis(200);
        self.app.program.wait("the dialog to close", || {
            if !display.windows().contains(&self.window) {
                return Ok(());
            }
            if Instant::now() > next && display.focus(self.window) {
                display.press(&key);
                next = Instant::now() + Duration::from_millis(500);
            }
            Err("it is open".into())
        });
    }
}
