//! Builds the program that a reader has written.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Builds the program in `folder` and gives where it is. Cargo says itself,
/// on the terminal, what it does and what does not compile.
pub fn compile(folder: &Path) -> Result<PathBuf, String> {
    let shown = folder.display();
    let cargo = env::var_os("CARGO").unwrap_or("cargo".into());
    let output = Command::new(cargo)
        .args(["build", "--message-format=json-render-diagnostics"])
        .current_dir(folder)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| {
            format!("cargo did not start ({error}): is it in PATH?")
        })?;
    if !output.status.success() {
        return Err(format!(
            "{shown} does not build yet: correct what cargo says above, its \
             first error first, and check again"
        ));
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    program(&messages).ok_or_else(|| {
        format!("{shown} builds no program: it needs a main.rs with a [[bin]]")
    })
}

/// The last program that cargo tells of.
fn program(messages: &str) -> Option<PathBuf> {
    let mut programs = messages.lines().filter_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message["executable"].as_str()?))
    });
    programs.next_back()
}
