//! Builds the hosts, in release and without what only a debugger reads.

use std::path::PathBuf;

use workshop::{Break, Patch, Result, WorkingCopy, cargo, fail, root};

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
    let ch06 = chapter(&by_hand("ch06-open-file")?)?;
    let alone = chapter(&one_by_one()?)?;
    members(&["bench-tauri"])?;
    let ch08 = chapter(&by_hand("ch08-tauri-invoke")?)?;
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
        host("alone", "", Can::Call, &alone),
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

/// Builds a changed chapter, and gives its program.
fn chapter(copy: &WorkingCopy) -> Result<PathBuf> {
    let manifest = copy.write()?;
    build(&["--manifest-path", &manifest.to_string_lossy()])?;
    let name = copy.folder();
    Ok(release().join(name.file_name().unwrap_or_default()))
}

/// A chapter that does what the benchmark asks for.
pub fn by_hand(name: &str) -> Result<WorkingCopy> {
    changed(name, &Patch::read(root(), &format!("bench/patches/{name}.patch"))?)
}

/// The library as a host, with the first mistake of ch13: no message travels
/// with others.
pub fn one_by_one() -> Result<WorkingCopy> {
    let mut copy = changed("ch13-push", &Break::find("ch13-push", "1")?.patch)?;
    for file in ["main.rs", "preload.js"] {
        let text = read(&format!("bench/hosts/library/{file}"))?;
        copy.put(file, text.replace("../../page/", ""));
    }
    Ok(copy)
}

/// A chapter with the benchmark's page in the place of its own.
fn changed(name: &str, patch: &Patch) -> Result<WorkingCopy> {
    let mut copy = WorkingCopy::of(name, "bench")?;
    copy.apply(patch)?;
    for file in ["index.html", "renderer.js"] {
        copy.put(file, read(&format!("bench/page/{file}"))?);
    }
    Ok(copy)
}

fn read(name: &str) -> Result<String> {
    match std::fs::read_to_string(root().join(name)) {
        Ok(text) => Ok(text),
        Err(why) => fail(format!("cannot read {name}: {why}")),
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
