//! Electron: `event.sender`, `webContents.send`, `MessagePort`.
//! New: files say which window may call what, and main speaks by itself.
use common::transcript::line;
use common_tauri::{Call, lifecycle, print_calls, window};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;
use tauri::ipc::Channel;
use tauri::webview::PageLoadEvent;
use tauri::{Emitter, Manager, State, WebviewWindow, WindowEvent};

/// The number of the job at work. Another number in its place ends it.
#[derive(Default)]
struct Job(AtomicU32);

fn main() -> common::Result {
    common::start::display()?;
    let app = tauri::Builder::default()
        .manage(Job::default())
        .invoke_handler(print_calls(tauri::generate_handler![
            ping, work, cancel, report
        ]))
        .on_page_load(|view, load| {
            if load.event() == PageLoadEvent::Started {
                view.state::<Job>().end(view.label());
            }
        })
        .on_window_event(|window, event| {
            if let WindowEvent::Destroyed = event {
                window.state::<Job>().end(window.label());
            }
        })
        .build(tauri::generate_context!())?;
    let preload = include_str!("preload.js");
    window(app.handle(), "first", "ch09-tauri-capabilities", preload)?
        .build()?;
    window(app.handle(), "second", "The second window", preload)?.build()?;
    app.run(lifecycle);
    Ok(())
}

impl Job {
    /// Ends the job, if this is the window whose job it is.
    fn end(&self, window: &str) {
        if window == "first" {
            self.0.fetch_add(1, Relaxed);
        }
    }
}

#[tauri::command]
fn ping(call: Call) -> &'static str {
    call.print_reply("Pong")
}

/// Works in steps, and tells of each through the channel before it answers.
#[tauri::command]
async fn work(
    call: Call,
    window: WebviewWindow,
    job: State<'_, Job>,
    steps: u8,
    progress: Channel<u8>,
) -> tauri::Result<&'static str> {
    let this = job.0.fetch_add(1, Relaxed) + 1;
    let mut end = "Done";
    for step in 1..=steps {
        tokio::time::sleep(Duration::from_millis(200)).await;
        if job.0.load(Relaxed) != this {
            end = "Cancelled";
            break;
        }
        line("main → first", format!("channel work {step}"));
        progress.send(step)?;
    }
    // Electron: otherWindow.webContents.send('work', end)
    line("main → second", format!("event work {end:?}"));
    window.emit_to("second", "work", end)?;
    Ok(call.print_reply(end))
}

#[tauri::command]
fn cancel(window: WebviewWindow, job: State<Job>) {
    job.end(window.label());
}

/// Instrumentation: what Tauri refuses never comes to a command, so a page that
/// was refused tells of it here, for the transcript.
#[tauri::command]
fn report() {}
