//! Builds the program that a reader has written.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Builds the program in `folder` and gives where it is. Cargo says itself,
/// on the terminal, what it does and what does not compile.
pub fn compile(folder: &Path) -> Result<PathBuf, String> {
    let shown = folder.display();
    if lacks_its_workspace(folder) {
        return Err(format!(
            "the Cargo.toml in {shown} takes versions from a workspace, and is \
             in none: `cargo x eject` makes a folder that stands by itself"
        ));
    }
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

/// Whether the folder of a chapter was copied to where no workspace is.
fn lacks_its_workspace(folder: &Path) -> bool {
    let says = |folder: &Path, text| {
        let manifest = fs::read_to_string(folder.join("Cargo.toml"));
        manifest.is_ok_and(|manifest| manifest.contains(text))
    };
    says(folder, "workspace = true")
        && !folder.ancestors().any(|it| says(it, "[workspace"))
}

/// The last program that cargo tells of.
fn program(messages: &str) -> Option<PathBuf> {
    let mut programs = messages.lines().filter_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        Some(PathBuf::from(message["executable"].as_str()?))
    });
    programs.next_back()
}
