//! What the benchmark has measured, and what is told of it: tables and charts,
//! all made of `figures.json`.

#![warn(missing_docs)]

mod chart;
mod goals;
mod spread;
mod table;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use chart::{CALLS, SIZES};
pub use goals::Verdict;
pub use spread::Spread;

/// All that is known of one or more runs on one machine.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Figures {
    /// What it was measured on: a word such as `CPU`, and what that is.
    pub machine: Vec<(String, String)>,
    /// The runs, one after the other.
    pub runs: Vec<Run>,
    /// What was measured once: what is built, and how long that takes.
    pub builds: Hosts<BTreeMap<String, f64>>,
}

/// The figures of a run: by host, by work, one of each round. Times are in
/// microseconds for one operation, memory and binaries in bytes.
pub type Run = Hosts<BTreeMap<String, Vec<f64>>>;

/// Something by the name of a host.
pub type Hosts<T> = BTreeMap<String, T>;

/// A host's name in `figures.json`, and what a reader knows it by.
pub const HOSTS: [(&str, &str); 9] = [
    ("bare", "a bare wry window"),
    ("plain", "wry's `ipc` handler"),
    ("limit", "WebKit's own reply"),
    ("ch06", "by hand: ch06"),
    ("alone", "the library, one by one"),
    ("library", "the library"),
    ("tauri", "Tauri, by fetch"),
    ("post", "Tauri, by postMessage"),
    ("ch08", "Tauri: ch08"),
];

impl Figures {
    /// Reads `figures.json`.
    ///
    /// # Errors
    /// Where it is something else.
    pub fn read(json: &str) -> serde_json::Result<Self> {
        serde_json::from_str(json)
    }

    /// The text of `figures.json`.
    ///
    /// # Panics
    /// Never: there is nothing in it that JSON does not have.
    pub fn json(&self) -> String {
        let text = serde_json::to_string_pretty(self);
        text.expect("figures are JSON") + "\n"
    }

    /// Everything that is told of these figures: files by their names.
    ///
    /// # Errors
    /// Where a chart cannot be drawn.
    pub fn files(&self) -> Result<BTreeMap<String, String>, String> {
        let mut files = table::all(self);
        files.extend(chart::all(self)?);
        Ok(files)
    }

    /// All figures of one work in one host.
    fn of(&self, host: &str, work: &str) -> Vec<f64> {
        let figures =
            self.runs.iter().filter_map(|run| figures(run, host, work));
        figures.flatten().copied().collect()
    }

    /// How often one host has the figure of another, one ratio for each round:
    /// the machine is faster at one time than at another.
    fn ratios(&self, work: &str, one: &str, other: &str) -> Vec<f64> {
        self.runs.iter().flat_map(|run| ratios(run, work, one, other)).collect()
    }
}

fn figures<'a>(run: &'a Run, host: &str, work: &str) -> Option<&'a Vec<f64>> {
    run.get(host)?.get(work)
}

fn ratios(run: &Run, work: &str, one: &str, other: &str) -> Vec<f64> {
    let of = |host| figures(run, host, work).into_iter().flatten();
    of(one).zip(of(other)).map(|(one, other)| one / other).collect()
}

#[cfg(test)]
mod tests;
