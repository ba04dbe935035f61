//! The tables, in Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::{Figures, HOSTS, Spread};

/// A column: its head, the work that it is of, and what becomes of a figure.
type Column = (&'static str, &'static str, fn(f64) -> f64);

const CALLS: &[Column] = &[
    ("one at a time, µs", "ping", same),
    ("2,000 at once, 1,000/s", "burst", rate),
    ("100,000 sends, 1,000/s", "sends", rate),
];
const TEXTS: &[Column] = &[
    ("1 KiB, ms", "text-1KiB", milli),
    ("64 KiB, ms", "text-64KiB", milli),
    ("1 MiB, ms", "text-1MiB", milli),
];
const BYTES: &[Column] = &[
    ("64 KiB, ms", "bytes-64KiB", milli),
    ("1 MiB, ms", "bytes-1MiB", milli),
    ("16 MiB, ms", "bytes-16MiB", milli),
];
const START: &[Column] = &[
    ("start-up, ms", "start", milli),
    ("memory, MB", "memory", mega),
    ("program, MB", "binary", mega),
];

fn same(figure: f64) -> f64 {
    figure
}

/// Of microseconds, how many thousand a second.
fn rate(micros: f64) -> f64 {
    1000.0 / micros
}

fn milli(micros: f64) -> f64 {
    micros / 1000.0
}

fn mega(bytes: f64) -> f64 {
    bytes / 1e6
}

/// What batches gain: calls that wait for nothing, and sends. The other call is
/// there to see what they cost it.
const BATCHES: [(&str, &str); 3] = [
    ("one call at a time", "ping"),
    ("2,000 calls at once", "burst"),
    ("100,000 sends", "sends"),
];

pub(crate) fn all(figures: &Figures) -> BTreeMap<String, String> {
    let columns = [
        ("calls", CALLS),
        ("texts", TEXTS),
        ("bytes", BYTES),
        ("start", START),
    ];
    let hosts = columns.map(|(name, columns)| (name, hosts(figures, columns)));
    let others = [
        ("batches", batches(figures)),
        ("goals", goals(figures)),
        ("builds", builds(figures)),
        ("machine", machine(figures)),
    ];
    let tables = hosts.into_iter().chain(others);
    tables.map(|(name, table)| (format!("{name}.md"), table)).collect()
}

/// The library's time for one operation, and how many times as long it takes
/// where each message crosses alone.
fn batches(figures: &Figures) -> String {
    let heads = ["the library, µs each", "one by one", "by hand"];
    let mut table = begin("", &heads);
    for (what, work) in BATCHES {
        let Some(here) = Spread::of(figures.of("library", work)) else {
            continue;
        };
        let others = ["alone", "ch06"].map(|host| {
            let ratios = figures.ratios(work, host, "library");
            let times = |ratio| format!("× {}", cell(ratio));
            Spread::of(ratios).map_or(String::new(), times)
        });
        row(&mut table, what, [cell(here)].into_iter().chain(others));
    }
    table
}

/// A row for each host that has one of the figures. The library one by one is
/// beside it in a table of its own.
fn hosts(figures: &Figures, columns: &[Column]) -> String {
    let head: Vec<_> = columns.iter().map(|(head, ..)| *head).collect();
    let mut table = begin("host", &head);
    for (id, name) in HOSTS.into_iter().filter(|(id, _)| *id != "alone") {
        let cells: Vec<_> = columns
            .iter()
            .map(|(_, work, change)| {
                let spread = Spread::of(figures.of(id, work))?.map(change);
                Some(cell(spread))
            })
            .collect();
        if cells.iter().any(Option::is_some) {
            let cells = cells.into_iter().map(Option::unwrap_or_default);
            row(&mut table, name, cells);
        }
    }
    table
}

/// A median and its quartiles.
fn cell(Spread { low, median, high }: Spread) -> String {
    let (low, median, high) = (short(low), short(median), short(high));
    match low == high {
        true => median,
        false => format!("{median} ({low}–{high})"),
    }
}

/// Three digits are as many as these figures have.
pub(crate) fn short(figure: f64) -> String {
    let places = match figure {
        _ if figure >= 99.95 => 0,
        _ if figure >= 9.995 => 1,
        _ => 2,
    };
    format!("{figure:.places$}")
}

fn goals(figures: &Figures) -> String {
    let mut table =
        begin("the library's goal", &["measured", "each run", "reached"]);
    for verdict in figures.verdicts() {
        let runs: Vec<_> = verdict.runs.iter().map(|it| short(*it)).collect();
        let reached = if verdict.is_met { "yes" } else { "**no**" };
        let cells = [cell(verdict.all), runs.join(", "), reached.into()];
        row(&mut table, &verdict.goal, cells);
    }
    table
}

fn builds(figures: &Figures) -> String {
    let heads = ["crates", "first build, s", "`cargo run` again, s"];
    let mut table = begin("program", &heads);
    for (id, builds) in &figures.builds {
        let cells = ["crates", "seconds", "again"].map(|what| {
            let figure = builds.get(what).copied();
            figure.map_or(String::new(), |it| match it < 10.0 {
                true => short(it),
                false => format!("{it:.0}"),
            })
        });
        row(&mut table, &format!("`{id}`"), cells);
    }
    table
}

fn machine(figures: &Figures) -> String {
    let mut table = begin("", &[""]);
    for (what, it) in &figures.machine {
        row(&mut table, what, [it.clone()]);
    }
    table
}

fn begin(first: &str, heads: &[&str]) -> String {
    let mut table = String::new();
    row(&mut table, first, heads.iter().map(|it| (*it).to_owned()));
    let right = heads.iter().map(|_| "--:".to_owned());
    row(&mut table, ":--", right);
    table
}

fn row(
    table: &mut String,
    first: &str,
    cells: impl IntoIterator<Item = String>,
) {
    let cells: Vec<_> = cells.into_iter().collect();
    _ = writeln!(table, "| {first} | {} |", cells.join(" | "));
}
