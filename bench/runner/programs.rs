//! Builds the hosts, in release and without what only a debugger reads.

use std::path::{Path, PathBuf};

use workshop::{Patch, Result, WorkingCopy, cargo, fail, root};

use crate::host::Host;
use crate::plan::Can;

/// The hosts, in the order of the tables.
pub fn hosts() -> Result<Vec<Host>> {
    println!(
        "Building the hosts in release: the first time, this takes about ten \
         minutes on\ntwo cores."
    );
    // Those with Tauri apart: it would change wry's features for the others.
    members(&["bench-bare", "bench-limit", "bench-library"])?;
    let ch06 = chapter("ch06-open-file")?;
    members(&["bench-tauri"])?;
    let ch08 = chapter("ch08-tauri-invoke")?;
    let [bare, limit, library, tauri] =
        ["bench-bare", "bench-limit", "bench-library", "bench-tauri"]
            .map(|name| release().join(name));
    let host = |id, way, can, program: &PathBuf| Host {
        id,
        way,
        can,
        program: program.clone(),
    };
    Ok(vec![
        host("bare", "", Can::Nothing, &bare),
        host("plain", "plain", Can::Send, &bare),
        host("limit", "", Can::Answer, &limit),
        host("ch06", "", Can::Answer, &ch06),
        host("library", "", Can::Bytes, &library),
        host("tauri", "fetch", Can::Bytes, &tauri),
        host("post", "post", Can::Bytes, &tauri),
        host("ch08", "", Can::Answer, &ch08),
    ])
}

fn release() -> PathBuf {
    root().join("target/release")
}

/// Builds programs of this workspace together.
fn members(names: &[&str]) -> Result {
    let packages = names.iter().flat_map(|name| ["-p", name]);
    build(&packages.collect::<Vec<_>>())
}

/// Builds a chapter with what the benchmark asks for, and gives its program.
fn chapter(name: &str) -> Result<PathBuf> {
    let manifest = copy(name)?.write()?;
    build(&["--manifest-path", &manifest.to_string_lossy()])?;
    Ok(release().join(format!("{name}-bench")))
}

/// A chapter with the benchmark's page in the place of its own.
pub fn copy(name: &str) -> Result<WorkingCopy> {
    let patch = format!("bench/patches/{name}.patch");
    let mut copy = WorkingCopy::of(name, "bench")?;
    copy.apply(&Patch::read(root(), &patch)?)?;
    for file in ["index.html", "renderer.js"] {
        let path = root().join("bench/page").join(file);
        copy.put(file, read(&path)?);
    }
    Ok(copy)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(why) => fail(format!("cannot read {}: {why}", path.display())),
    }
}

fn build(arguments: &[&str]) -> Result {
    let mut cargo = cargo(&["build", "--release"]);
    cargo
        .args(arguments)
        .arg("--target-dir")
        .arg(root().join("target"))
        .env("CARGO_PROFILE_RELEASE_STRIP", "symbols");
    match cargo.status() {
        Ok(status) if status.success() => Ok(()),
        _ => fail("a host does not compile: cargo says above why"),
    }
}
