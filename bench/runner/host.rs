//! One host: how it is started, and what it tells.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use harness::{Stage, memory_of_all};
use serde_json::Value;
use tempfile::TempDir;
use workshop::{Failure, Result, fail};

use crate::plan::Can;

/// How long one work of a host may take. 100,000 sends take the slowest half a
/// minute.
const PATIENCE: Duration = Duration::from_secs(120);

/// A program, and how it is to be run.
#[derive(Debug)]
pub struct Host {
    /// Its name in `figures.json`.
    pub id: &'static str,
    /// What the variable `BENCH_WAY` says to a program that has several ways.
    pub way: &'static str,
    pub can: Can,
    pub program: PathBuf,
}

/// A host that runs. It is killed when this is dropped.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
    _folder: TempDir,
}

impl Host {
    /// Starts it and waits until its page has what the host gives it. Returns
    /// how long that took, in microseconds.
    pub fn start(&self, stage: &Stage, plan: &Value) -> Result<(Running, f64)> {
        let mut command = Command::new(&self.program);
        let folder = stage.prepare(&mut command);
        command
            .env("BENCH_WAY", self.way)
            .env("BENCH_PLAN", plan.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let begun = Instant::now();
        let mut child = command.spawn().map_err(|why| self.failed(&why))?;
        let Some(stdout) = child.stdout.take() else {
            return fail("a program's output is piped");
        };
        let lines = lines(stdout);
        let running = Running { child, lines, _folder: folder };
        running.wait_for("ready")?;
        Ok((running, begun.elapsed().as_secs_f64() * 1e6))
    }

    fn failed(&self, why: &std::io::Error) -> Failure {
        let program = self.program.display();
        Failure { code: 1, message: format!("cannot start {program}: {why}") }
    }
}

impl Running {
    fn wait_for(&self, line: &str) -> Result {
        loop {
            if self.line()? == line {
                return Ok(());
            }
        }
    }

    fn line(&self) -> Result<String> {
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => Ok(line),
            Err(why) => fail(format!("it tells no more ({why})")),
        }
    }

    /// The figures of a whole plan, by the names of its works.
    pub fn figures(self, plan: &Value) -> Result<BTreeMap<String, f64>> {
        let mut figures = BTreeMap::new();
        let names = plan.as_array().into_iter().flatten();
        for name in names.filter_map(|work| work["name"].as_str()) {
            let told = loop {
                let line = self.line().map_err(|why| Failure {
                    message: format!("hangs in {name}: {}", why.message),
                    ..why
                })?;
                if let Ok(Value::Object(told)) = serde_json::from_str(&line) {
                    break told;
                }
            };
            match told.get("figure").and_then(Value::as_f64) {
                Some(figure) => drop(figures.insert(name.into(), figure)),
                None => println!("    {name} failed: {}", told["failed"]),
            }
        }
        Ok(figures)
    }

    /// The memory of all its processes in bytes, that which they share among
    /// these and others counted in parts (PSS). First they come to rest.
    pub fn memory(&self) -> f64 {
        thread::sleep(Duration::from_secs(1));
        memory_of_all(self.child.id())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; WebKit's processes end with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The lines that a program prints. They are read by a thread, so that one that
/// never comes is not waited for without an end.
fn lines(stdout: ChildStdout) -> Receiver<String> {
    let (tell, lines) = mpsc::channel();
    thread::spawn(move || {
        let mut told =
            BufReader::new(stdout).lines().map_while(std::result::Result::ok);
        // Once nobody hears it, the rest does not matter.
        told.try_for_each(|line| tell.send(line))
    });
    lines
}
