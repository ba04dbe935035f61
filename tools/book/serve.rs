//! Shows the book to a browser on this machine while it is being written.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

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
    thread::spawn(move || host(&listener, &site, |_, _| ()));
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
    let written = |file: &String| {
        fs::metadata(tree.path(file)).and_then(|data| data.modified()).ok()
    };
    let files = tree.files("");
    files.into_iter().map(|file| (written(&file), file)).map(swap).collect()
}

fn swap<A, B>((a, b): (A, B)) -> (B, A) {
    (b, a)
}

/// Answers requests for the files of a rendered book, for as long as the
/// program runs. `tell` hears each request's first line and its answer's
/// status, such as `GET /index.html HTTP/1.1` and `200 OK`.
pub fn host(
    listener: &TcpListener,
    site: &Path,
    tell: impl Fn(&str, &str) + Clone + Send + 'static,
) {
    for stream in listener.incoming().flatten() {
        let (site, tell) = (site.to_owned(), tell.clone());
        // A browser opens connections ahead of need; each waits by itself.
        // One that it drops half-way is no one's problem.
        thread::spawn(move || _ = answer(&stream, &site, tell));
    }
}

fn answer(
    mut stream: &TcpStream,
    site: &Path,
    tell: impl Fn(&str, &str),
) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut lines = BufReader::new(stream.take(16 * 1024)).lines();
    let Some(request) = lines.next().transpose()? else {
        return Ok(()); // A connection that was not needed after all.
    };
    // The rest has to be read too, or closing would reset the connection.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let found = file(&request, site).and_then(|file| {
        let body = fs::read(&file).ok()?;
        Some(("200 OK", media_type(&file), body))
    });
    let (status, media_type, body) =
        found.unwrap_or(("404 Not Found", "text/plain", b"not found".into()));
    tell(&request, status);
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\
         Content-Length: {}\r\nCache-Control: no-store\r\n\
         Connection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)
}

/// The file that a request line asks for, if it asks for one of the site's.
/// The book's file names are plain, so that nothing needs decoding.
fn file(request: &str, site: &Path) -> Option<PathBuf> {
    let path = request.strip_prefix("GET /")?.split([' ', '?']).next()?;
    let inside = |part| matches!(part, Component::Normal(_));
    if !Path::new(path).components().all(inside) {
        return None;
    }
    let file = site.join(path);
    Some(if file.is_dir() { file.join("index.html") } else { file })
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}
