//! ch09-tauri-capabilities as its user meets it.
#![cfg(target_os = "linux")]
use harness::App;

const CHAPTER: &str = env!("CARGO_BIN_EXE_ch09-tauri-capabilities");

#[test]
fn plays_as_the_book_shows() {
    let app = App::start(CHAPTER);
    let page = app.page();
    page.click("#work");
    page.wait_for_text("#outcome", "Done");
}
