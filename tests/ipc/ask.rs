//! How a test has the page of `ipc-cases` do what a preload would.
use harness::Page;
use serde_json::Value;

/// Runs a script that has `ipcRenderer`, what is most used of it, and `failure`,
/// which tells what a promise is rejected with.
#[track_caller]
pub fn run(page: &Page<'_>, script: &str) -> Value {
    page.run(&format!(
        "const {{ ipcRenderer }} = electron;
         const {{ invoke, send, on, once, off }} = ipcRenderer;
         const failure = (promise) => promise.then(
           (value) => `resolved with ${{value}}`,
           (why) => `${{why instanceof Error}} ${{why.name}}: ${{why.message}}`);
         {script}"
    ))
}
