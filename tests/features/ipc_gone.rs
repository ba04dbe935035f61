//! A page that ends without asking.
use super::ipc_hostile::probe::goes_on;
use crate::CHAPTER;
use harness::App;

/// The program loads its page anew, as an app may, and ends with its window.
pub fn a_killed_page_comes_back_and_a_closed_one_closes_its_window(
    app: &mut App,
) {
    goes_on(app, &app.page());
    app.kill_page();
    app.wait_for_line("[main] the page of window 1 is gone: crashed");
    goes_on(app, &app.page());
    app.page().run(CHAPTER.call);
    let errors = app.errors();
    app.page().run("setTimeout(close)");
    app.wait_for_line("[main] the page of window 1 closed itself");
    assert!(app.wait_for_exit().success());
    assert_eq!(app.errors(), errors);
}
