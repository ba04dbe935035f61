//! `setTitle`: a title arrives as it was sent, and what is none changes nothing.
use crate::CHAPTER;
use harness::{App, Page};

#[test]
fn a_title_arrives_as_it_was_sent_and_what_is_none_is_refused() {
    let app = CHAPTER.start();
    let page = app.page();
    a_title_arrives_as_it_was_sent(&app, &page);
    what_is_no_title_is_refused_in_a_short_line(&app, &page);
}

fn a_title_arrives_as_it_was_sent(app: &App, page: &Page<'_>) {
    for title in [
        "",
        "\"quotes\" 'and' \\ backslashes",
        "</script><b>bold</b>${1}`",
        "Grüße, мир, 世界 🎉 𝒳",
        "a\u{2028}b\u{2029}c",
        &"é".repeat(100),
    ] {
        page.run_with("electronAPI.setTitle(arguments[0])", &[title.into()]);
        app.wait_for_title(title);
    }
}

fn what_is_no_title_is_refused_in_a_short_line(app: &App, page: &Page<'_>) {
    let before = app.window().title;
    let refused = |title: &str| {
        let (count, length) = (refusals(app), app.output().len());
        page.run(&format!("electronAPI.setTitle({title})"));
        app.wait_until("the refusal", || refusals(app) > count);
        assert!(app.output().len() < length + 1_000, "{title}");
    };
    refused("'a\\0b'");
    refused("'\\u009b'");
    refused("'é'.repeat(101)");
    refused("'x'.repeat(8 * 1024 * 1024)");
    // What is no text is refused in other words, with Tauri elsewhere.
    for title in ["", "7", "null", "{ not: 'text' }", "['A']", "'\\ud800'"] {
        page.run(&format!("electronAPI.setTitle({title})"));
    }
    // Main reads this one after all of them.
    refused("'a\\nb'");
    assert_eq!(app.window().title, before);
    page.run("electronAPI.setTitle('alive')");
    app.wait_for_title("alive");
}

/// How many titles main has refused so far for what they say.
fn refusals(app: &App) -> usize {
    let why = "at most 100 characters, and no control characters";
    app.output().matches(why).count()
}
