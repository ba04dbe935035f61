//! A chapter as the beginning of a reader's own program.

use std::path::{Path, PathBuf};

use checkout::GENERATED;
use toml_edit::{DocumentMut, Item, value};

use crate::copy::rename;
use crate::files::{
    self, CONFIG, Files, MANIFEST, collect, relative, required as text, take,
    with_common_at,
};
use crate::manifest::{Workspace, parse};
use crate::{Failure, Result, at, cargo, fail, read, root, write};

/// What a program of its own takes along from the workspace's folder.
const TAKEN: [&str; 5] = [
    "Cargo.lock",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "clippy.toml",
    "rustfmt.toml",
];

/// Writes a chapter to the folder `to`, as a program that is called as the
/// folder and needs nothing of this workspace. `common` comes along as a crate
/// inside it, and of the crates in `common` those that the chapter needs.
///
/// # Errors
/// When `to` is not a folder that can be made or filled, or its name not one
/// for a program. Nothing is written then.
pub fn eject(chapter: &str, to: &Path) -> Result<PathBuf> {
    let (folder, name) = place(to)?;
    let workspace = Workspace::read()?;
    let mut files = gathered(chapter, &workspace)?;
    let mut manifest =
        workspace.fill_in(text(&files, MANIFEST)?, |it| it.into())?;
    refuse_dependency(&manifest, &name)?;
    let readme = readme(&name, &files, &manifest)?;
    files.insert("README.md".into(), readme.into());
    rename(&mut manifest, &name);
    workspace.make_root(&mut manifest)?;
    files.insert(MANIFEST.into(), manifest.to_string().into());
    for (file, content) in &mut files {
        if let Ok(text) = str::from_utf8(content) {
            *content = own(file, text, chapter, &name)?.into();
        }
    }
    for (file, content) in &files {
        write(&folder.join(file), content)?;
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

/// The files of a chapter as a program of its own, and of all that it needs of
/// the workspace, which keeps its place: `common` is a folder of the program.
fn gathered(chapter: &str, workspace: &Workspace) -> Result<Files> {
    let mut files = collect(&root().join("chapters").join(chapter))?;
    // A program that stands beside the chapter is another one.
    files.remove("alone.rs");
    let packages = workspace.packages(text(&files, MANIFEST)?)?;
    take(&mut files, &packages)?;
    for package in &packages {
        let file = format!("{package}/{MANIFEST}");
        let here = |path: &str| relative(package, path);
        let manifest = workspace.fill_in(text(&files, &file)?, here)?;
        files.insert(file, manifest.to_string().into());
    }
    let mut ignored = "/target\n".to_owned();
    if let Some(config) = files::text(&files, CONFIG) {
        let config = with_common_at(config, "common");
        files.insert(CONFIG.into(), config.into());
        ignored += &GENERATED.map(|it| format!("/{it}\n")).concat();
    }
    files.insert(".gitignore".into(), ignored.into());
    for name in TAKEN {
        files.insert(name.into(), read(&root().join(name))?.into());
    }
    let config = read(&root().join(".cargo/config.toml"))?;
    files.insert(".cargo/config.toml".into(), without_alias(&config)?.into());
    Ok(files)
}

/// A file's text as the program's own: what it says of this workspace goes.
fn own(file: &str, text: &str, chapter: &str, name: &str) -> Result<String> {
    let id = name.replace('_', "-");
    Ok(match file {
        // Two programs with one identifier would share their data.
        CONFIG => text.replace(chapter, &id),
        // In a target folder that programs share, each `common` is another
        // package only if its name or its version is.
        _ if file.starts_with("common/") && file.ends_with(MANIFEST) => {
            let mut manifest = parse(text)?;
            manifest["package"]["version"] = value(format!("0.1.0-{id}"));
            manifest.to_string()
        }
        _ if file.starts_with("common/ipc/") => without_place(text),
        // There is no `cargo x` where this goes.
        "common/start.rs" => text.replace(
            "let `cargo x run` play it on a virtual display.",
            "on a virtual display: `xvfb-run cargo run`.",
        ),
        // A chapter's window is called as the chapter, which says what is new.
        "main.rs" => {
            let mut is_new = false;
            let mut is_kept = |line: &&str| {
                is_new |= line.starts_with("//! New:");
                is_new &= line.starts_with("//!");
                !is_new
            };
            let lines = text.lines().filter(|line| is_kept(line));
            let text: String = lines.map(|it| format!("{it}\n")).collect();
            text.replace(&format!("\"{chapter}\""), &format!("\"{name}\""))
        }
        _ => text.to_owned(),
    })
}

/// A module of the library without the line that says which chapter brings it.
fn without_place(text: &str) -> String {
    let places = ["//! Chapter: ", "// Chapter: "];
    let is_place = |line: &&str| places.iter().any(|it| line.starts_with(it));
    let lines = text.split_inclusive('\n');
    lines.filter(|line| !is_place(line)).collect()
}

/// What a program of one's own is, how it is run, and what it needs. What it
/// mirrors of Electron is the first line of its main.rs.
fn readme(name: &str, files: &Files, manifest: &DocumentMut) -> Result<String> {
    let mut main = text(files, "main.rs")?.lines();
    let electron = main.find_map(|it| it.strip_prefix("//! Electron: "));
    let electron = electron.unwrap_or_default();
    // A thin app on the library needs what that needs.
    let library = files::text(files, "common/ipc/Cargo.toml");
    let library = parse(library.unwrap_or_default())?;
    let tables = ["dependencies", "build-dependencies"];
    let tables = tables.iter().flat_map(|name| {
        let both = [manifest.get(name), library.get(name)].into_iter();
        both.flatten().filter_map(Item::as_table)
    });
    let names = tables.flat_map(|table| table.iter().map(|it| it.0));
    let mut crates = Vec::new();
    for name in names.filter(|it| !it.starts_with("common")) {
        if !crates.contains(&name) {
            crates.push(name);
        }
    }
    let crates = crates.join("`, `");
    Ok(format!(
        "\
# {name}

A program in Rust with a window of its own. It does what Electron does with
{electron}

`cargo run` starts it. The first time takes some minutes, for Cargo builds these
crates and all that they need: `{crates}`.
`common` is a part of the program.

It needs Rust 1.90 or newer. On Linux it needs WebKitGTK 4.1 as well: Debian and
Ubuntu have `build-essential pkg-config libwebkit2gtk-4.1-dev`.

Licence: [Apache-2.0](LICENSE-APACHE) or [MIT](LICENSE-MIT), as you prefer.
"
    ))
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
const RESERVED: [&str; 48] = [
    "abstract", "alloc", "as", "async", "await", "become", "break", "build",
    "common", "const", "continue", "core", "crate", "deps", "do", "dyn",
    "else", "enum", "examples", "extern", "false", "final", "fn", "for", "if",
    "impl", "in", "incremental", "ipc", "let", "loop", "match", "mod", "move",
    "mut", "proc_macro", "pub", "ref", "return", "self", "static", "std",
    "struct", "super", "test", "trait", "type", "use",
];

/// A package that is called as one that it needs would confuse everybody.
fn refuse_dependency(manifest: &DocumentMut, name: &str) -> Result {
    let tables = ["dependencies", "build-dependencies"];
    let mut tables = tables.iter().filter_map(|it| manifest.get(it));
    if tables.any(|table| table.get(name).is_some()) {
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
    use crate::entries;
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
            let folder =
                eject(&chapter, &temporary.path().join(&name)).unwrap();
            let here = root().to_str().unwrap();
            for file in below(&folder) {
                assert!(!file.ends_with("alone.rs"), "{}", file.display());
                // An icon leads nowhere.
                let text = read(&file).unwrap_or_default();
                for trace in
                    [here, "workspace = true", "cargo x", "../..", "alone.rs"]
                {
                    let file = file.display();
                    assert!(!text.contains(trace), "{file}: {trace}");
                }
                // Its own name is made of a chapter's, and its lock file names
                // thousands of crates.
                let text = text.replace(&name, "").to_lowercase();
                let mut lines = text.lines();
                let told = lines.find(|it| it.contains("chapter") || in_ch(it));
                let told = told.filter(|_| !file.ends_with("Cargo.lock"));
                assert_eq!(told, None, "{}", file.display());
            }
            let readme = read(&folder.join("README.md")).unwrap();
            assert!((8..=14).contains(&readme.lines().count()), "{readme}");
            for word in [&*name, "cargo run", "Electron", "Licence"] {
                assert!(readme.contains(word), "{readme}");
            }
            let lock = read(&folder.join("Cargo.lock")).unwrap();
            assert!(lock.contains(&format!("name = \"my-{chapter}\"")));
            assert!(!lock.contains("name = \"harness\""), "{chapter}");
        }
    }

    /// Whether a line names a chapter: `ch05`.
    fn in_ch(line: &str) -> bool {
        let mut rest = line.split("ch").skip(1);
        rest.any(|it| it.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Every file in a folder and in those in it.
    fn below(folder: &Path) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for path in entries(folder).unwrap() {
            match path.is_dir() {
                true => files.extend(below(&path)),
                false => files.push(path),
            }
        }
        files
    }

    #[test]
    fn a_program_takes_along_what_it_needs_of_common_and_no_more() {
        let temporary = tempfile::tempdir().unwrap();
        let ejected = |chapter, name| {
            let to = temporary.path().join(name);
            eject(chapter, &to).unwrap()
        };
        let app = ejected("ch06-open-file", "app");
        assert!(app.join("common/style.css").is_file());
        assert!(!app.join("common/tauri").exists());
        assert!(!read(&app.join(".gitignore")).unwrap().contains("gen"));

        let app = ejected("ch07-tauri-preload", "on-tauri");
        let icon = "common/tauri/icon.png";
        let (icon, own) = (root().join(icon), app.join(icon));
        assert_eq!(fs::read(icon).unwrap(), fs::read(own).unwrap());
        assert!(!app.join("common/tauri/Cargo.toml").exists());
        let config = read(&app.join(CONFIG)).unwrap();
        assert!(config.contains("\"common/style.css\""), "{config}");
        assert!(config.contains("\"tutorial.on-tauri\""), "{config}");
        let ignored = read(&app.join(".gitignore")).unwrap();
        assert_eq!(ignored, "/target\n/gen\n/permissions/autogenerated\n");
    }

    #[test]
    fn of_the_library_comes_what_is_built_and_no_place_in_the_book() {
        let mut files = Files::new();
        take(&mut files, &["common/ipc".to_owned()]).unwrap();
        assert!(files.contains_key("common/ipc/lib.rs"));
        for name in files.keys() {
            let end = &name["common/ipc/".len()..];
            let is_module = !end.contains('/');
            assert!(is_module, "{name}");
        }
        for (module, kept) in [
            (
                "//! One.\n//! Chapter: ch11-values\nuse a;\n",
                "//! One.\nuse a;\n",
            ),
            ("// One.\n// Chapter: ch11-values\nlet a;\n", "// One.\nlet a;\n"),
        ] {
            let own = own("common/ipc/a", module, "ch11-values", "app");
            assert_eq!(own.unwrap(), kept);
        }
    }

    #[test]
    fn a_crate_in_common_finds_its_neighbours() {
        assert_eq!(relative("common/tauri", "common"), "..");
        assert_eq!(relative("common", "common/ipc"), "ipc");
        assert_eq!(relative("common/tauri", "common/ipc"), "../ipc");
        let workspace = Workspace::read().unwrap();
        let needs = |dependency: &str| {
            let manifest =
                format!("[dependencies]\n{dependency}.workspace = true");
            let packages = workspace.packages(&manifest).unwrap();
            packages.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(needs("common"), ["common"]);
        assert_eq!(needs("common-tauri"), ["common", "common/tauri"]);
        assert_eq!(needs("common-ipc"), ["common", "common/ipc"]);
        assert_eq!(needs("tauri"), [""; 0]);
    }
}
