//! `openFile`, with the real file dialog.
use crate::CHAPTER;
use harness::{App, FileDialog, Page};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

#[test]
fn a_choice_is_told_and_a_dialog_is_the_only_one_and_keeps_nobody_waiting() {
    let app = CHAPTER.start();
    let page = app.page();
    a_path_is_shown_as_text_whatever_it_says(&app, &page);
    what_is_not_a_file_is_an_error_with_its_path(&app, &page);
    a_name_that_is_not_unicode_ends_like_a_cancel(&app, &page);
    a_dialog_lets_others_be_answered_and_is_the_only_one(&app, &page);
    closing_the_window_under_an_open_dialog_ends_the_program(&app, &page);
}

fn a_path_is_shown_as_text_whatever_it_says(app: &App, page: &Page<'_>) {
    let path = app.file("a \"quoted\" 'name' & <b>bold</b>.txt");
    page.click("#btn");
    app.file_dialog().choose(&path);
    page.wait_for_text("#filePath", path.to_str().expect("it is Unicode"));
    let path = app.file("lines/two\nlines.txt");
    app.file("lines/z.txt");
    page.click("#btn");
    app.file_dialog().choose_first_file_in(path.parent().expect("a folder"));
    page.wait_for_text("#filePath", path.to_str().expect("it is Unicode"));
    assert_eq!(page.property("#filePath", "childElementCount"), 0);
}

fn what_is_not_a_file_is_an_error_with_its_path(app: &App, page: &Page<'_>) {
    // The second is there, and is no file.
    for path in [&app.home().join("missing.txt"), Path::new("/dev/null")] {
        page.click("#btn");
        app.file_dialog().choose(path);
        let error = format!("{} is not a file", path.display());
        page.wait_for_text("#filePath", &error);
    }
}

/// GTK's dialog gives no path for such a name, so it looks like a cancel: the
/// book's page says so.
fn a_name_that_is_not_unicode_ends_like_a_cancel(app: &App, page: &Page<'_>) {
    let folder = Path::new("not-unicode");
    let path = app.file(folder.join(OsStr::from_bytes(b"caf\xe9.txt")));
    app.file(folder.join("z.txt"));
    page.click("#btn");
    app.file_dialog().choose_first_file_in(path.parent().expect("a folder"));
    page.wait_for_text("#filePath", "No file chosen");
}

fn a_dialog_lets_others_be_answered_and_is_the_only_one(
    app: &App,
    page: &Page<'_>,
) {
    page.click("#btn");
    let dialog = app.file_dialog();
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    the_only_one_is_cancelled(page, dialog);
    // The next one is opened again, and is the only one again.
    page.click("#btn");
    the_only_one_is_cancelled(page, app.file_dialog());
}

fn the_only_one_is_cancelled(page: &Page<'_>, dialog: FileDialog<'_>) {
    page.click("#btn");
    page.wait_for_text("#filePath", "A file dialog is open already");
    dialog.cancel();
    page.wait_for_text("#filePath", "No file chosen");
}

fn closing_the_window_under_an_open_dialog_ends_the_program(
    app: &App,
    page: &Page<'_>,
) {
    page.click("#btn");
    let _dialog = app.file_dialog();
    assert!(app.close().success());
}
