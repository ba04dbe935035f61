//! A page of another origin, for what must not reach it or come from it.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// A web server on a port of this machine. It answers every request with a
/// page that says “Elsewhere”, to whoever asks, until the test is over.
pub struct Elsewhere {
    origin: String,
    asked: Receiver<String>,
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
        let (ask, asked) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let ask = ask.clone();
                // A browser may connect before it has anything to ask.
                thread::spawn(move || answer(&stream, &ask));
            }
        });
        Self { origin: format!("http://{address}"), asked }
    }

    /// The origin of its page, such as `http://127.0.0.1:34567`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The next request that has arrived, as its first line says:
    /// `GET / HTTP/1.1`.
    ///
    /// # Panics
    /// When none arrives in 30 seconds.
    #[track_caller]
    pub fn request(&self) -> String {
        let next = self.asked.recv_timeout(Duration::from_secs(30));
        next.expect("a request arrives")
    }

    /// How many requests have arrived and were not told by
    /// [`request`](Self::request).
    pub fn requests(&self) -> usize {
        self.asked.try_iter().count()
    }
}

fn answer(mut stream: &TcpStream, ask: &Sender<String>) {
    let mut lines = BufReader::new(stream).lines();
    let Some(Ok(first)) = lines.next() else { return };
    // A client that is not heard out may not hear the answer.
    lines.find(|line| line.as_ref().is_ok_and(String::is_empty));
    // These fail only when the test is over, or the client gone.
    let _ = ask.send(first);
    let _ = stream.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\
          Access-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n\
          <!doctype html><body>Elsewhere",
    );
}
