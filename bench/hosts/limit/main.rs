//! WebKit's own script message with reply, as a host of the benchmark: the
//! least that a call can cost on Linux. A message is a text, a word or such as
//! `echo:…`, and its answer is a text, too.
#[cfg(target_os = "linux")]
mod host;
#[cfg(target_os = "linux")]
mod reply;

#[cfg(target_os = "linux")]
fn main() -> common::Result {
    host::run()
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("Only WebKitGTK is asked for its own messages here.");
}
