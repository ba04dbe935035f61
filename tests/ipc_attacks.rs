//! explore
#![cfg(target_os = "linux")]
use harness::Chapter;
use std::time::Instant;

const CHAPTER: Chapter = Chapter {
    apis: &[("electron", &["contextBridge", "ipcRenderer"])],
    globals: &["__ipc", "__preloaded"],
    call: "electron.ipcRenderer.invoke('ping')",
    ..Chapter::new(env!("CARGO_BIN_EXE_ipc-cases"))
};
const JS: &str = include_str!("features/hostile.js");

#[test]
fn explore4() {
    let app = CHAPTER.start();
    let page = app.page();
    page.run("setTimeout(() => print(), 200)");
    std::thread::sleep(std::time::Duration::from_secs(3));
    println!("windows {:?}", app.windows());
    app.close_window("ipc-cases");
    std::thread::sleep(std::time::Duration::from_secs(3));
    println!("print: running {} {:?}", app.is_running(), app.windows());
    println!("{}", app.output());
    println!("{}", app.errors());
}
#[test]
fn explore5() {
    let app = CHAPTER.start();
    let page = app.page();
    page.run("setTimeout(() => alert('a'), 200)");
    std::thread::sleep(std::time::Duration::from_secs(3));
    println!("windows {:?}", app.windows());
    app.close_window("ipc-cases");
    std::thread::sleep(std::time::Duration::from_secs(3));
    println!("alert: running {} {:?}", app.is_running(), app.windows());
    println!("{}", app.output());
    println!("{}", app.errors());
}
