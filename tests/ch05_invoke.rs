//! ch05-invoke as its user meets it.
#![cfg(target_os = "linux")]
use harness::{App, Chapter, Page, VERSIONS};
use serde_json::json;

/// What it has; `tests/features` says how that is tried.
mod features {
    mod abroad;
    mod answers;
    mod exposed;
    mod files;
    mod flat;
    mod guard;
    mod home;
    mod idle;
    mod lifecycle;
    mod messages;
    mod policy;
    mod title;
}

const CHAPTER: Chapter = Chapter {
    apis: &[
        VERSIONS,
        ("electronAPI", &["setTitle", "ping", "repeat", "missing"]),
    ],
    globals: &["__preloaded", "__settle", "ipc"],
    call: "electronAPI.ping()",
    ..Chapter::new(env!("CARGO_BIN_EXE_ch05-invoke"))
};

#[test]
fn plays_as_the_book_shows() {
    let app = CHAPTER.start();
    let page = app.page();
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    page.click("#ask");
    page.wait_for_text("#answers li:nth-child(3)", "slow");
    // Who cannot see the list is told what comes.
    assert_eq!(page.property("#answers", "ariaLive"), "polite");
    app.picture("ch05-invoke");
    app.snapshot_window("ch05_invoke_window");
    assert!(app.close().success());
    app.snapshot_output("ch05_invoke");
}

#[test]
fn a_call_gets_its_own_answer_or_the_reason_why_there_is_none() {
    let app = CHAPTER.start();
    let page = app.page();
    each_of_many_calls_gets_its_own_answer(&page);
    a_call_that_is_made_inside_another_gets_its_own_answer(&page);
    a_text_comes_back_as_it_was_sent(&page);
    what_cannot_be_answered_is_rejected_with_its_reason(&page);
    a_flood_of_slow_calls_is_refused_and_fifty_are_answered_again(&app, &page);
    page.reload();
    a_reload_with_an_answer_under_way_is_survived(&app, &page);
    a_close_with_an_answer_under_way_is_survived(&app, &page);
}

fn each_of_many_calls_gets_its_own_answer(page: &Page<'_>) {
    let answers = page.run(
        "const texts = Array.from({ length: 40 }, (_, i) => `call ${i}`);
         const ask = (text, i) => electronAPI.repeat(text, 200 - 5 * i);
         const order = [];
         const calls = texts.map((text, i) =>
           ask(text, i).then((answer) => { order.push(i); return answer; }));
         const answers = await Promise.all(calls);
         const isLate = order[0] > order[39];
         return [isLate, answers.every((answer, i) => answer === texts[i])];",
    );
    assert_eq!(answers, json!([true, true]));
}

/// A page's `toJSON` is called while the message of another call is written.
fn a_call_that_is_made_inside_another_gets_its_own_answer(page: &Page<'_>) {
    let answers = page.run(
        "let inner;
         const toJSON = () => {
           inner = electronAPI.repeat('inner', 0);
           return 'outer';
         };
         const outer = electronAPI.repeat({ toJSON }, 0);
         return Promise.all([outer, inner]);",
    );
    assert_eq!(answers, json!(["outer", "inner"]));
}

fn a_text_comes_back_as_it_was_sent(page: &Page<'_>) {
    let texts = json!([
        "",
        "\"quotes\", 'single', `ticks` and \\ backslashes",
        "two\nlines\r\nand a\ttab",
        "</script><script>alert(1)</script>",
        "'); alert(1); ('",
        "${1 + 1}",
        "a\u{2028}b\u{2029}c",
        "Grüße, мир, 世界 🎉👩‍👩‍👧",
        "a\0b",
        "__proto__",
        "x".repeat(1 << 20),
    ]);
    let changed = page.run_with(
        "const changed = [];
         for (const text of arguments[0]) {
           const answer = await electronAPI.repeat(text, 0);
           if (answer !== text) changed.push([text, answer]);
         }
         return changed;",
        std::slice::from_ref(&texts),
    );
    assert_eq!(changed, json!([]));
}

fn what_cannot_be_answered_is_rejected_with_its_reason(page: &Page<'_>) {
    for (call, reason) in [
        ("electronAPI.missing()", "No handler registered for 'missing'"),
        (
            "electronAPI.repeat('x', 1001)",
            "at most 1000 ms, and 50 slow calls at once",
        ),
        (
            "electronAPI.repeat(7, 1)",
            "invalid type: integer `7`, expected a string at line 1 column 2",
        ),
        (
            "electronAPI.repeat('x', -1)",
            "invalid value: integer `-1`, expected u64 at line 1 column 7",
        ),
        (
            "electronAPI.repeat('\\ud800', 1)",
            "unexpected end of hex escape at line 1 column 9",
        ),
        (
            "electronAPI.repeat(1n, 1)",
            "JSON.stringify cannot serialize BigInt.",
        ),
    ] {
        let script = format!(
            "return {call}.then(() => 'resolved', (error) => error.message);"
        );
        assert_eq!(page.run(&script), reason, "{call}");
    }
}

fn a_flood_of_slow_calls_is_refused_and_fifty_are_answered_again(
    app: &App,
    page: &Page<'_>,
) {
    let idle = app.usage().threads;
    let counts = page.run(
        "const calls = Array.from({ length: 5000 }, () =>
           electronAPI.repeat('x', 1000));
         const settled = await Promise.allSettled(calls);
         const answered = settled.filter((it) => it.status === 'fulfilled');
         const again = Array.from({ length: 50 }, () =>
           electronAPI.repeat('x', 1000));
         const oneMore = electronAPI.repeat('x', 0).catch(() => 'refused');
         return [settled.length, answered.length, await electronAPI.ping(),
                 await oneMore, (await Promise.all(again)).length];",
    );
    assert_eq!(counts[0], 5_000);
    let answered = counts[1].as_u64().expect("it is a count");
    assert!((50..5_000).contains(&answered), "{counts}");
    assert_eq!(counts[2], "Pong");
    assert_eq!(counts[3], "refused");
    assert_eq!(counts[4], 50);
    // Each slow call has had a thread.
    app.wait_until("their threads to end", || app.usage().threads < idle + 10);
}

fn a_reload_with_an_answer_under_way_is_survived(app: &App, page: &Page<'_>) {
    page.run("electronAPI.repeat('late', 300)");
    page.reload();
    app.wait_for_line("[main → renderer] reply #1 \"late\"");
    assert_eq!(page.run("return electronAPI.ping()"), "Pong");
}

fn a_close_with_an_answer_under_way_is_survived(app: &App, page: &Page<'_>) {
    page.run("electronAPI.repeat('later', 1000)");
    assert!(app.close().success());
}

#[test]
fn a_page_that_closes_its_view_leaves_a_window_that_can_be_closed() {
    let app = CHAPTER.start();
    app.page().run(
        "electronAPI.repeat('first', 300).then(() => window.close());
         electronAPI.repeat('late', 600);",
    );
    app.wait_for_line("[main → renderer] reply #2 \"late\"");
    assert!(app.close().success());
}

/// The example `alone`, which is built with the tests.
#[expect(dead_code, reason = "its main opens the window of the example")]
mod alone {
    include!("../chapters/ch05-invoke/alone.rs");

    #[test]
    fn nothing_in_an_answer_can_be_taken_for_script() {
        let name = "\"); alert(1); (\"</script>${1}\u{2028}\\";
        let call = json!(["an id\"", "greet", [name]]).to_string();
        let script = answer(&call).unwrap();
        let inside = script.strip_prefix("settle(...JSON.parse(");
        let inside = inside.and_then(|it| it.strip_suffix("))")).unwrap();
        let text: String = from_str(inside).unwrap();
        let settled: Value = from_str(&text).unwrap();
        let greeting = format!("Hello, {name}");
        assert_eq!(settled, json!(["an id\"", "resolve", greeting]));
    }

    #[test]
    fn what_main_has_no_answer_for_is_rejected() {
        for call in [
            r#"["1","missing",[]]"#,
            r#"["1","greet",[]]"#,
            r#"["1","greet",[7]]"#,
            r#"["1","greet",["a","b"]]"#,
            r#"["1","greet",["\ud800"]]"#,
            r#"["1","greet",[1e999]]"#,
        ] {
            let script = answer(call).unwrap();
            assert!(script.contains(r#"[\"1\",\"reject\",\""#), "{script}");
        }
    }

    #[test]
    fn what_is_no_call_is_refused() {
        for text in ["", "{}", "[]", "not JSON", r#"[1,"greet",["a"]]"#] {
            assert!(answer(text).is_err(), "{text}");
        }
    }
}

#[test]
fn alone_returns_a_value_to_its_page() {
    let examples = CHAPTER.program().with_file_name("examples");
    let app = App::start(examples.join("alone"));
    // The page has it from main, and gives it to the window.
    app.wait_for_title("Hello, page");
    assert!(app.close().success());
}
