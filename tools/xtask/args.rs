//! Reads the command line.

/// What `cargo x help` prints.
pub const HELP: &str = "\
cargo x: sets this machine up and calls cargo for you

  cargo x run <chapter>          run a chapter: ch06, 6 or ch06-open-file
  cargo x test [chapter]         what a reader runs: plays the chapters in real
                                 windows and checks them, and the book
  cargo x prove [name]           shows that tests and book are good: breaks,
                                 exercises, the chapters made of the book
                                 alone, ejected ones; or one of these
  cargo x check <chapter> [folder]
                                 check your solution of its exercise: in the
                                 chapter itself, or in a copy of it
  cargo x book [--open|--serve]  build the book, show it, or rebuild it as
                                 you write
  cargo x break <chapter> [n]    see what goes wrong when a chapter makes its
                                 n-th mistake; without n, list them
  cargo x eject <chapter> <dir>  make a program of your own of a chapter
  cargo x propagate <chapter> [commit]
                                 merge what you changed in a chapter (since a
                                 commit; else since the last) into those after
                                 it
  cargo x setup                  look for what building and testing need
  cargo x shots                  take the book's screenshots again
  cargo x ci                     everything that .ci/run checks
  cargo x help                   this text

What follows `--` after test and prove goes to cargo test; what follows another
`--` there, such as the name of a test, goes to the tests.

run, test, prove, check, break, setup and shots first look for what they need. On
Debian and Ubuntu they offer to install what is missing:
  --yes         install it without asking
  --no-install  install nothing, only say what is missing";

const CONSENT: &[&str] = &["--yes", "--no-install"];

/// Each command, how many words may follow it, and one of which options.
const COMMANDS: &[(&str, usize, &[&str])] = &[
    ("help", 0, &[]),
    ("run", 1, CONSENT),
    ("test", 1, CONSENT),
    ("prove", 1, CONSENT),
    ("check", 2, CONSENT),
    ("book", 0, &["--open", "--serve"]),
    ("break", 2, CONSENT),
    ("eject", 2, &[]),
    ("propagate", 2, &[]),
    ("setup", 0, CONSENT),
    ("shots", 0, CONSENT),
    ("ci", 0, &[]),
];

/// One command line, understood.
#[derive(Debug, Default, PartialEq)]
pub struct Args {
    pub command: &'static str,
    pub chapter: Option<String>,
    /// What comes after the chapter: a number, a folder, a commit.
    pub object: Option<String>,
    pub option: Option<&'static str>,
    /// What followed `--`, for cargo test and its tests.
    pub extra: Vec<String>,
}

/// Understands the arguments after `cargo x`, or says what is wrong with them.
pub fn parse(args: &[String]) -> Result<Args, String> {
    let dashes = args.iter().position(|arg| arg == "--");
    let (ours, extra) = args.split_at(dashes.unwrap_or(args.len()));
    let (options, words): (Vec<&str>, Vec<&str>) =
        ours.iter().map(String::as_str).partition(|arg| arg.starts_with('-'));
    if options.contains(&"-h") || options.contains(&"--help") {
        return Ok(Args { command: "help", ..Args::default() });
    }
    let (name, words) = words.split_first().unwrap_or((&"help", &[]));
    let Some((command, most, known)) = COMMANDS.iter().find(|c| c.0 == *name)
    else {
        return Err(format!("there is no command `{name}`"));
    };
    let known_as = |o: &str| known.iter().copied().find(|known| *known == o);
    if let Some(odd) = options.iter().find(|o| known_as(o).is_none()) {
        return Err(format!("`{name}` has no option `{odd}`"));
    }
    if options.len() > 1 {
        return Err(format!("give only one of {}", known.join(" and ")));
    }
    if let Some(odd) = words.get(*most) {
        return Err(format!("`{odd}` is one argument too many"));
    }
    if !extra.is_empty() && !["test", "prove"].contains(command) {
        return Err(format!("`{name}` takes nothing after `--`"));
    }
    Ok(Args {
        command,
        chapter: words.first().map(|word| String::from(*word)),
        object: words.get(1).map(|word| String::from(*word)),
        option: options.first().and_then(|o| known_as(o)),
        extra: extra.iter().skip(1).cloned().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Args, String> {
        let args: Vec<_> = line.split_whitespace().map(String::from).collect();
        parse(&args)
    }

    #[test]
    fn no_command_is_help() {
        for line in ["", "help", "-h", "--help", "run ch06 --help"] {
            assert_eq!(parsed(line).unwrap().command, "help", "{line}");
        }
    }

    #[test]
    fn a_chapter_and_an_option_come_in_any_order() {
        for line in ["run --yes ch06", "run ch06 --yes", "--yes run ch06"] {
            let args = Args {
                command: "run",
                chapter: Some("ch06".into()),
                object: None,
                option: Some("--yes"),
                extra: Vec::new(),
            };
            assert_eq!(parsed(line), Ok(args), "{line}");
        }
        assert_eq!(parsed("run").unwrap().chapter, None);
    }

    #[test]
    fn a_word_after_the_chapter_says_which_or_where() {
        for (line, object) in [
            ("break ch06", None),
            ("break ch06 1", Some("1")),
            ("check ch05 ../mine", Some("../mine")),
            ("eject ch06 ../my-app", Some("../my-app")),
            ("propagate ch04 HEAD~1", Some("HEAD~1")),
        ] {
            assert_eq!(parsed(line).unwrap().object.as_deref(), object);
        }
    }

    #[test]
    fn what_follows_the_dashes_belongs_to_cargo_test() {
        let args = parsed("test ch06 -- --release -- --nocapture").unwrap();
        assert_eq!(args.extra, ["--release", "--", "--nocapture"]);
        assert_eq!(args.chapter.as_deref(), Some("ch06"));
    }

    #[test]
    fn a_wrong_command_line_names_the_wrong_word() {
        for (line, word) in [
            ("frobnicate", "`frobnicate`"),
            ("--yes frobnicate", "`frobnicate`"),
            ("run ch06 --open", "`--open`"),
            ("ci --yes", "`--yes`"),
            ("--loud", "`--loud`"),
            ("run ch05 ch06", "`ch06`"),
            ("check ch05 mine yours", "`yours`"),
            ("book ch06", "`ch06`"),
            ("run ch06 -- fast", "`--`"),
            ("break ch06 1 2", "`2`"),
            ("eject ch06 a b", "`b`"),
            ("propagate --yes", "`--yes`"),
            ("setup --yes --no-install", "--yes and --no-install"),
        ] {
            let error = parsed(line).expect_err(line);
            assert!(error.contains(word), "{line}: {error}");
        }
    }
}
