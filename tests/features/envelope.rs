//! A message is what was sent, whatever a page has done to all its objects.
use crate::CHAPTER;

/// Whether there are calls that are answered, or only sends.
fn has_ping() -> bool {
    CHAPTER.call == "electronAPI.ping()"
}

#[test]
fn what_a_page_gives_to_all_objects_does_not_change_a_message() {
    let app = CHAPTER.start();
    let page = app.page();
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

#[test]
fn a_value_keeps_its_own_to_json_and_a_call_that_is_made_there_is_its_own() {
    let app = CHAPTER.start();
    let page = app.page();
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
    if has_ping() {
        assert_eq!(page.run("return window.pong"), "Pong");
    }
}
