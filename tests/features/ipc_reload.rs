//! A page that calls main while it goes.
use crate::CHAPTER;
use harness::{App, Page};

const CALLS: usize = 20;

/// All documents count their calls from 1 on. The window has its first one.
pub fn an_answer_for_a_page_that_is_left_is_for_nobody(
    app: &App,
    page: &Page<'_>,
) {
    let call = CHAPTER.call;
    let answer = page.run(&format!("return await {call}"));
    let count = |who, what| count(app, who, what);
    // What a page asks for by itself, it asks for before.
    let of_each = count("renderer → main", "invoke");
    for _ in 0..2 {
        page.run(&format!(
            "addEventListener('pagehide', () => {{
               for (let n = 0; n < {CALLS}; n++) {call};
             }});"
        ));
        page.reload();
        let next = page.run(&format!("return await {call}"));
        assert_eq!(next, answer, "the next document has its own answer");
    }
    // All of them were made once, and main has answered each once.
    let all = 3 * of_each + 2 * CALLS;
    app.wait_until("all calls and answers", || {
        count("renderer → main", "invoke") >= all
            && count("main → renderer", "reply") >= all
    });
    assert_eq!(count("renderer → main", "invoke"), all);
    assert_eq!(count("main → renderer", "reply"), all);
    let gone =
        format!("and {} more are for a document that is gone", CALLS - 1);
    app.wait_until(&gone, || app.output().matches(&gone).count() == 2);
}

/// How many have crossed: those of which a line tells, and those that one
/// counts.
fn count(app: &App, who: &str, what: &str) -> usize {
    let output = app.output();
    let said = output.lines().filter_map(|line| {
        let said = line.strip_prefix(&format!("[{who}] "))?;
        match said.strip_suffix(" more, in the same crossing") {
            Some(more) => more.parse().ok(),
            None => said.starts_with(what).then_some(1),
        }
    });
    said.sum()
}
