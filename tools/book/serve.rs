//! Shows the book to a browser on this machine while it is being written.
//!
//! `mdbook serve` does so as well, where `mdbook` is installed; its libraries do
//! not. The test of the book in a browser uses the same server.

use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Component, Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use tiny_http::{Header, Response, Server};

use crate::Tree;

/// Builds the book, serves it, and builds it again whenever a file of the
/// workspace changes. Returns only if no address can be had.
///
/// # Errors
/// If the system gives no port to listen on.
pub fn serve(tree: &Tree, build: impl Fn()) -> io::Result<()> {
    // mdBook's port, or any other if that one is taken.
    let addresses =
        [3000, 0].map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let listener = TcpListener::bind(&addresses[..])?;
    let address = listener.local_addr()?;
    let site = tree.path("book/book");
    thread::spawn(move || host(listener, &site, |_, _| ()));
    let mut built = None;
    loop {
        let now = stamps(tree);
        if built.as_ref() != Some(&now) {
            build();
            println!("http://{address}/ (Ctrl+C ends)");
            built = Some(now);
        }
        thread::sleep(Duration::from_millis(500));
    }
}

/// Every file of the workspace and when it was last written.
fn stamps(tree: &Tree) -> Vec<(String, Option<SystemTime>)> {
    let stamp = |file: String| {
        let data = fs::metadata(tree.path(&file));
        (file, data.and_then(|data| data.modified()).ok())
    };
    let mut files = tree.files("");
    // What is built of them.
    files.retain(|file| !file.starts_with("book/book/"));
    files.into_iter().map(stamp).collect()
}

/// Answers requests for the files of a rendered book, for as long as the
/// program runs. `tell` hears each path and the status of its answer, such as
/// `/index.html` and 200.
pub fn host(listener: TcpListener, site: &Path, tell: impl Fn(&str, u16)) {
    // This fails only where the listener has no address, and it is bound.
    let Ok(server) = Server::from_listener(listener, None) else { return };
    for request in server.incoming_requests() {
        let file = file(request.url(), site);
        let found = file.and_then(|it| Some((File::open(&it).ok()?, it)));
        tell(request.url(), if found.is_some() { 200 } else { 404 });
        // A browser may be gone before it is answered.
        _ = match found {
            Some((content, file)) => {
                let mut answer = Response::from_file(content);
                [
                    ("Content-Type", media_type(&file)),
                    ("Cache-Control", "no-store".into()),
                ]
                .into_iter()
                .flat_map(|(name, value)| Header::from_bytes(name, value))
                .for_each(|header| answer.add_header(header));
                request.respond(answer)
            }
            None => {
                let answer = Response::from_string("not found");
                request.respond(answer.with_status_code(404))
            }
        };
    }
}

/// The file that is asked for, if it is one of the site's. The book's file names
/// are plain, so that nothing needs decoding.
fn file(url: &str, site: &Path) -> Option<PathBuf> {
    let path = url.strip_prefix('/')?.split('?').next()?;
    let inside = |part| matches!(part, Component::Normal(_));
    if !Path::new(path).components().all(inside) {
        return None;
    }
    let file = site.join(path);
    let file = if file.is_dir() { file.join("index.html") } else { file };
    file.is_file().then_some(file)
}

/// All text in the book is UTF-8.
fn media_type(file: &Path) -> String {
    let media_type = mime_guess::from_path(file).first_or_text_plain();
    match media_type.type_() == "text" {
        true => format!("{media_type}; charset=utf-8"),
        false => media_type.to_string(),
    }
}
