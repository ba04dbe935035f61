//! ch06-open-file as its user meets it, with the real file dialog.
#![cfg(target_os = "linux")]
use harness::App;
use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt, path::PathBuf};

const CHAPTER: &str = env!("CARGO_BIN_EXE_ch06-open-file");

#[test]
fn plays_as_the_book_shows() {
    let app = App::start(CHAPTER);
    let notes = file(&app, "notes.txt");
    let page = app.page();
    page.type_into("#title", "My notes");
    page.click("#title-form button");
    app.wait_for_title("My notes");
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    page.click("#btn");
    app.file_dialog().choose(&notes);
    page.wait_for_text("#filePath", notes.to_str().unwrap());
    app.picture("ch06-open-file");
    app.snapshot_window("ch06_open_file_window");
    assert!(app.close().success());
    app.snapshot_output("ch06_open_file");
}

#[test]
fn a_cancelled_dialog_answers_null_and_the_page_says_so() {
    let app = App::start(CHAPTER);
    let page = app.page();
    page.click("#btn");
    app.file_dialog().cancel();
    page.wait_for_text("#filePath", "No file chosen");
    app.wait_for_line("[main → renderer] reply #1 null");
}

#[test]
fn while_the_dialog_is_open_a_ping_is_answered_and_a_second_dialog_refused() {
    let app = App::start(CHAPTER);
    let page = app.page();
    page.click("#btn");
    let dialog = app.file_dialog();
    page.click("#ping");
    page.wait_for_text("#answer", "Pong");
    page.click("#btn");
    page.wait_for_text("#filePath", "A file dialog is open already");
    dialog.cancel();
    page.wait_for_text("#filePath", "No file chosen");
    page.click("#btn");
    app.file_dialog().cancel();
    app.wait_for_line("[main → renderer] reply #4 null");
}

#[test]
fn a_path_is_shown_as_text_whatever_it_says() {
    let app = App::start(CHAPTER);
    let page = app.page();
    for name in ["a \"quoted\" 'name'.txt", "<b>bold</b> & more.txt"] {
        let path = file(&app, name);
        page.click("#btn");
        app.file_dialog().choose(&path);
        page.wait_for_text("#filePath", path.to_str().unwrap());
    }
    let path = file(&app, "only/two\nlines.txt");
    page.click("#btn");
    app.file_dialog().choose_only_file_in(path.parent().unwrap());
    page.wait_for_text("#filePath", path.to_str().unwrap());
    let inside = page.property("#filePath", "childElementCount");
    assert_eq!(inside, 0);
}

#[test]
fn what_is_not_a_file_is_an_error_with_its_path() {
    let app = App::start(CHAPTER);
    let page = app.page();
    let path = app.home().join("missing.txt");
    page.click("#btn");
    app.file_dialog().choose(&path);
    let error = format!("{} is not a file", path.display());
    page.wait_for_text("#filePath", &error);
}

/// GTK's dialog gives no path for such a name, so it looks like a cancel: the
/// book's page says so.
#[test]
fn a_name_that_is_not_unicode_ends_like_a_cancel() {
    let app = App::start(CHAPTER);
    let folder = app.home().join("only");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join(OsStr::from_bytes(b"caf\xe9.txt")), "").unwrap();
    let page = app.page();
    page.click("#btn");
    app.file_dialog().choose_only_file_in(&folder);
    page.wait_for_text("#filePath", "No file chosen");
}

#[test]
fn closing_the_window_under_an_open_dialog_ends_the_program() {
    let app = App::start(CHAPTER);
    app.page().click("#btn");
    let _dialog = app.file_dialog();
    assert!(app.close().success());
}

/// Makes a file in the private HOME and gives its path.
fn file(app: &App, name: &str) -> PathBuf {
    let path = app.home().join(name);
    let folder = path.parent().expect("it is in HOME");
    fs::create_dir_all(folder).expect("HOME can be written");
    fs::write(&path, "").expect("HOME can be written");
    path
}
