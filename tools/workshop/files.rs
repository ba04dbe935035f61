//! The files of a package, as they are copied and changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{Result, at, fail, root};

/// What a package says to Cargo.
pub(crate) const MANIFEST: &str = "Cargo.toml";

/// Where Tauri's configuration stands in a package.
pub(crate) const CONFIG: &str = "tauri.conf.json";

/// How the configuration of a chapter names a file of `common`.
const TO_COMMON: &str = "../../common/";

/// Contents by their names, which are paths with `/` from the package's
/// folder. Not all are text: a program has an icon.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Reads all files of a package.
pub(crate) fn collect(package: &Path) -> Result<Files> {
    let read = |name: String| {
        let path = package.join(&name);
        let content = fs::read(&path).map_err(at(&path))?;
        Ok((name, content))
    };
    checkout::files(package)?.into_iter().map(read).collect()
}

/// A file's text; nothing if there is no such file or it is no text.
pub(crate) fn text<'a>(files: &'a Files, name: &str) -> Option<&'a str> {
    files.get(name).and_then(|content| str::from_utf8(content).ok())
}

/// The files of `common` that Tauri's configuration names, as paths from
/// there.
fn named(config: &str) -> Vec<String> {
    let start = format!("\"{TO_COMMON}");
    let paths = config.split(&start).skip(1);
    paths.filter_map(|path| Some(path.split_once('"')?.0.into())).collect()
}

/// Tauri's configuration, for a package that has `common` at another place.
pub(crate) fn with_common_at(config: &str, common: &str) -> String {
    // A path on Windows has to be escaped.
    let quoted = Value::from(format!("{common}/")).to_string();
    let start = quoted.trim_end_matches('"');
    config.replace(&format!("\"{TO_COMMON}"), start)
}

/// Adds packages of `common` to the files of a chapter, each of which keeps its
/// place: `common` is a folder of the program then. What shows or tries a package
/// does not come along.
pub(crate) fn take<'a>(
    files: &mut Files,
    packages: impl IntoIterator<Item = &'a String>,
) -> Result {
    for package in packages {
        let mut taken = collect(&root().join(package))?;
        taken.retain(|name, _| {
            !["benches/", "examples/", "tests/"]
                .iter()
                .any(|folder| name.starts_with(folder))
        });
        let taken = taken.into_iter();
        files.extend(taken.map(|(name, it)| (format!("{package}/{name}"), it)));
    }
    if files.contains_key(CONFIG) && files.contains_key("common/Cargo.toml") {
        for name in named(required(files, CONFIG)?) {
            let path = root().join("common").join(&name);
            let content = fs::read(&path).map_err(at(&path))?;
            files.insert(format!("common/{name}"), content);
        }
    }
    Ok(())
}

/// The text of a file that has to be there.
pub(crate) fn required<'a>(files: &'a Files, name: &str) -> Result<&'a str> {
    match text(files, name) {
        Some(text) => Ok(text),
        None => fail(format!("there is no {name}, or it is no text")),
    }
}

/// The way from one folder of the workspace to another: from `common/tauri`
/// to `common`, it is `..`.
pub(crate) fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<_>, Vec<_>) =
        (from.split('/').collect(), to.split('/').collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from[shared..].iter().map(|_| "..");
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = r#"{
  "identifier": "a",
  "build": { "frontendDist": ["index.html", "../../common/style.css"] },
  "bundle": { "icon": ["../../common/tauri/icon.png"] }
}"#;

    #[test]
    fn a_configuration_leads_to_common_wherever_that_is() {
        assert_eq!(named(CONFIG), ["style.css", "tauri/icon.png"]);
        let here = CONFIG.replace("../../common/", "common/");
        assert_eq!(with_common_at(CONFIG, "common"), here);
        let windows = CONFIG.replace("../../common/", r"C:\\a\\common/");
        assert_eq!(with_common_at(CONFIG, r"C:\a\common"), windows);
    }
}
