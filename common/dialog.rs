//! The system's file dialog; a thread of its own waits for its end.
use std::sync::atomic::{AtomicBool, Ordering};
use std::{error::Error, io, path::Path, thread};
use tao::window::Window;

/// What came of a dialog: the path of a file, nothing where its user cancelled,
/// or why what was chosen is no answer.
pub type Chosen = Result<Option<String>, Box<dyn Error + Send + Sync>>;

/// Electron: `dialog.showOpenDialog(win)`. Opens the dialog and returns at
/// once; `then` is called on another thread, when the dialog is closed.
///
/// On Linux, GTK's dialog gives no path for a file whose name is not UTF-8:
/// that looks like a cancel.
///
/// # Errors
/// Where the system has no thread to give.
pub fn open_file(
    window: &Window,
    then: impl FnOnce(Chosen) + Send + 'static,
) -> io::Result<()> {
    // Made on the main thread, as macOS wants it; another thread waits.
    let pick = rfd::AsyncFileDialog::new().set_parent(window).pick_file();
    thread::Builder::new().spawn(move || {
        let file = pollster::block_on(pick);
        then(file.map(|file| check(file.path())).transpose());
    })?;
    Ok(())
}

/// Electron: `await dialog.showOpenDialog(win)`, for a program whose event loop
/// runs futures: it has to be the main thread that awaits this one.
///
/// # Errors
/// As [`Chosen`], and while another one is open.
pub async fn show_open_dialog(window: &Window) -> Chosen {
    static IS_OPEN: AtomicBool = AtomicBool::new(false);
    /// Ends with the dialog, also where nobody waits for it any longer.
    struct Open;
    impl Drop for Open {
        fn drop(&mut self) {
            IS_OPEN.store(false, Ordering::Relaxed);
        }
    }
    if IS_OPEN.swap(true, Ordering::Relaxed) {
        return Err("A file dialog is open already".into());
    }
    let _open = Open;
    let pick = rfd::AsyncFileDialog::new().set_parent(window).pick_file();
    pick.await.map(|file| check(file.path())).transpose()
}

/// What is typed into a dialog need not be a file, and only text can cross.
fn check(path: &Path) -> Result<String, Box<dyn Error + Send + Sync>> {
    let text = path.to_str().ok_or("The path is not Unicode text")?;
    let file = path.is_file().then(|| text.into());
    file.ok_or_else(|| format!("{text} is not a file").into())
}
