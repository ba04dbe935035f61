//! A program that the harness has started: what it prints, how it ends.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};

use crate::crash;
use crate::usage::family;

/// How often a wait looks again.
pub(crate) const POLL: Duration = Duration::from_millis(10);

/// How much of a stream is kept, in bytes, and how much of it is told when a
/// wait is in vain: its last lines. A program may print without an end.
const KEPT: usize = 8 << 20;
const REPORTED: usize = 32 << 10;

/// As much as a pipe may hold, unless root says otherwise.
const PIPE: usize = 1 << 20;

/// A running program with its output captured. It is killed when this value
/// is dropped.
pub(crate) struct Process {
    name: String,
    child: RefCell<Child>,
    patience: Duration,
    /// Whether what it prints is still to be told, should the test fail.
    unreported: Cell<bool>,
    pub(crate) stdout: Captured,
    pub(crate) stderr: Captured,
}

impl Process {
    /// Starts `command`: a tool, with the Debian package to name if it does not
    /// exist, or else the program that is tested.
    ///
    /// The program stays in our process group: Ctrl+C ends it with us.
    #[track_caller]
    pub(crate) fn start(
        command: &mut Command,
        patience: Duration,
        package: Option<&str>,
    ) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let started = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = match (started, package) {
            (Ok(child), _) => child,
            (Err(error), Some(package))
                if error.kind() == io::ErrorKind::NotFound =>
            {
                panic!(
                    "{name} is not installed. It is in Debian's package \
                     `{package}`; `cargo x setup` installs what the tests need."
                )
            }
            (Err(error), _) => panic!("cannot start {name}: {error}"),
        };
        let stdout = child.stdout.take().expect("stdout is a pipe");
        let stderr = child.stderr.take().expect("stderr is a pipe");
        Self {
            name,
            child: RefCell::new(child),
            patience,
            unreported: Cell::new(package.is_none()),
            stdout: Captured::read(stdout),
            stderr: Captured::read(stderr),
        }
    }

    /// How the program ended; `None` while it runs or while there may be
    /// output of it that has not been read.
    pub(crate) fn ended(&self) -> Option<ExitStatus> {
        let status = self.child.borrow_mut().try_wait();
        let status = status.expect("a child can be waited for")?;
        (self.stdout.ended() && self.stderr.ended()).then_some(status)
    }

    /// The system's number for the process.
    pub(crate) fn id(&self) -> u32 {
        self.child.borrow().id()
    }

    /// How long this program may keep a wait waiting.
    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }

    /// Looks again and again until `probe` gives a value. An `Err` says what is
    /// there instead, or is empty.
    ///
    /// # Panics
    /// When the program ends or the deadline passes first; the message says
    /// what was awaited, what was there instead, and what the program printed.
    #[track_caller]
    pub(crate) fn wait<T>(
        &self,
        what: &str,
        mut probe: impl FnMut() -> Result<T, String>,
    ) -> T {
        let start = Instant::now();
        loop {
            // Asked before the probe, which then sees all that it left behind.
            let ended = self.ended();
            let seen = match probe() {
                Ok(value) => return value,
                Err(seen) if seen.is_empty() => seen,
                Err(seen) => format!("; {seen}"),
            };
            if let Some(status) = ended {
                self.fail(&format!("it ended ({status}) before {what}{seen}"))
            }
            if start.elapsed() > self.patience {
                let seconds = self.patience.as_secs_f32();
                self.fail(&format!("waited {seconds} s for {what}{seen}"))
            }
            thread::sleep(POLL);
        }
    }

    /// Waits until `condition` holds, as [`wait`](Self::wait) does.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, condition: impl Fn() -> bool) {
        self.wait(what, || condition().then_some(()).ok_or_else(String::new));
    }

    /// Waits until the program has printed exactly this line.
    #[track_caller]
    pub(crate) fn wait_for_line(&self, line: &str) {
        self.wait_until(&format!("the line {line:?}"), || {
            self.stdout.text().lines().any(|it| it == line)
        });
    }

    /// Panics with `message` and everything that the program has printed.
    #[track_caller]
    pub(crate) fn fail(&self, message: &str) -> ! {
        self.unreported.set(false);
        panic!("{message}\n{}", self.report())
    }

    fn report(&self) -> String {
        let (stdout, stderr) = (self.stdout.text(), self.stderr.text());
        let (name, stdout) = (&self.name, ending(&stdout, REPORTED));
        let stderr = ending(&stderr, REPORTED);
        format!("--- {name}\n{stdout}--- its stderr\n{stderr}---")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if thread::panicking() && self.unreported.get() {
            eprintln!("{}", self.report());
        }
        let child = self.child.get_mut();
        // Whether it has ended by itself. WebKit's processes do when it is gone,
        // except that one whose page hangs works on for ten seconds.
        if let Ok(None) = child.try_wait() {
            family(child.id()).into_iter().for_each(|it| _ = crash::kill(it));
        }
        let _ = child.wait();
        // They hold its pipes, so the end of these tells when they have ended,
        // and HOME can be removed.
        let deadline = Instant::now() + Duration::from_secs(2);
        while !(self.stdout.ended() && self.stderr.ended())
            && Instant::now() < deadline
        {
            thread::sleep(POLL);
        }
    }
}

/// The text that a program has written to one of its streams so far.
pub(crate) struct Captured(Arc<Mutex<State>>);

struct State {
    stream: File,
    /// What has been read of a line whose end has not.
    line: Vec<u8>,
    text: String,
    ended: bool,
}

impl Captured {
    /// A thread reads whenever there is something, so that the program never
    /// waits for us; and whoever asks for the text reads what is there by then,
    /// so that it holds all that the program had written when it was asked for.
    fn read(stream: impl Into<OwnedFd>) -> Self {
        let stream = File::from(stream.into());
        let flags = fcntl_getfl(&stream).expect("a stream has flags");
        fcntl_setfl(&stream, flags | OFlags::NONBLOCK).expect("and is a pipe");
        let watched = stream.try_clone().expect("a stream can be shared");
        let (line, text, ended) = Default::default();
        let state = Arc::new(Mutex::new(State { stream, line, text, ended }));
        let reader = Self(Arc::clone(&state));
        thread::spawn(move || {
            while !reader.ended() {
                let mut streams = [PollFd::new(&watched, PollFlags::IN)];
                // A signal ends it early, and it looks in vain.
                let _ = poll(&mut streams, None);
            }
        });
        Self(state)
    }

    /// All complete lines so far; of very many, the last.
    pub(crate) fn text(&self) -> String {
        self.state().text.clone()
    }

    /// Whether the stream has been read to its end.
    pub(crate) fn ended(&self) -> bool {
        self.state().ended
    }

    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.read();
        state
    }
}

impl State {
    /// Reads what is there. A pipe holds no more, unless more is written
    /// meanwhile, which is for the next time.
    fn read(&mut self) {
        let mut piece = [0; REPORTED];
        for _ in 0..PIPE / REPORTED {
            match self.stream.read(&mut piece) {
                Ok(0) => {
                    self.ended = true;
                    return self.keep(self.line.len());
                }
                Ok(length) => self.add(&piece[..length]),
                Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return,
            }
        }
    }

    fn add(&mut self, piece: &[u8]) {
        self.line.extend(piece);
        let newline = self.line.iter().rposition(|byte| *byte == b'\n');
        match newline {
            Some(at) => self.keep(at + 1),
            None if self.line.len() > REPORTED => self.keep(REPORTED),
            None => {}
        }
    }

    fn keep(&mut self, bytes: usize) {
        let text = self.line.drain(..bytes).collect::<Vec<_>>();
        self.text.push_str(&String::from_utf8_lossy(&text));
        if self.text.len() > KEPT {
            self.text = ending(&self.text, KEPT / 2).to_owned();
        }
    }
}

/// The last lines of a text, at most so many bytes of it.
fn ending(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let mut from = text.len() - most;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let end = &text[from..];
    end.split_once('\n').map_or(end, |(_, lines)| lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Usage;
    use std::io::Write;

    #[test]
    fn of_a_stream_without_an_end_the_last_lines_are_kept() {
        let (stream, mut program) = io::pipe().unwrap();
        let captured = Captured::read(stream);
        let flood = "a line\n".repeat(3 << 20) + "last\nno line";
        program.write_all(flood.as_bytes()).unwrap();
        assert!(captured.text().ends_with("last\n"));
        drop(program);
        while !captured.ended() {
            thread::sleep(POLL);
        }
        let text = captured.text();
        assert!(text.len() <= KEPT && text.len() > KEPT / 4);
        assert!(text.starts_with("a line\n"));
        assert!(text.ends_with("last\nno line"));
        assert_eq!(ending("one\ntwo\n", 6), "two\n");
        assert_eq!(ending("üüü", 3), "ü");
    }

    /// That of a page that hangs would work on, and keep the machine busy.
    #[test]
    fn what_a_program_has_started_ends_with_it() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "sleep 60 & echo $!; wait"]);
        let program = Process::start(&mut shell, Duration::from_secs(9), None);
        let started = || program.stdout.text();
        program.wait_until("its number", || !started().is_empty());
        let started = started().trim().parse().unwrap();
        assert!(Usage::of(started).is_some());
        drop(program);
        assert!(Usage::of(started).is_none());
    }

    /// What the program has written before, whoever asks for it sees.
    #[test]
    fn what_is_written_is_there_at_once() {
        let (stream, mut program) = io::pipe().unwrap();
        let captured = Captured::read(stream);
        for line in 1..=2_000 {
            writeln!(program, "{line}").unwrap();
            assert_eq!(captured.text().lines().count(), line);
        }
    }
}
