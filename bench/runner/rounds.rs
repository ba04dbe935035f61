//! A run: every host in turn, again and again.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal, Write};

use bench_report::Run;
use harness::Stage;
use serde_json::{Value, json};
use workshop::{Failure, Result};

use crate::Amount;
use crate::host::Host;
use crate::plan::{Can, plan};

/// How often a host may hang in a round.
const MOST: u32 = 2;

/// How often a host is started in a round only to be looked at.
const STARTS: usize = 2;

/// Measures all hosts, each once in every round. Each round begins with another
/// host, so that none is always the one after the same other.
pub fn run(hosts: &[Host], rounds: usize, amount: Amount) -> Result<Run> {
    let stage = Stage::open();
    let mut run = Run::new();
    for host in hosts {
        add(&mut run, host, "binary", size(host)?);
    }
    for round in 0..rounds {
        for start in 0..if amount == Amount::Quick { 1 } else { STARTS } {
            for host in turned(hosts, round + start) {
                begin(round, rounds, host, "starts")?;
                let (running, took) = host.start(&stage, &json!([]))?;
                add(&mut run, host, "start", took);
                add(&mut run, host, "memory", running.memory());
            }
        }
        for host in turned(hosts, round) {
            let plan = plan(host.can, round, amount);
            if host.can == Can::Nothing || plan == json!([]) {
                continue;
            }
            begin(round, rounds, host, "works")?;
            let (figures, hung) = works(host, &stage, &plan)?;
            for (work, figure) in figures {
                add(&mut run, host, &work, figure);
            }
            if hung > 0 {
                add(&mut run, host, "hung", hung.into());
            }
        }
    }
    println!();
    Ok(run)
}

/// What a host tells of a whole plan, and how often it has hung before. Then it
/// has been started again, which is said.
fn works(
    host: &Host,
    stage: &Stage,
    plan: &Value,
) -> Result<(BTreeMap<String, f64>, u32)> {
    let mut hung = 0;
    loop {
        let (running, _) = host.start(stage, plan)?;
        match running.figures(plan) {
            Ok(figures) => return Ok((figures, hung)),
            Err(why) if hung == MOST => return Err(why),
            Err(why) => println!("\n    {} {}", host.id, why.message),
        }
        hung += 1;
    }
}

/// Says how far it is.
fn begin(round: usize, rounds: usize, host: &Host, does: &str) -> Result {
    let (round, id) = (round + 1, host.id);
    let mut out = io::stdout();
    // On a terminal, in one line. That before may have been longer.
    let (start, end) = match out.is_terminal() {
        true => ("\r", "            "),
        false => ("", "\n"),
    };
    write!(out, "{start}  round {round} of {rounds}: {id} {does}{end}")
        .and_then(|()| out.flush())
        .map_err(|_| Failure { code: 0, message: String::new() })
}

/// The hosts, beginning with the one at this place.
fn turned(hosts: &[Host], first: usize) -> impl Iterator<Item = &Host> {
    hosts.iter().cycle().skip(first % hosts.len()).take(hosts.len())
}

fn add(run: &mut Run, host: &Host, work: &str, figure: f64) {
    let works = run.entry(host.id.into()).or_default();
    works.entry(work.into()).or_default().push(figure);
}

fn size(host: &Host) -> Result<f64> {
    match fs::metadata(&host.program) {
        Ok(about) => Ok(about.len() as f64),
        Err(why) => workshop::fail(format!("{}: {why}", host.id)),
    }
}
