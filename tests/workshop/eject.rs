//! A chapter as the beginning of a reader's own program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml_edit::DocumentMut;

use crate::copy::{collect, rename};
use crate::manifest::Workspace;
use crate::{Failure, Result, at, cargo, fail, read, root, write};

/// What a program of its own takes along from the workspace's folder.
const TAKEN: [&str; 4] =
    ["LICENSE-APACHE", "LICENSE-MIT", "clippy.toml", "rustfmt.toml"];

/// Writes a chapter to the folder `to`, as a program that is called as the
/// folder and needs nothing of this workspace. `common` comes along as a crate
/// inside it.
///
/// # Errors
/// When `to` is not a folder that can be made or filled, or its name not one
/// for a program. Nothing is written then.
pub fn eject(chapter: &str, to: &Path) -> Result<PathBuf> {
    let (folder, name) = place(to)?;
    let workspace = Workspace::parse(&read(&root().join("Cargo.toml"))?)?;
    let mut files = BTreeMap::new();
    collect(&root().join("common"), "common/", &mut files)?;
    collect(&root().join("chapters").join(chapter), "", &mut files)?;
    for name in TAKEN {
        files.insert(name.into(), read(&root().join(name))?);
    }
    // There is no `cargo x` where this goes.
    if let Some(start) = files.get_mut("common/start.rs") {
        *start = start.replace(
            "let `cargo x run` play it on a virtual display.",
            "on a virtual display: `xvfb-run cargo run`.",
        );
    }
    for (file, text) in &mut files {
        if file.ends_with("Cargo.toml") {
            let mut manifest = workspace.fill_in(text, "common")?;
            if file == "Cargo.toml" {
                refuse_dependency(&manifest, &name)?;
                rename(&mut manifest, &name);
                workspace.make_root(&mut manifest);
            }
            *text = manifest.to_string();
        }
    }
    let config = read(&root().join(".cargo/config.toml"))?;
    files.insert(".cargo/config.toml".into(), without_alias(&config)?);
    files.insert(".gitignore".into(), "/target\n".into());
    files.insert("Cargo.lock".into(), read(&root().join("Cargo.lock"))?);
    for (file, text) in &files {
        write(&folder.join(file), text)?;
    }
    // Cargo strikes out of Cargo.lock what this program does not need.
    let settled = cargo(&["metadata", "--format-version", "1"])
        .current_dir(&folder)
        .output()
        .map_err(at(Path::new("cargo")))?;
    if !settled.status.success() {
        return fail(format!(
            "{} is written, but cargo does not accept it:\n{}",
            folder.display(),
            String::from_utf8_lossy(&settled.stderr)
        ));
    }
    Ok(folder)
}

/// Where to write, and the program's name; or why that cannot be.
fn place(to: &Path) -> Result<(PathBuf, String)> {
    let shown = to.display();
    let refuse = |why: String| Err(Failure::usage(why));
    let name = to.file_name().and_then(|name| name.to_str());
    let name = name.unwrap_or_default().to_owned();
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_alphabetic())
        || !name.chars().all(letters)
        || RESERVED.contains(&name.as_str())
    {
        return refuse(format!(
            "`{shown}` does not end in a name for a program: a letter, then \
             letters, digits, `-` and `_`, and no word of Rust or Cargo. \
             Another name: ../my-app"
        ));
    }
    // The folder is only made when all is well, its parent has to be there.
    let parent = match to.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let Ok(parent) = parent.canonicalize() else {
        return refuse(format!(
            "there is no folder {}: make it first, or choose another",
            parent.display()
        ));
    };
    let here = root().canonicalize().map_err(at(root()))?;
    if parent.starts_with(&here) && !parent.starts_with(here.join("target")) {
        return refuse(format!(
            "{shown} is inside the tutorial, which a program of its own \
             should not be: choose a folder outside, ../{name}"
        ));
    }
    let folder = parent.join(&name);
    let free = match folder.read_dir() {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => folder.symlink_metadata().is_err(),
    };
    if !free {
        return refuse(format!(
            "{} is there already, and nothing is overwritten: choose another \
             name, or remove it yourself",
            folder.display()
        ));
    }
    Ok((folder, name))
}

/// Names that Cargo or Rust keep for themselves, or that the program contains.
#[rustfmt::skip]
const RESERVED: [&str; 47] = [
    "abstract", "alloc", "as", "async", "await", "become", "break", "build",
    "common", "const", "continue", "core", "crate", "deps", "do", "dyn",
    "else", "enum", "examples", "extern", "false", "final", "fn", "for", "if",
    "impl", "in", "incremental", "let", "loop", "match", "mod", "move", "mut",
    "proc_macro", "pub", "ref", "return", "self", "static", "std", "struct",
    "super", "test", "trait", "type", "use",
];

/// A package that is called as one that it needs would confuse everybody.
fn refuse_dependency(manifest: &DocumentMut, name: &str) -> Result {
    if manifest["dependencies"].get(name).is_some() {
        return Err(Failure::usage(format!(
            "`{name}` is the name of a crate that the program uses: choose \
             another name"
        )));
    }
    Ok(())
}

/// Cargo's settings without `cargo x`.
fn without_alias(config: &str) -> Result<String> {
    let Ok(mut config) = config.parse::<DocumentMut>() else {
        return fail(".cargo/config.toml is no TOML: correct it");
    };
    config.remove("alias");
    Ok(config.to_string().trim_start().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_folder_that_would_be_overwritten_or_has_no_name_is_refused() {
        let temporary = tempfile::tempdir().unwrap();
        let at = |name: &str| temporary.path().join(name);
        fs::create_dir(at("full")).unwrap();
        fs::write(at("full/file"), "mine").unwrap();
        fs::write(at("file"), "mine").unwrap();
        for (path, why) in [
            (at("full"), "nothing is overwritten"),
            (at("file"), "nothing is overwritten"),
            (at("none/app"), "there is no folder"),
            (at("7up"), "a name for a program"),
            (at("my app"), "a name for a program"),
            (at("übung"), "a name for a program"),
            (at("fn"), "a name for a program"),
            (at(".."), "a name for a program"),
            (at("wry"), "the name of a crate"),
            (PathBuf::new(), "a name for a program"),
            (root().join("my-app"), "inside the tutorial"),
            (root().join("chapters/ch99-mine"), "inside the tutorial"),
        ] {
            let refused = eject("ch06-open-file", &path).expect_err(why);
            assert_eq!(refused.code, 2);
            let message = refused.message;
            assert!(message.contains(why), "{}: {message}", path.display());
        }
        assert_eq!(fs::read_to_string(at("full/file")).unwrap(), "mine");
        assert_eq!(fs::read_to_string(at("file")).unwrap(), "mine");
        assert_eq!(fs::read_dir(temporary.path()).unwrap().count(), 2);
    }

    #[test]
    fn nothing_in_it_leads_back_to_the_workspace() {
        let temporary = tempfile::tempdir().unwrap();
        for chapter in crate::chapters().unwrap() {
            let name = format!("my-{chapter}");
            let folder = eject(&chapter, &temporary.path().join(name)).unwrap();
            let mut files = BTreeMap::new();
            collect(&folder, "", &mut files).unwrap();
            let here = root().to_str().unwrap();
            for (file, text) in &files {
                for trace in [here, "workspace = true", "cargo x", "../.."] {
                    assert!(!text.contains(trace), "{chapter}/{file}: {trace}");
                }
            }
            let lock = &files["Cargo.lock"];
            assert!(lock.contains(&format!("name = \"my-{chapter}\"")));
            assert!(!lock.contains("name = \"harness\""), "{chapter}");
        }
    }
}
