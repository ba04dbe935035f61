//! How a test has the page of `ipc-cases` do what a preload would.
use harness::App;
pub use run::run;

#[path = "run.rs"]
mod run;

pub fn start() -> App {
    App::start(env!("CARGO_BIN_EXE_ipc-cases"))
}
