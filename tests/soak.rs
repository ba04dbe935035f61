//! Many calls and reloads: none is lost, none is answered twice, and neither
//! main nor the page's process grows.
//!
//! `SOAK=1000000 cargo x prove soak -- --release -- --nocapture` makes a million
//! calls with a thousand reloads between them, and prints what was used.
#![cfg(target_os = "linux")]
use harness::{App, Page, Usage};
use serde_json::json;
use std::env;

/// How many calls each document makes, but in a short run.
const EACH: usize = 1_000;
/// How many of them one after the other; the others are made in one turn.
const IN_TURN: usize = 20;
/// How many a document makes while it goes, if it does not wait for answers.
const LAST: usize = 50;

#[test]
fn calls_and_reloads_leave_nothing_behind() {
    let calls = env::var("SOAK").ok().and_then(|it| it.parse().ok());
    let calls: usize = calls.unwrap_or(5_000);
    let each = EACH.min(calls / 20);
    let reloads = calls / each;
    let app = start();
    let page = app.page();
    let mut random = Random(14);
    let (mut begin, mut middle) = (None, None);
    for n in 1..=reloads {
        make_calls(&page, each, random.below(4) == 0);
        match n {
            3 => begin = Some(used(&app)),
            n if n == reloads / 2 => middle = Some(used(&app)),
            _ => {}
        }
    }
    let [begin, middle] = [begin, middle].map(|it| it.expect("a look at it"));
    let end = used(&app);
    let taken = page.run("return Number(localStorage.taken)");
    let taken = usize::try_from(taken.as_u64().unwrap()).unwrap();
    let calls = each * reloads;
    app.wait_until("the last answers", || {
        let output = app.output();
        crossed(&output, "[main → renderer] ", "reply")
            == crossed(&output, "[renderer → main] ", "invoke")
    });
    let output = app.output();
    let made = crossed(&output, "[renderer → main] ", "invoke");
    let gone = gone(&output);
    println!(
        "{calls} calls, {made} of them reached main; {taken} answers taken, \
         {gone} for a document that was gone; {reloads} reloads\n\
         main and page at begin:  {begin:?}\n\
         in the middle:           {middle:?}\n\
         at the end:              {end:?}"
    );
    assert_eq!(made, calls);
    assert_eq!(page.run("return Number(localStorage.wrong ?? 0)"), 0);
    assert_eq!(taken + gone, calls, "each is taken or for nobody");
    for (middle, end) in middle.iter().zip(&end) {
        assert!(end.threads <= middle.threads + 3, "{middle:?} {end:?}");
        let most = middle.memory * 5 / 4 + (16 << 10);
        assert!(end.memory < most, "{middle:?} {end:?}");
    }
    assert!(app.close().success());
    assert_eq!(app.errors(), "");
}

/// `tests/ipc_push.rs` has the same of what is sent, both ways.
#[test]
fn a_hundred_thousand_answers_come_in_order() {
    let app = start();
    let seen = app.page().run(
        "let [count, inOrder] = [0, true];
         const take = (it) => { inOrder &&= it === ++count; };
         const calls = [];
         for (let n = 1; n <= 100_000; n++)
           calls.push(electronAPI.divide(n, 1).then(take));
         await Promise.all(calls);
         return [count, inOrder];",
    );
    assert_eq!(seen, json!([100_000, true]));
}

/// A chapter whose answers tell the calls apart: it divides by one.
fn start() -> App {
    let test = env::current_exe().expect("a running test is a file");
    let folder = test.ancestors().nth(2).expect("a file is in a folder");
    App::start(folder.join("ch12-errors"))
}

/// Main, and the process of its page.
fn used(app: &App) -> [Usage; 2] {
    [app.usage(), app.page_usage()]
}

/// Makes calls, and loads the next document: when all are answered, or at once,
/// and with more of them while it goes. What a document has taken it adds when
/// it goes.
fn make_calls(page: &Page<'_>, count: usize, at_once: bool) {
    let last = if at_once { count - LAST } else { count };
    let script = format!(
        "const [taken, wrong] = [new Set(), []];
         const call = (n) => electronAPI.divide(n, 1).then((it) => {{
           if (it !== n || taken.has(n)) wrong.push(it);
           taken.add(n);
         }});
         addEventListener('pagehide', () => {{
           const add = (key, n) => {{
             localStorage[key] = Number(localStorage[key] ?? 0) + n;
           }};
           add('taken', taken.size);
           add('wrong', wrong.length);
           for (let n = {last}; n < {count}; n++) call(n);
         }});
         for (let n = 0; n < {IN_TURN}; n++) await call(n);
         const all = [];
         for (let n = {IN_TURN}; n < {last}; n++) all.push(call(n));
         if (!{at_once}) await Promise.all(all);",
    );
    assert_eq!(page.run(&script), json!(null));
    page.reload();
}

/// How many messages have crossed: those of which a line tells, and those that
/// one counts.
fn crossed(output: &str, who: &str, what: &str) -> usize {
    let said = output.lines().filter_map(|line| line.strip_prefix(who));
    let count =
        |said: &str| match said.strip_suffix(" more, in the same crossing") {
            Some(more) => more.parse().ok(),
            None => said.starts_with(what).then_some(1),
        };
    said.filter_map(count).sum()
}

/// How many found nobody: `reply #1 and 2 more are for a document that is gone`.
fn gone(output: &str) -> usize {
    let said = output.lines().filter_map(|line| {
        let said = line.strip_prefix("[main] reply ")?;
        said.strip_suffix(" for a document that is gone")
    });
    let more = said.map(|said| {
        let more = said.split_once(" and ").map(|(_, more)| more);
        let more = more.and_then(|more| more.split(' ').next()?.parse().ok());
        1 + more.unwrap_or(0)
    });
    more.sum()
}

/// The same numbers in each run: xorshift.
struct Random(u32);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % end
    }
}
