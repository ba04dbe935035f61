//! The versions that a page is told; a test holds them to Cargo.lock.
//!
//! Electron: `process.versions`, filled in when Electron is built. A crate
//! does not know its dependencies' versions, and these two do not tell them.

/// The version of wry that is used.
pub const WRY: &str = "0.57.1";

/// The version of tao that is used.
pub const TAO: &str = "0.37.2";

#[cfg(test)]
mod tests {
    #[test]
    fn they_are_the_versions_in_cargo_lock() {
        let lock = include_str!("../Cargo.lock");
        for (name, version) in [("wry", super::WRY), ("tao", super::TAO)] {
            let entry = format!("name = \"{name}\"\nversion = \"{version}\"\n");
            assert!(
                lock.contains(&entry),
                "Cargo.lock has another {name} than {version}: \
                 correct common/versions.rs"
            );
        }
    }
}
