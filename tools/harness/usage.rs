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
    /// # Errors
    /// When there is no such process, or it has ended.
    pub(crate) fn of(process: u32) -> Result<Self, String> {
        let read = |name| {
            let path = format!("/proc/{process}/{name}");
            fs::read_to_string(&path).map_err(|why| format!("{path}: {why}"))
        };
        let (stat, status) = (read("stat")?, read("status")?);
        // The name, in brackets, may hold anything.
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
        let fields: Vec<_> = fields.split_whitespace().collect();
        let field = |index| number(fields.get(index).copied());
        let line = |name| {
            let mut lines = status.lines();
            let text = lines.find_map(|line| line.strip_prefix(name));
            number(text.and_then(|text| text.split_whitespace().next()))
        };
        Ok(Self {
            // utime and stime: the fields 14 and 15 of the whole line.
            ticks: field(11)? + field(12)?,
            memory: line("RssAnon:")?,
            threads: line("Threads:")?,
        })
    }
}

fn number(text: Option<&str>) -> Result<u64, String> {
    let number = text.and_then(|text| text.parse().ok());
    number.ok_or(format!("{text:?} is no number"))
}
