//! Electron: `app.whenReady`, `window-all-closed`, `activate`.
//! New: an event loop, and a window that comes and goes in it.
use common::transcript::line;
use tao::{
    dpi::LogicalSize,
    event::{Event, StartCause, WindowEvent},
    event_loop::{ControlFlow, EventLoop, EventLoopWindowTarget},
    window::{Window, WindowBuilder},
};

fn main() -> common::Result {
    common::start::display()?;
    let event_loop = EventLoop::new();
    let mut windows = Vec::new();
    event_loop.run(move |event, target, flow| {
        *flow = ControlFlow::Wait;
        match event {
            // Electron: app.whenReady().then(createWindow)
            Event::NewEvents(StartCause::Init) => {
                line("main", "ready");
                windows.extend(create_window(target));
                if windows.is_empty() {
                    *flow = ControlFlow::ExitWithCode(1);
                }
            }
            // Electron: win.on('close')
            Event::WindowEvent {
                event: WindowEvent::CloseRequested, ..
            } => {
                line("main", "close requested");
                // A tao window lives as long as its value.
                windows.clear();
            }
            // Electron: app.on('window-all-closed')
            Event::WindowEvent { event: WindowEvent::Destroyed, .. } => {
                line("main", "all windows closed");
                // On macOS an app outlives its windows.
                if !cfg!(target_os = "macos") {
                    line("main", "quit");
                    *flow = ControlFlow::Exit;
                }
            }
            // Electron: app.on('activate'), a click on the Dock; macOS only.
            Event::Reopen { has_visible_windows: false, .. } => {
                windows.extend(create_window(target))
            }
            _ => {}
        }
    })
}

/// Electron: `new BrowserWindow({ width: 800, height: 600 })`
fn create_window(target: &EventLoopWindowTarget<()>) -> Option<Window> {
    let window = WindowBuilder::new()
        .with_title("ch01-window")
        .with_inner_size(LogicalSize::new(800.0, 600.0))
        .build(target);
    match &window {
        Ok(_) => line("main", "window created"),
        Err(error) => line("main", format!("no window: {error}")),
    }
    window.ok()
}
