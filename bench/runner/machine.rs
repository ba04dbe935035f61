//! What it is measured on.

use std::fs;
use std::process::Command;
use std::thread;

use serde_json::Value;
use workshop::cargo;

/// A word for each thing, and what it is here.
pub fn machine() -> Vec<(String, String)> {
    let cpu = value("/proc/cpuinfo", "model name", ':');
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let memory = value("/proc/meminfo", "MemTotal", ':');
    let kib: f64 = memory.trim_end_matches(" kB").parse().unwrap_or_default();
    let webkit = said("pkg-config", &["--modversion", "webkit2gtk-4.1"]);
    let mut machine = vec![
        ("CPU".into(), cpu),
        ("cores".into(), cores.to_string()),
        ("memory".into(), format!("{:.0} GiB", kib / f64::from(1 << 20))),
        ("system".into(), value("/etc/os-release", "PRETTY_NAME", '=')),
        ("kernel".into(), said("uname", &["-sr"])),
        ("display".into(), "Xvfb".into()),
        ("WebKitGTK".into(), webkit),
        ("Rust".into(), said("rustc", &["--version"])),
    ];
    machine.extend(["wry", "tao", "tauri"].map(|it| (it.into(), version(it))));
    machine
}

/// What a file of lines says about a word.
fn value(file: &str, word: &str, divider: char) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let mut values = text.lines().filter_map(|line| line.split_once(divider));
    let found = values.find(|(key, _)| key.trim() == word);
    let (_, value) = found.unwrap_or_default();
    value.trim().trim_matches('"').into()
}

fn said(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output();
    let said = output.map(|it| it.stdout).unwrap_or_default();
    String::from_utf8_lossy(&said).trim().into()
}

/// The version of a crate in Cargo.lock.
fn version(name: &str) -> String {
    let output = cargo(&["metadata", "--format-version", "1"]).output();
    let output = output.map(|it| it.stdout).unwrap_or_default();
    let told: Value = serde_json::from_slice(&output).unwrap_or_default();
    let packages = told["packages"].as_array().cloned().unwrap_or_default();
    let found = packages.iter().find(|it| it["name"] == name);
    let version = found.and_then(|it| it["version"].as_str());
    version.unwrap_or_default().into()
}
