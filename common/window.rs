//! A window and its lifecycle.
use crate::transcript::line;
use tao::{
    dpi::LogicalSize,
    error::OsError,
    event::{Event, StartCause, WindowEvent},
    event_loop::{ControlFlow, EventLoopWindowTarget},
    window::{Window, WindowBuilder},
};

/// Electron: `new BrowserWindow({ width: 800, height: 600, title })`
///
/// # Errors
/// What the system says when it has no window to give.
pub fn create<T>(
    title: &str,
    target: &EventLoopWindowTarget<T>,
) -> Result<Window, OsError> {
    WindowBuilder::new()
        .with_title(title)
        .with_inner_size(LogicalSize::new(800.0, 600.0))
        .build(target)
}

/// Electron: `app.whenReady()`, and `app.quit()` once the window is closed.
pub fn lifecycle<T>(event: &Event<T>, flow: &mut ControlFlow) {
    *flow = ControlFlow::Wait;
    match event {
        Event::NewEvents(StartCause::Init) => line("main", "ready"),
        Event::WindowEvent { event: WindowEvent::CloseRequested, .. } => {
            line("main", "close requested");
            *flow = ControlFlow::Exit;
        }
        _ => {}
    }
}
