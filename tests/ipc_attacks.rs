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
fn explore() {
    let app = CHAPTER.start();
    let page = app.page();
    let names = page.run(&format!("{JS} return Object.keys(hostile)"));
    page.run(
        "window.f = document.createElement('iframe'); document.body.append(f);",
    );
    let mut id = 0;
    for name in names.as_array().unwrap() {
        for view in ["window", "f.contentWindow"] {
            let begun = Instant::now();
            let n = app.output().lines().count();
            let r = page.run_with(&format!("{JS} try {{ postHostile(arguments[0], {view}); return 'sent' }} catch (e) {{ return String(e) }}"), &[name.clone()]);
            id += 1;
            page.run_with(
                "webkit.messageHandlers.ipc.postMessage(arguments[0])",
                &[format!("[\"probe\",{id},\"probe\",[]]").into()],
            );
            app.wait_until("a", || {
                app.output().lines().any(|l| {
                    l.starts_with(&format!("[main → renderer] error #{id} "))
                })
            });
            let out = app.output();
            let l: Vec<_> =
                out.lines().skip(n).filter(|l| !l.contains("probe")).collect();
            println!("{:?} {name} {view} {r} {l:?}", begun.elapsed());
            if begun.elapsed() < std::time::Duration::from_millis(150) {
                std::thread::sleep(
                    std::time::Duration::from_millis(150) - begun.elapsed(),
                );
            }
        }
    }
    println!("{}", app.errors());
    assert!(app.close().success());
}
