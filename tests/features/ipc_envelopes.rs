//! A text that is no message is refused: to whoever waits for its answer, if
//! it can be read who that is, and else in a line.
use super::ipc_gone::a_killed_page_comes_back_and_a_closed_one_closes_its_window;
use super::ipc_hostile::probe::{goes_on, post};
use super::ipc_hostile::refusals;
use crate::CHAPTER;
use harness::{App, Page};

/// Each has an id that can be read, 7, and is answered.
const ANSWERED: [(&str, &str); 12] = [
    (r#"["d",7]"#, "a message has 4 parts, this one 2"),
    (r#"["d",7,"a"]"#, "a message has 4 parts, this one 3"),
    (r#"["d",7,"a",[],0]"#, "a message has 4 parts, this one 5"),
    (r#"["d",7,5,[]]"#, "the channel of a message: "),
    (r#"["d",7,"\ud800",[]]"#, "the channel of a message: "),
    (r#"["d",7,"a",{}]"#, "expected arguments, found an object"),
    (r#"["d",7,"a",null]"#, "expected arguments, found null"),
    (r#"["d",7,"a",[{"$no":1}]]"#, "$no"),
    (r#"["d",7,"a",[{"$date":1,"a":1}]]"#, "$date"),
    (r#"["d",7,"a",[{"$bytes":"?"}]]"#, "$bytes"),
    (r#"["d",7,"a",[1e999]]"#, "number out of range"),
    (r#"["d",7,"a",[]]"#, "No handler registered for 'a'"),
];

#[test]
fn what_is_no_message_is_refused_and_a_page_that_ends_is_seen_to() {
    let mut app = CHAPTER.start();
    let page = app.page();
    where_it_can_be_read_who_waits_that_promise_is_rejected(&app, &page);
    where_it_cannot_it_is_one_line_and_nobody_is_answered(&app, &page);
    a_killed_page_comes_back_and_a_closed_one_closes_its_window(&mut app);
}

fn where_it_can_be_read_who_waits_that_promise_is_rejected(
    app: &App,
    page: &Page<'_>,
) {
    for (text, why) in ANSWERED {
        let before = app.output().lines().count();
        post(page, text);
        let answer = || {
            let output = app.output();
            let mut lines = output.lines().skip(before);
            let answer = "[main → renderer] error #7 ";
            lines.find(|it| it.starts_with(answer)).map(str::to_owned)
        };
        app.wait_until(&format!("an answer to {text}"), || answer().is_some());
        let answer = answer().unwrap_or_default();
        assert!(answer.contains(why), "{text}: {answer}");
        // No document has this name, so none takes it.
        let gone = "[main] error #7 is for a document that is gone";
        app.wait_until(gone, || {
            app.output().lines().skip(before).any(|it| it == gone)
        });
    }
    // As many as the id can have: the page counts no further than 2⁵³.
    let last = u64::MAX;
    post(page, &format!(r#"["d",{last},"a",[]]"#));
    app.wait_for_line(&format!(
        "[main] error #{last} is for a document that is gone"
    ));
    assert!(!app.output().contains("refused"));
}

fn where_it_cannot_it_is_one_line_and_nobody_is_answered(
    app: &App,
    page: &Page<'_>,
) {
    let answers = || app.output().matches("#7 ").count();
    let answered = answers();
    let long = format!(r#"["{}",7,"a",[]]"#, "d".repeat(65));
    for text in [
        "{}",
        "[]",
        r#"["d"]"#,
        r#"[1,7,"a",[]]"#,
        r#"["d",-1,"a",[]]"#,
        r#"["d",1.5,"a",[]]"#,
        r#"["d","7","a",[]]"#,
        r#"["d",18446744073709551616,"a",[]]"#,
        r#"["d",null,null,[]]"#,
        r#"["d",null,null,"hello "]"#,
        r#"[["d",7,"a",[]]]"#,
        &long,
    ] {
        let before = refusals(app).len();
        post(page, text);
        let is_refused = || refusals(app).len() > before;
        app.wait_until(&format!("a refusal of {text}"), is_refused);
    }
    goes_on(app, page);
    assert_eq!(answers(), answered, "{}", app.output());
}
