//! Any script in any frame can post anything into the pipe.
use crate::CHAPTER;
use harness::{App, Page};
use probe::{HOSTILE, goes_on};
use std::slice::from_ref;

#[path = "../ipc/probe.rs"]
pub mod probe;

#[test]
fn whatever_a_page_or_its_frame_posts_the_program_goes_on() {
    let app = CHAPTER.start();
    let page = app.page();
    what_is_no_text_is_refused_in_one_line(&app, &page);
    a_text_that_is_too_long_is_refused_by_its_length(&app, &page);
    ten_refusals_a_second_are_told_and_the_others_counted(&app, &page);
    let add_frame = "document.body.append(document.createElement('iframe'))";
    page.run(add_frame);
    let names = page.run(&format!("{HOSTILE} return Object.keys(hostile)"));
    let names = names.as_array().expect("they are a list");
    assert!(names.len() > 50);
    for name in names {
        let attack = format!(
            "{HOSTILE}
             const frame = document.querySelector('iframe').contentWindow;
             for (const view of [window, frame]) postHostile(arguments[0], view);"
        );
        page.run_with(&attack, from_ref(name));
        goes_on(&app, &page);
    }
    assert!(CHAPTER.close(&app).success());
    assert_eq!(app.errors(), "");
}

/// Why main has refused what, so far. A program may say other things meanwhile.
pub fn refusals(app: &App) -> Vec<String> {
    let output = app.output();
    let refused = output.lines().filter_map(|line| {
        line.strip_prefix("[main] refused: ").map(str::to_owned)
    });
    refused.collect()
}

/// Only a text is taken, and nothing is called to make one of what is none.
fn what_is_no_text_is_refused_in_one_line(app: &App, page: &Page<'_>) {
    let told = || refusals(app);
    let before = told().len();
    // A program that ends of it gives the script no answer.
    let _ = page.try_run(
        "webkit.messageHandlers.ipc.postMessage(
           { toString: 0, valueOf: 0 });",
        &[],
    );
    app.wait_until("a refusal", || told().len() > before);
    assert_eq!(told()[before..], ["a message that is no text"]);
    goes_on(app, page);
}

fn a_text_that_is_too_long_is_refused_by_its_length(
    app: &App,
    page: &Page<'_>,
) {
    page.run(
        "const tooLong = 'x'.repeat(64 * 1024 * 1024 + 1);
         webkit.messageHandlers.ipc.postMessage(tooLong);",
    );
    goes_on(app, page);
    app.wait_for_line(
        "[main] refused: a message of 67108865 characters: at most 67108864",
    );
}

/// A page can be told a million times why its messages are refused; the one
/// who reads the program's output wants to read something else, too.
fn ten_refusals_a_second_are_told_and_the_others_counted(
    app: &App,
    page: &Page<'_>,
) {
    const MANY: usize = 2_000;
    let told = || {
        let told = refusals(app).into_iter().map(|why| {
            let more = why.strip_suffix(" more").map(|it| it.parse());
            more.map_or(1, |it| it.expect("a number"))
        });
        told.collect::<Vec<usize>>()
    };
    let before = told().len();
    page.run(&format!(
        "for (let i = 0; i < {MANY}; i++)
           webkit.messageHandlers.ipc.postMessage('no message');"
    ));
    goes_on(app, page);
    // The last of them are counted, too, although nothing comes after them.
    let all = before + MANY;
    let sum = || told().iter().sum::<usize>();
    app.wait_until("all to be told", || sum() >= all);
    let lines = told().len();
    assert!(lines < MANY / 10, "{lines} lines for {MANY} messages");
    assert_eq!(sum(), all, "each is told once");
}
