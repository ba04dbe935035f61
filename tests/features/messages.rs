//! A message is what was sent, whatever a page has done to all its objects; and
//! any script in the page can send any text through wry's pipe.
use crate::CHAPTER;
use harness::{App, Page};

/// Whether there are calls that are answered, or only sends.
fn has_ping() -> bool {
    CHAPTER.call == "electronAPI.ping()"
}

#[test]
fn a_message_is_what_was_sent_and_a_malformed_one_is_refused() {
    let app = CHAPTER.start();
    let page = app.page();
    what_a_page_gives_to_all_objects_does_not_change_a_message(&app, &page);
    a_value_keeps_its_own_to_json_and_a_call_made_there_is_its_own(&app, &page);
    a_malformed_message_is_one_line_and_changes_nothing(&app, &page);
}

fn what_a_page_gives_to_all_objects_does_not_change_a_message(
    app: &App,
    page: &Page<'_>,
) {
    // The driver would meet a `toJSON` that stayed.
    page.run(
        "const all = [Array.prototype, Object.prototype];
         for (const prototype of all) prototype.toJSON = () => 'forged';
         window.pong = electronAPI.ping?.();
         electronAPI.setTitle('A title');
         for (const prototype of all) delete prototype.toJSON;",
    );
    if has_ping() {
        app.wait_for_line("[renderer → main] invoke #1 ping []");
        assert_eq!(page.run("return window.pong"), "Pong");
    }
    app.wait_for_title("A title");
}

fn a_value_keeps_its_own_to_json_and_a_call_made_there_is_its_own(
    app: &App,
    page: &Page<'_>,
) {
    page.run(
        "const toJSON = () => {
           electronAPI.setTitle('from inside');
           window.pong = electronAPI.ping?.();
           return 'its own';
         };
         electronAPI.setTitle({ toJSON });",
    );
    app.wait_for_title("its own");
    app.wait_for_line("[renderer → main] send set-title [\"from inside\"]");
    app.wait_for_line("[renderer → main] send set-title [\"its own\"]");
    if has_ping() {
        assert_eq!(page.run("return window.pong"), "Pong");
    }
}

/// Main has read all that was sent before, and nothing else is under way.
fn a_malformed_message_is_one_line_and_changes_nothing(
    app: &App,
    page: &Page<'_>,
) {
    let title = app.window().title;
    for message in [
        "not JSON",
        "",
        "[]",
        "42",
        "{\"id\":1,\"channel\":\"set-title\",\"args\":[]}",
        "[-1,\"set-title\",[\"A\"]]",
        "[1.5,\"set-title\",[\"A\"]]",
        "[\"1\",\"set-title\",[\"A\"]]",
        "[1,\"set-title\",[\"A\"],4]",
        "[7,[\"A\"]]",
    ] {
        let before = app.output().lines().count();
        page.run_with("ipc.postMessage(arguments[0])", &[message.into()]);
        app.wait_for_lines(before + 1);
        let output = app.output();
        let line = output.lines().nth(before).expect("a line");
        assert!(line.starts_with("[main] refused: "), "{message}: {line}");
        assert!(line.ends_with(message), "{message}: {line}");
    }
    assert_eq!(app.window().title, title);
    let lines = app.output().lines().count();
    page.run(CHAPTER.call);
    app.wait_for_lines(lines + 1);
    let output = app.output();
    let next = output.lines().nth(lines).expect("a line");
    assert!(next.starts_with("[renderer → main] "), "{next}");
}
