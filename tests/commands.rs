//! `cargo x` in a checkout that was copied or moved, and into a closed pipe.
#![cfg(target_os = "linux")]
use std::fs;
use std::process::{Command, Stdio};

const XTASK: &str = env!("CARGO_BIN_EXE_xtask");

#[test]
fn a_program_from_another_checkout_acts_on_the_one_it_is_run_in() {
    let name = format!("tutorial-copied-{}", std::process::id());
    let copy = std::env::temp_dir().join(name);
    fs::create_dir_all(copy.join("chapters/ch77-copied")).unwrap();
    for file in ["Cargo.toml", "chapters/ch77-copied/Cargo.toml"] {
        fs::write(copy.join(file), "").unwrap();
    }
    // As cargo runs it, and as it is without cargo.
    let mut by_cargo = Command::new(XTASK);
    by_cargo
        .env("CARGO_MANIFEST_DIR", copy.join("tools/xtask"))
        .current_dir("/");
    let mut alone = Command::new(XTASK);
    alone.env_remove("CARGO_MANIFEST_DIR").current_dir(copy.join("chapters"));
    for mut command in [by_cargo, alone] {
        let asked = command.args(["run", "ch99"]).output().unwrap();
        let said = String::from_utf8_lossy(&asked.stderr);
        assert!(said.ends_with(":\n  ch77-copied\n"), "{said}");
    }
    fs::remove_dir_all(copy).unwrap();
}

#[test]
fn help_may_be_read_in_part() {
    let mut help = Command::new(XTASK);
    help.arg("help").stdout(Stdio::piped()).stderr(Stdio::piped());
    // Nobody reads: as if `head` had ended before it began.
    let mut help = help.spawn().unwrap();
    drop(help.stdout.take());
    let ended = help.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success() && said.is_empty(), "{said}");
}
