//! A program that calls do not wear out.
use super::idle::uses_no_cpu;
use crate::CHAPTER;

/// How much more memory 4,000 calls may leave in use, in KiB. WebKit keeps 100
/// bytes or so of each message, and 500 in all were seen; with a kilobyte of
/// ours left behind by each call, it would be 4,000 more.
const MOST: u64 = 2_000;

/// How many messages to main a line tells of: from ch13 on, those after the
/// first few of a crossing have one together.
fn messages(line: &str) -> usize {
    let Some((_, what)) = line.split_once(" → main] ") else { return 0 };
    let more = what.strip_suffix(" more, in the same crossing");
    more.map_or(1, |it| it.parse().expect("a number"))
}

#[test]
fn thousands_of_calls_leave_memory_threads_and_cpu_as_they_were() {
    let app = CHAPTER.start();
    let page = app.page();
    // A hundred at once, as many as Tauri surely answers, and no more before
    // they have come: else it would be the waiting ones that need memory.
    let calls = |hundreds: usize| {
        let arrived = || app.output().lines().map(messages).sum::<usize>();
        for _ in 0..hundreds {
            let before = arrived();
            page.run(&format!(
                "const call = () => {};
                 await Promise.all(Array.from({{ length: 100 }}, call));",
                CHAPTER.call
            ));
            app.wait_until("all calls", || arrived() == before + 100);
        }
        app.usage()
    };
    // What is made once, for the first calls, does not count.
    let (before, after) = (calls(20), calls(40));
    assert!(after.memory < before.memory + MOST, "{before:?} {after:?}");
    assert!(after.threads < before.threads + 10, "{before:?} {after:?}");
    uses_no_cpu(&app);
}
