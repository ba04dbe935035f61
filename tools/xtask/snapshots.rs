//! Finds snapshots that no test looks at, and those that nobody has accepted.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

/// Snapshots that insta wrote for a reader to accept: a test gave something
/// else than its snapshot, or has none yet.
pub fn pending(folder: &Path) -> io::Result<Vec<PathBuf>> {
    files(folder, &[".snap.new", ".pending-snap"])
}

/// Snapshots that are not in `references`, the list of paths that insta
/// writes, one a line, of the snapshots that the tests have asked for.
pub fn unreferenced(
    folder: &Path,
    references: &str,
) -> io::Result<Vec<PathBuf>> {
    // insta builds its paths with `..` in them: compare what they lead to.
    let asked: HashSet<_> =
        references.lines().flat_map(fs::canonicalize).collect();
    let mut snapshots = files(folder, &[".snap"])?;
    snapshots.retain(|path| {
        path.canonicalize().is_ok_and(|path| !asked.contains(&path))
    });
    Ok(snapshots)
}

fn files(folder: &Path, endings: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.to_string_lossy();
        if path.is_dir() {
            found.extend(files(&path, endings)?);
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(test: &str, names: &[&str]) -> PathBuf {
        let folder = crate::scratch(test);
        fs::create_dir_all(folder.join("snapshots")).unwrap();
        for name in names {
            fs::write(folder.join("snapshots").join(name), "").unwrap();
        }
        folder
    }

    #[test]
    fn a_snapshot_that_waits_to_be_accepted_is_pending() {
        let names = ["a.snap", "b.snap.new", ".c.rs.pending-snap"];
        let folder = folder_with("pending", &names);
        let found = pending(&folder).unwrap();
        let expected = [".c.rs.pending-snap", "b.snap.new"]
            .map(|name| folder.join("snapshots").join(name));
        assert_eq!(found, expected);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_snapshot_that_no_test_asks_for_is_unreferenced() {
        let names = ["a.snap", "b.snap", "c.snap.new"];
        let folder = folder_with("unreferenced", &names);
        let a = folder.join("snapshots/../snapshots/a.snap");
        let gone = folder.join("snapshots/gone.snap");
        let references = format!("{}\n{}\n", a.display(), gone.display());
        let found = unreferenced(&folder, &references).unwrap();
        assert_eq!(found, [folder.join("snapshots/b.snap")]);
        fs::remove_dir_all(folder).unwrap();
    }
}
