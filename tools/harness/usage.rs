//! What a program uses of the machine, as Linux tells it in `/proc`.

use std::fs;

/// What a program uses by now, without WebKit's processes, which are others.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// The CPU time since its start, in ticks of 10 ms.
    pub ticks: u64,
    /// The memory that it has for itself, in KiB: no files, no libraries.
    pub memory: u64,
    /// The number of its threads.
    pub threads: u64,
}

impl Usage {
    /// What a process uses; nothing, if it has ended.
    pub(crate) fn of(process: u32) -> Option<Self> {
        let read = |file| fs::read_to_string(format!("/proc/{process}/{file}"));
        let (stat, status) = (read("stat").ok()?, read("status").ok()?);
        // The name, in brackets, may hold anything.
        let (_, fields) = stat.rsplit_once(')')?;
        let fields: Vec<_> = fields.split_whitespace().collect();
        let field = |index: usize| fields.get(index)?.parse::<u64>().ok();
        let line = |name: &str| {
            let (_, rest) = status.split_once(name)?;
            rest.split_whitespace().next()?.parse().ok()
        };
        Some(Self {
            // utime and stime: the fields 14 and 15 of the whole line.
            ticks: field(11)? + field(12)?,
            memory: line("RssAnon:")?,
            threads: line("Threads:")?,
        })
    }
}
