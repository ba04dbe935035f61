//! What a program uses of the machine, as Linux tells it in `/proc`.

use std::fs;
use std::str::FromStr;

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

/// The memory of a program and of all processes that it has started, in bytes.
/// What they share among them and with others is counted in parts (PSS).
pub fn memory_of_all(program: u32) -> f64 {
    family(program).into_iter().filter_map(pss).sum()
}

/// A program, the processes that it has started, and those that these have.
pub(crate) fn family(program: u32) -> Vec<u32> {
    let folders = fs::read_dir("/proc").expect("Linux has it").flatten();
    let ids = folders.filter_map(|it| it.file_name().to_str()?.parse().ok());
    let all: Vec<_> = ids.filter_map(|id| Some((id, parent(id)?))).collect();
    let mut family = vec![program];
    let mut at = 0;
    while let Some(&it) = family.get(at) {
        family.extend(all.iter().filter(|(_, of)| *of == it).map(|it| it.0));
        at += 1;
    }
    family
}

fn parent(process: u32) -> Option<u32> {
    stat(process)?.get(1)?.parse().ok()
}

/// What the system tells of a process that has not ended, from its state on.
fn stat(process: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name, in brackets, may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    Some(fields.split_whitespace().map(str::to_owned).collect())
}

fn pss(process: u32) -> Option<f64> {
    let file = format!("/proc/{process}/smaps_rollup");
    let kib: f64 = first_after("\nPss:", &fs::read_to_string(file).ok()?)?;
    Some(kib * 1024.0)
}

fn first_after<T: FromStr>(name: &str, text: &str) -> Option<T> {
    let (_, rest) = text.split_once(name)?;
    rest.split_whitespace().next()?.parse().ok()
}

impl Usage {
    /// What a process uses; nothing, if it has ended.
    pub(crate) fn of(process: u32) -> Option<Self> {
        let fields = stat(process)?;
        let status = fs::read_to_string(format!("/proc/{process}/status"));
        let status = status.ok()?;
        let field = |index: usize| fields.get(index)?.parse::<u64>().ok();
        Some(Self {
            // utime and stime: the fields 14 and 15 of the whole line.
            ticks: field(11)? + field(12)?,
            memory: first_after("RssAnon:", &status)?,
            threads: first_after("Threads:", &status)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, id};

    #[test]
    fn what_a_program_has_started_counts_as_its_own() {
        let mut shell = Command::new("sh");
        let mut shell = shell.args(["-c", "sleep 60 & wait"]).spawn().unwrap();
        // It takes a moment to start the other.
        let sleeps = || family(shell.id()).len() == 2;
        while !sleeps() {
            std::thread::yield_now();
        }
        let all = family(id());
        let own = family(shell.id());
        let alone = pss(id()).unwrap();
        let together = memory_of_all(id());
        for process in own.iter().rev() {
            let process = process.to_string();
            assert!(
                Command::new("kill").arg(process).status().unwrap().success()
            );
        }
        shell.wait().unwrap();
        assert!(own.iter().all(|process| all.contains(process)));
        assert!(together > alone, "{together} {alone}");
    }
}
