//! A page of another origin, for what must not reach it or come from it.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::Page;

/// A web server on a port of this machine. It answers every request with a
/// page that says “Elsewhere”, to whoever asks, until the test is over.
pub struct Elsewhere {
    origin: String,
    requests: Arc<AtomicUsize>,
}

impl Elsewhere {
    /// Starts the server.
    ///
    /// # Panics
    /// When no port is free.
    #[track_caller]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let requests = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let count = Arc::clone(&count);
                // A browser may connect before it has anything to ask.
                thread::spawn(move || answer(&stream, &count));
            }
        });
        Self { origin: format!("http://{address}"), requests }
    }

    /// Starts the server and lets a page leave for its page.
    ///
    /// # Panics
    /// When no port is free, and when the page stays.
    #[track_caller]
    pub fn replacing(page: &Page<'_>) -> Self {
        let elsewhere = Self::start();
        page.open(elsewhere.origin());
        assert_eq!(page.run("return location.origin"), elsewhere.origin());
        assert_ne!(elsewhere.requests(), 0);
        elsewhere
    }

    /// The origin of its page, such as `http://127.0.0.1:34567`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many requests have arrived.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }
}

fn answer(mut stream: &TcpStream, count: &AtomicUsize) {
    let mut lines = BufReader::new(stream).lines();
    let Some(Ok(_)) = lines.next() else { return };
    count.fetch_add(1, Ordering::Relaxed);
    // A client that is not heard out may not hear the answer.
    lines.find(|line| line.as_ref().is_ok_and(String::is_empty));
    // This fails only when the test is over, or the client gone.
    let _ = stream.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\
          Access-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n\
          <!doctype html><body>Elsewhere",
    );
}
