//! ch04: the page resizes the window, within the limits that main sets.

use harness::Window;

use crate::check::Check;
use crate::finding::{Finding, Wrong, expect};

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    check.exposes("electronAPI", "setSize")?;
    expect("setSize(640, 480) to send set-size [640,480]", || {
        let seen = check.ask("electronAPI.setSize(640, 480)")?;
        let sent = "[renderer → main] send set-size [640,480]";
        match check.within(|| check.line(0, sent)) {
            Some(_) => Ok(()),
            None => Err(check.ended().unwrap_or_else(|| {
                let line = check.line(0, "[renderer → main] ");
                Wrong::new(
                    line.unwrap_or(format!("{seen}, and no message")),
                    "electronAPI in preload.js: channel, width, height",
                )
            })),
        }
    })?;
    for (width, height) in
        [(640.0, 480.0), (200.0, 1600.0), (1600.0, 200.0), (700.5, 500.25)]
    {
        becomes(check, width, height)?;
    }
    for args in [
        "[199,480]",
        "[640,1601]",
        // A number that is rounded first would be allowed.
        "[199.9,480]",
        "[640,1600.4]",
        "[-640,480]",
        "[\"640\",480]",
        "[640]",
        "[640,null]",
        "[640,480,0]",
        "[]",
    ] {
        refuses(check, args)?;
    }
    Ok(())
}

/// Speaks to main past the preload, as any script in the page can.
fn post(check: &Check<'_>, args: &str) -> Result<(), Wrong> {
    let message = format!("[\"set-size\",{args}]");
    check.script(&format!("ipc.postMessage('{message}')")).map(drop)
}

/// A window has whole pixels, so what is between two of them becomes one.
fn becomes(check: &Check<'_>, w: f64, h: f64) -> Result<(), Finding> {
    expect(format!("set-size [{w},{h}] to make the window {w} × {h}"), || {
        let lines = check.lines();
        post(check, &format!("[{w},{h}]"))?;
        let size = || check.app.window();
        let near =
            |seen: u16, wanted: f64| (f64::from(seen) - wanted).abs() < 1.0;
        let right = |it: Window| near(it.width, w) && near(it.height, h);
        if check.within(|| right(size()).then_some(())).is_some() {
            return Ok(());
        }
        Err(match check.line(lines, "[main] refused: ") {
            Some(why) if why.starts_with("No listener") => Wrong::new(
                format!("a refusal: {why}"),
                "on_message in main.rs: there is no arm for \"set-size\" yet",
            ),
            Some(why) => Wrong::new(
                format!("a refusal: {why}"),
                "main.rs: 200 and 1600 are allowed, and every number between \
                 them; an f64 reads each",
            ),
            None => Wrong::new(
                format!("the window is {}", shown(&size())),
                "main.rs: window.set_inner_size(LogicalSize::new(width, \
                 height))",
            ),
        })
    })
}

fn refuses(check: &Check<'_>, args: &str) -> Result<(), Finding> {
    expect(format!("main to refuse set-size {args}"), || {
        let (size, lines) = (check.app.window(), check.lines());
        post(check, args)?;
        let seen = check.within(|| {
            if let Some(wrong) = check.ended() {
                return Some(Err(wrong));
            }
            let now = check.app.window();
            if now != size {
                return Some(Err(Wrong::new(
                    format!("the window is {} now", shown(&now)),
                    "main.rs: return an `Err` before the window is touched",
                )));
            }
            check.line(lines, "[main] refused: ").map(|_| Ok(()))
        });
        seen.unwrap_or_else(|| {
            Err(Wrong::new(
                "nothing: no new size and no refusal",
                "main.rs: return an `Err`, so that on_message tells of it",
            ))
        })
    })
}

fn shown(window: &Window) -> String {
    format!("{} × {}", window.width, window.height)
}
