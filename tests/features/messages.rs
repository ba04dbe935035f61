//! Any script in the page can send any text through wry's pipe.
use crate::CHAPTER;

#[test]
fn a_malformed_message_is_one_line_and_changes_nothing() {
    let app = CHAPTER.start();
    let page = app.page();
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
    assert_eq!(app.window().title, CHAPTER.name());
    let lines = app.output().lines().count();
    page.run(CHAPTER.call);
    app.wait_for_lines(lines + 1);
    let output = app.output();
    let next = output.lines().nth(lines).expect("a line");
    assert!(next.starts_with("[renderer → main] "), "{next}");
}
