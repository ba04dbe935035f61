//! What a page can do to three programs: one on wry alone, one on Tauri, one on
//! the library. What became of them is a snapshot, which the book prints.
#![cfg(target_os = "linux")]
use harness::{App, Page, snapshot_table};
use std::os::unix::process::ExitStatusExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;
use workshop::{WorkingCopy, build_all};

/// All of them have a page that can do `electronAPI.ping()`.
const CHAPTERS: [&str; 3] =
    ["ch10-context-bridge", "ch08-tauri-invoke", "ch12-errors"];

/// How long a program may take to answer before it counts as frozen, and how
/// long it may take to start.
const PATIENCE: Duration = Duration::from_secs(15);

/// How many programs run at once.
const AT_ONCE: usize = 3;

/// What is done, for the book, and the script that does it.
const ATTACKS: &[(&str, &str)] = &[
    ("posts `undefined`", "post(undefined)"),
    ("posts `{ toString: 0, valueOf: 0 }`", "post(NO_TEXT)"),
    (
        "posts that from a frame",
        "document.body.append(document.createElement('iframe'));
         const frame = document.querySelector('iframe').contentWindow;
         frame.webkit.messageHandlers.ipc.postMessage(NO_TEXT);",
    ),
    ("posts `Object.create(null)`", "post(Object.create(null))"),
    (
        "posts 40 arrays, each twice in the next",
        "let it = [];
         for (let i = 0; i < 40; i++) it = [it, it];
         post(it);",
    ),
    ("posts NUL", "post('\\0')"),
    ("posts half a character, `'\\ud800'`", "post('\\ud800')"),
    ("posts 100,000 times `[`", "post('['.repeat(100_000))"),
    (
        "posts a text of 64 Mi + 1 characters",
        "post('x'.repeat(64 * 1024 * 1024 + 1))",
    ),
    (FLOOD, "for (let i = 0; i < 1000; i++) post('no message')"),
    (CLOSE, "setTimeout(close)"),
    (KILL, ""),
];
const FLOOD: &str = "posts `'no message'` 1,000 times";
const CLOSE: &str = "calls `window.close()`";
const KILL: &str = "brings its own process down";

/// What the scripts have.
const GIVEN: &str = "
    const post = (it) => webkit.messageHandlers.ipc.postMessage(it);
    const NO_TEXT = { toString: 0, valueOf: 0 };";

#[test]
fn what_became_of_three_programs_is_what_the_book_says() {
    let copies = CHAPTERS.map(|chapter| {
        WorkingCopy::of(chapter, "attacks").unwrap_or_else(fail)
    });
    let programs = build_all(&copies.each_ref());
    let programs: Vec<_> =
        programs.into_iter().map(|it| it.unwrap_or_else(fail)).collect();
    let tries = ATTACKS.iter().flat_map(|attack| {
        programs.iter().map(move |program| (attack, program))
    });
    let queue = Mutex::new(tries.enumerate());
    let all = Mutex::new(Vec::new());
    let work = || {
        loop {
            let next = queue.lock().unwrap().next();
            let Some((number, ((what, script), program))) = next else { break };
            let came_to = attack(program, what, script);
            all.lock().unwrap().push((number, came_to));
        }
    };
    thread::scope(|scope| (0..AT_ONCE).for_each(|_| drop(scope.spawn(work))));
    let mut all = all.into_inner().unwrap();
    all.sort();
    let mut all = all.into_iter().map(|(_, came_to)| came_to);
    let mut next = || all.next().expect("each was tried on each");
    let rows: Vec<_> = ATTACKS
        .iter()
        .map(|(what, _)| [what.to_string(), next(), next(), next()])
        .collect();
    let head = ["the page", "wry alone", "Tauri", "the library"];
    snapshot_table("ch12_errors_attacks", head, &rows);
}

fn fail<T>(failure: workshop::Failure) -> T {
    panic!("{}", failure.message)
}

/// Starts a program, lets its page do this, and looks what comes of it.
fn attack(program: &Path, what: &str, script: &str) -> String {
    let mut app = App::start_within(PATIENCE, program, |_| ());
    let page = app.page();
    page.run("return electronAPI.ping()");
    wait_for_pongs(&app, 1);
    let before = app.output().lines().count();
    let answers = if what == KILL {
        app.kill_page();
        // Another page may come, which takes its time.
        let ask = || ping(&app.page());
        catch_unwind(AssertUnwindSafe(ask)).unwrap_or(false)
    } else {
        // A program that ends gives no answer.
        let _ = page.try_run(&format!("{GIVEN} {script}"), &[]);
        what != CLOSE && ping(&page)
    };
    // After a kill, the wait for another page was long enough.
    let has_ended = match what {
        KILL => !app.is_running(),
        _ => !answers && ends(&app),
    };
    if has_ended {
        let status = app.wait_for_exit();
        return match status.signal() {
            Some(signal) => format!("the program ends (signal {signal})"),
            None if status.success() => "its window closes".into(),
            None => format!("the program ends ({status})"),
        };
    }
    if answers {
        wait_for_pongs(&app, 2);
    }
    let output = app.output();
    let said: Vec<_> = output.lines().skip(before).collect();
    let refusals =
        said.iter().filter_map(|it| it.strip_prefix("[main] refused: "));
    let refusals: Vec<_> = refusals.collect();
    match (what, answers) {
        (KILL, true) => "lives, and loads the page again".into(),
        (KILL | CLOSE, false) => "lives, with an empty window".into(),
        (_, false) => {
            format!("freezes for more than {} s", PATIENCE.as_secs())
        }
        (FLOOD, true) if refusals.len() > 100 => {
            format!("lives, and says so {} times", refusals.len())
        }
        (FLOOD, true) if !refusals.is_empty() => {
            "lives, and says so 10 times a second".into()
        }
        (_, true) => match refusals.first() {
            Some(why) => format!("lives: “{}”", cut(why)),
            None => "lives".into(),
        },
    }
}

fn ping(page: &Page<'_>) -> bool {
    let pong = page.try_run("return electronAPI.ping()", &[]);
    pong.is_ok_and(|pong| pong == "Pong")
}

/// Waits until it has printed so many answers, and all before them.
fn wait_for_pongs(app: &App, count: usize) {
    let seen = || app.output().matches(r#" "Pong""#).count() >= count;
    app.wait_until("the line of an answer", seen);
}

/// Whether it ends in time.
fn ends(app: &App) -> bool {
    let wait = || app.wait_until("its end", || !app.is_running());
    catch_unwind(AssertUnwindSafe(wait)).is_ok() || !app.is_running()
}

fn cut(text: &str) -> String {
    // What wry makes of these is an empty text.
    let text = text.trim_end_matches([':', ' ']);
    let cut: String = text.chars().take(60).collect();
    if cut == text { cut } else { cut + "…" }
}
