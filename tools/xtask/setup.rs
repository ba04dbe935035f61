//! Looks for what the chapters are built and tested with, and installs it.
//!
//! No crate knows what WebKitGTK's packages are called on each distribution, and
//! none may be needed: this runs before anything else can be built.

use crate::{Done, fail};
use std::{
    env, fs,
    io::{self, IsTerminal},
    path::Path,
    process::{Command, Stdio},
};

/// What the machine must be able to do.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Need {
    Build,
    /// Build, and play chapters on a virtual display.
    Test,
    /// Test, and play chapters on Wayland.
    Prove,
}

/// May system packages be installed? `--yes` and `--no-install` say it; where
/// nothing is said, ask on a terminal.
pub type Consent = Option<bool>;

/// How a family of Linux distributions installs what is needed.
struct Manager {
    /// The names that its distributions have in /etc/os-release.
    ids: &'static [&'static str],
    /// What brings its list of packages up to date, where that has been tried.
    update: Option<&'static str>,
    install: &'static str,
    build: &'static str,
    test: &'static str,
}

/// What shows chapters on Wayland has this name with every manager.
const PROVE: &str = "weston";

const MANAGERS: [Manager; 4] = [
    Manager {
        ids: &["debian", "ubuntu"],
        update: Some("apt-get update"),
        install: "env DEBIAN_FRONTEND=noninteractive apt-get install -y \
                  --no-install-recommends",
        build: "build-essential pkg-config libwebkit2gtk-4.1-dev",
        test: "xvfb webkit2gtk-driver fonts-dejavu-core git",
    },
    Manager {
        ids: &["fedora", "rhel", "centos"],
        update: None,
        install: "dnf install",
        build: "gcc pkgconf-pkg-config webkit2gtk4.1-devel",
        test: "xorg-x11-server-Xvfb /usr/bin/WebKitWebDriver \
               dejavu-sans-fonts git",
    },
    Manager {
        ids: &["arch"],
        update: None,
        install: "pacman -S --needed",
        build: "base-devel webkit2gtk-4.1",
        test: "xorg-server-xvfb webkitgtk-6.0 ttf-dejavu git",
    },
    Manager {
        ids: &["suse", "opensuse"],
        update: None,
        install: "zypper install",
        build: "gcc pkg-config webkit2gtk3-devel",
        test: "xorg-x11-server-Xvfb /usr/bin/WebKitWebDriver dejavu-fonts \
               git",
    },
];

/// Makes sure that the machine has what is needed, or says what it lacks and
/// how to get it. `again` is the command to repeat once it is there.
pub fn ensure(need: Need, consent: Consent, again: &str) -> Done {
    let missing = missing(need);
    if missing.is_empty() {
        return Ok(());
    }
    println!("This machine lacks {}.", names(&missing));
    let os_release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let Some(manager) = manager_of(&os_release) else {
        let debian = packages(&MANAGERS[0], &missing);
        return fail(format!(
            "this distribution is not known here. Install what Debian calls:\
             \n  {debian}\nthen run `{again}` again"
        ));
    };
    let root = is_root();
    let command = install(manager, root, &missing);
    let Some(update) = manager.update.map(|line| sudo(root, line)) else {
        return fail(format!(
            "install it with this (package names not tried here):\n  \
             {command}\nthen run `{again}` again"
        ));
    };
    if !may_install(consent, io::stdin().is_terminal(), root, &command)? {
        return fail(format!(
            "install it with:\n  {update}\n  {command}\nthen run `{again}` again"
        ));
    }
    shell(&update)?;
    // Made once more: now the package manager knows today's names.
    shell(&install(manager, root, &missing))?;
    match names(&self::missing(need)).as_str() {
        "" => Ok(()),
        left => fail(format!(
            "all is installed, but this machine still lacks {left}: look at \
             PATH and PKG_CONFIG_PATH"
        )),
    }
}

/// One thing that a Linux machine lacks.
type Missing = (Need, &'static str);

fn missing(need: Need) -> Vec<Missing> {
    // macOS and Windows bring the web view, and Rust's own set-up the linker.
    if !cfg!(target_os = "linux") {
        return Vec::new();
    }
    // WebKitGTK's answer speaks for GTK as well, which it requires.
    let webkit = succeeds("pkg-config", &["--exists", "webkit2gtk-4.1"]);
    let pieces = [
        (Need::Build, "a C compiler and linker (cc)", in_path("cc")),
        (Need::Build, "pkg-config", in_path("pkg-config")),
        (Need::Build, "WebKitGTK 4.1 to build with", webkit),
        (Need::Test, "Xvfb, the virtual display", in_path("Xvfb")),
        (Need::Test, "WebKitWebDriver", in_path("WebKitWebDriver")),
        (Need::Test, "the font DejaVu Sans", has_font()),
        (Need::Test, "git", in_path("git")),
        (Need::Prove, "weston, a Wayland compositor", in_path("weston")),
    ];
    let lacks = |&(of, _, found): &(Need, _, bool)| !found && of <= need;
    pieces.into_iter().filter(lacks).map(|(of, name, _)| (of, name)).collect()
}

fn names(missing: &[Missing]) -> String {
    missing.iter().map(|(_, name)| *name).collect::<Vec<_>>().join("; ")
}

/// May this command be run? Asks, where that is left open and somebody is
/// there.
fn may_install(
    consent: Consent,
    terminal: bool,
    root: bool,
    command: &str,
) -> Done<bool> {
    match consent {
        Some(may) => Ok(may),
        None if terminal => {
            println!("Install it with this command? [Y/n]\n  {command}");
            let mut answer = String::new();
            io::stdin()
                .read_line(&mut answer)
                .or_else(|e| fail(format!("no answer could be read: {e}")))?;
            Ok(is_yes(&answer))
        }
        None if root => {
            println!(
                "Installing it: this is root, and nobody is there to ask. \
                 (--no-install would not.)"
            );
            Ok(true)
        }
        None => Ok(false),
    }
}

/// The Enter key alone is a yes; the end of the input is not.
fn is_yes(answer: &str) -> bool {
    ["\n", "y\n", "yes\n"].contains(&answer.to_lowercase().as_str())
}

/// The manager of the distribution that an os-release file describes: by its
/// own name, or by that of its first known relative.
fn manager_of(os_release: &str) -> Option<&'static Manager> {
    let value = |key| os_release.lines().find_map(|l| l.strip_prefix(key));
    let ids = [value("ID="), value("ID_LIKE=")].into_iter().flatten();
    ids.flat_map(|ids| ids.trim_matches(['"', '\'']).split_whitespace())
        .find_map(|id| MANAGERS.iter().find(|m| m.ids.contains(&id)))
}

fn packages(manager: &Manager, missing: &[Missing]) -> String {
    let mut packages = [
        (Need::Build, manager.build),
        (Need::Test, manager.test),
        (Need::Prove, PROVE),
    ]
    .to_vec();
    packages.retain(|(need, _)| missing.iter().any(|it| it.0 == *need));
    packages.iter().map(|it| it.1).collect::<Vec<_>>().join(" ")
}

fn install(manager: &Manager, root: bool, missing: &[Missing]) -> String {
    let mut packages = packages(manager, missing);
    // What Debian 12 calls webkit2gtk-driver has a new name in Ubuntu 26.04.
    if apt_has("webkitgtk-webdriver") {
        packages = packages.replace("webkit2gtk-driver", "webkitgtk-webdriver");
    }
    sudo(root, &format!("{} {packages}", manager.install))
}

fn sudo(root: bool, command: &str) -> String {
    format!("{}{command}", if root { "" } else { "sudo " })
}

/// Shows and runs a command of plain words.
fn shell(line: &str) -> Done {
    println!("$ {line}");
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    match command.args(words).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => fail(format!(
            "`{line}` failed ({status}): its own message is above. Without a \
             network, or while another program installs, try again later"
        )),
        Err(error) => fail(format!(
            "`{line}` did not start ({error}): run it yourself, as root"
        )),
    }
}

fn succeeds(program: &str, args: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(args).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Whether apt could install a package. `madison` is silent about a name that
/// other packages only mention; `show` is not.
fn apt_has(package: &str) -> bool {
    let versions =
        Command::new("apt-cache").args(["madison", package]).output();
    versions.is_ok_and(|versions| !versions.stdout.is_empty())
}

fn in_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn has_font() -> bool {
    const DEBIAN: &str = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
    let list = Command::new("fc-list").arg("DejaVu Sans").output();
    Path::new(DEBIAN).is_file()
        || list.is_ok_and(|list| !list.stdout.is_empty())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distribution_is_known_by_its_name_or_its_relatives() {
        for (os_release, tool) in [
            ("NAME=x\nID=debian\n", "apt-get"),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"", "apt-get"),
            ("VERSION_ID=41\nID=fedora", "dnf"),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"", "dnf"),
            ("ID=manjaro\nID_LIKE=arch", "pacman"),
            ("ID='opensuse-leap'\nID_LIKE='suse opensuse'", "zypper"),
        ] {
            let manager = manager_of(os_release).expect(os_release);
            assert!(manager.install.contains(tool), "{os_release}");
        }
        assert!(manager_of("ID=nixos").is_none());
        assert!(manager_of("").is_none());
    }

    #[test]
    fn only_what_is_missing_is_installed() {
        let line = |needs: &[_]| {
            let missing: Vec<_> = needs.iter().map(|it| (*it, "")).collect();
            install(&MANAGERS[1], false, &missing)
        };
        let (build, test) = (MANAGERS[1].build, MANAGERS[1].test);
        let both = line(&[Need::Build, Need::Build, Need::Test]);
        assert_eq!(line(&[Need::Test]), format!("sudo dnf install {test}"));
        assert_eq!(both, format!("sudo dnf install {build} {test}"));
        assert_eq!(line(&[Need::Prove]), "sudo dnf install weston");
        assert_eq!(sudo(true, "dnf"), "dnf");
    }

    #[test]
    fn nothing_is_installed_without_consent() {
        let may = |consent, root| {
            may_install(consent, false, root, "").is_ok_and(|may| may)
        };
        assert!(may(Some(true), false) && may(None, true));
        assert!(!may(Some(false), true) && !may(None, false));
        assert!(is_yes("\n") && is_yes("Y\n") && is_yes("yes\n"));
        assert!(!is_yes("n\n") && !is_yes("what\n") && !is_yes(""));
    }
}
