//! What a page is to do, as `bench/page/renderer.js` reads it.

use bench_report::{CALLS, SIZES};
use serde_json::{Value, json};

use crate::Amount;

/// What a host can do beside starting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub enum Can {
    /// Nothing.
    Nothing,
    /// Take messages, and count them.
    Send,
    /// Answer calls: of this host, no more is asked.
    Call,
    /// Answer with a text of any length.
    Answer,
    /// And with bytes.
    Bytes,
}

/// How much is done each time, so that it takes about as long.
const LOAD: u32 = 4 << 20;

const KIB: u32 = 1 << 10;
const MIB: u32 = 1 << 20;

/// The plan of one round. What takes long is done in the first one only.
pub fn plan(can: Can, round: usize, amount: Amount) -> Value {
    let less = if amount == Amount::Quick { 20 } else { 1 };
    let times = |times: u32| (times / less).max(1);
    let echo = |kind: &str, name: String, size: u32, most: u32| {
        let times = times((LOAD / size).clamp(2, most));
        json!({ "name": name, "kind": kind, "times": times, "size": size })
    };
    let calls = |kind: &str, number: u32| {
        let times = times(number);
        json!({ "name": kind, "kind": kind, "times": times })
    };
    let mut works = Vec::new();
    if can >= Can::Call {
        works.extend([
            // A page's scripts are slow until they have run for a while.
            bursts("warm-up", 100, 5000 / less),
            calls("ping", 1000),
            bursts("burst", 2000 / less, 10_000 / less),
        ]);
    }
    if can >= Can::Answer {
        works.extend([
            echo("text", "text-1KiB".into(), KIB, 200),
            echo("text", "text-64KiB".into(), 64 * KIB, 200),
            echo("text", "text-1MiB".into(), MIB, 200),
        ]);
    }
    if can == Can::Bytes {
        works.extend([
            echo("bytes", "bytes-64KiB".into(), 64 * KIB, 200),
            echo("bytes", "bytes-1MiB".into(), MIB, 200),
            echo("bytes", "bytes-16MiB".into(), 16 * MIB, 200),
        ]);
    }
    if can >= Can::Send && round == 0 {
        works.push(calls("sends", 100_000));
    }
    if can >= Can::Answer && round == 0 {
        works.extend(
            SIZES.map(|size| echo("text", format!("size-{size}"), size, 200)),
        );
        // One after the other, calls take longer.
        let most = 2000 / less;
        works.extend(CALLS.map(|number| {
            bursts(&format!("calls-{number}"), number, most.max(number))
        }));
    }
    works.into()
}

/// A number of calls at once, and that again until all are made: a few are over
/// before the clock has moved.
fn bursts(name: &str, at_once: u32, times: u32) -> Value {
    let times = times / at_once * at_once;
    json!({ "name": name, "kind": "bursts", "times": times, "atOnce": at_once })
}
