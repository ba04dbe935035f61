//! Finds the chapters of the book, and those of its packages that bring Tauri.

use crate::{Done, at};
use std::{fs, path::Path};

/// The names of all chapters, in the order of the book.
pub fn all(root: &Path) -> Done<Vec<String>> {
    let folder = root.join("chapters");
    let entries = fs::read_dir(&folder).map_err(at(&folder))?;
    let mut names: Vec<_> = entries
        .flatten()
        .filter(|entry| entry.path().join("Cargo.toml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

/// Every package of the workspace, in two parts, each as arguments for cargo:
/// what has nothing to do with Tauri, and what has. Cargo gives all packages
/// that it builds together the same features of their dependencies, and so the
/// first chapters would be built with another wry than `cargo run -p` uses.
pub fn apart(root: &Path) -> Done<[Vec<String>; 2]> {
    let mut tauri = vec![String::from("common-tauri")];
    tauri.extend(all(root)?.into_iter().filter(|name| {
        root.join("chapters").join(name).join("tauri.conf.json").is_file()
    }));
    let each = |flag: &str| {
        tauri.iter().flat_map(|name| [flag.into(), name.clone()]).collect()
    };
    let without = [vec!["--workspace".into()], each("--exclude")].concat();
    Ok([without, each("-p")])
}

/// The chapter meant by `ch06-open-file`, `ch06`, `06` or `6`.
pub fn find<'a>(names: &'a [String], wanted: &str) -> Option<&'a String> {
    let number = |text: &str| text.parse::<u8>().ok();
    let wanted_number = number(wanted.strip_prefix("ch").unwrap_or(wanted));
    let is_wanted = |name: &&String| {
        let digits = name.trim_start_matches("ch").split('-').next();
        let same =
            wanted_number.is_some_and(|n| digits.and_then(number) == Some(n));
        *name == wanted || same
    };
    names.iter().find(is_wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_is_found_by_name_and_by_number() {
        let names = ["ch01-window", "ch06-open-file", "ch10-context-bridge"]
            .map(String::from);
        for wanted in ["ch06-open-file", "ch06", "ch6", "06", "6"] {
            assert_eq!(find(&names, wanted), Some(&names[1]), "{wanted}");
        }
        assert_eq!(find(&names, "1"), Some(&names[0]));
        assert_eq!(find(&names, "10"), Some(&names[2]));
        for wanted in ["", "ch", "0", "2", "ch06-", "open-file", "-6"] {
            assert_eq!(find(&names, wanted), None, "{wanted}");
        }
    }

    #[test]
    fn a_chapter_is_a_folder_with_a_manifest_and_a_configuration_is_tauris() {
        let root = crate::scratch("chapters");
        for folder in ["chapters/ch02-b", "chapters/ch01-a", "chapters/notes"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        for folder in ["ch02-b", "ch01-a"] {
            let manifest = root.join("chapters").join(folder);
            fs::write(manifest.join("Cargo.toml"), "").unwrap();
        }
        assert_eq!(all(&root).unwrap(), ["ch01-a", "ch02-b"]);
        let config = root.join("chapters/ch02-b/tauri.conf.json");
        fs::write(config, "").unwrap();
        let [without, with] = apart(&root).unwrap().map(|it| it.join(" "));
        let excluded = "--exclude common-tauri --exclude ch02-b";
        assert_eq!(without, format!("--workspace {excluded}"));
        assert_eq!(with, "-p common-tauri -p ch02-b");
        fs::remove_dir_all(root).unwrap();
    }
}
