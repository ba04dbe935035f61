//! What the library is to reach, as ratios within a run.

use crate::{Figures, Spread, ratios};

/// A goal, and whether it is reached.
#[derive(Debug)]
pub struct Verdict {
    /// What is compared with what.
    pub goal: String,
    /// The ratio of each run: the median of its rounds.
    pub runs: Vec<f64>,
    /// The ratios of all rounds.
    pub all: Spread,
    /// Whether the median of all is within the goal.
    pub is_met: bool,
}

/// The work, whose it is compared with, and the highest ratio of times or
/// sizes. Where a rate is to be ten times as high, a time is a tenth.
const GOALS: [(&str, &str, &str, f64); 9] = [
    ("one call at a time", "ping", "tauri", 0.5),
    ("one call at a time", "ping", "limit", 1.1),
    ("2,000 calls at once", "burst", "tauri", 0.1),
    ("2,000 calls at once", "burst", "limit", 0.5),
    ("100,000 sends", "sends", "plain", 0.1),
    ("a text of 1 MiB, echoed", "text-1MiB", "tauri", 0.8),
    ("start-up", "start", "bare", 1.05),
    ("memory", "memory", "bare", 1.03),
    ("the program's size", "binary", "tauri", 0.2),
];

impl Figures {
    /// Every goal that these figures say something about.
    pub fn verdicts(&self) -> Vec<Verdict> {
        GOALS.iter().filter_map(|goal| self.verdict(*goal)).collect()
    }

    fn verdict(
        &self,
        (what, work, other, most): (&str, &str, &str, f64),
    ) -> Option<Verdict> {
        let all = Spread::of(self.ratios(work, "library", other))?;
        let of_run = |run| Spread::of(ratios(run, work, "library", other));
        let runs = self.runs.iter().filter_map(of_run);
        Some(Verdict {
            goal: format!("{what}: at most {most} × {}", name(other)),
            runs: runs.map(|it| it.median).collect(),
            all,
            is_met: all.median <= most,
        })
    }
}

/// What a reader knows a host by.
pub(crate) fn name(host: &str) -> &str {
    let found = crate::HOSTS.iter().find(|(id, _)| *id == host);
    found.map_or(host, |(_, name)| name)
}
