//! ch07-tauri-preload as its user meets it.
#![cfg(target_os = "linux")]
use harness::App;

const CHAPTER: &str = env!("CARGO_BIN_EXE_ch07-tauri-preload");

#[test]
fn plays_as_the_book_shows() {
    let app = App::start(CHAPTER);
    app.page();
    app.picture("ch07-tauri-preload");
    app.snapshot_window("ch07_tauri_preload_window");
    assert!(app.close().success());
    app.snapshot_output("ch07_tauri_preload");
}
