//! Starting, or saying in one line why that cannot be.
use std::{error::Error, fmt, fs, io, path::Path};

/// Why a program ended before its window opened.
///
/// A `main` that returns it prints `Error: …` in words, without a backtrace,
/// and ends with exit code 1.
pub struct Failure(String);

impl<E: Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Makes sure that there is a folder to keep a web view's data in.
///
/// # Errors
/// Where it is not there and cannot be made; the error names it.
pub fn folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path).map_err(|why| {
        let path = path.display();
        let message = format!("cannot make the folder {path}: {why}");
        io::Error::new(why.kind(), message)
    })
}

/// Makes sure that there is a display to open a window on.
///
/// # Errors
/// On Linux, where no display answers: the event loop would panic there.
/// Other systems always have one.
pub fn display() -> crate::Result {
    #[cfg(target_os = "linux")]
    gtk::init().map_err(|_| {
        Failure(
            "no display answers (DISPLAY or WAYLAND_DISPLAY). Run this on a \
             desktop, or let `cargo x run` play it on a virtual display."
                .into(),
        )
    })?;
    Ok(())
}
