//! Reads the command line.

/// What `cargo x help` prints.
pub const HELP: &str = "\
cargo x: sets this machine up and calls cargo for you

For whoever reads the book:
  cargo x run <chapter>          run a chapter: ch06, 6 or ch06-open-file
  cargo x check <chapter> [folder]
                                 check your solution of its exercise: in the
                                 chapter itself, or in a folder of your own
  cargo x break <chapter> [n] [--cure]
                                 see what goes wrong when a chapter makes its
                                 n-th mistake, then read the cure (or that
                                 alone); without n, list the mistakes
  cargo x eject <chapter> <dir>  make a program of your own of a chapter
  cargo x book [--open|--serve]  build the book, show it, or rebuild it as
                                 you write
  cargo x test [chapter]         play the chapters in real windows and check
                                 them, and the book
  cargo x bench [--quick|--full] measure the bridges beside each other; quick:
                                 see that it works; full: all that the book
                                 prints, and renew that (half an hour)

For whoever changes a chapter, a test or the book:
  cargo x prove [name]           show that tests and book are good: breaks,
                                 exercises, the chapters made of the book
                                 alone, ejected ones; or one of these
  cargo x propagate <chapter> [commit]
                                 merge what you changed in a chapter (since a
                                 commit; else since the last) into those after
                                 it
  cargo x shots                  take the book's screenshots again
  cargo x setup                  look for what building and testing need
  cargo x ci                     everything that .ci/run checks

What follows `--` after test and prove goes to cargo test; what follows another
`--` there, such as the name of a test, goes to the tests.

run, check, break, test, prove, shots and setup first look for what they need.
On Debian and Ubuntu they offer to install what is missing:
  --yes         install it without asking
  --no-install  install nothing, only say what is missing";

const CONSENT: &[&str] = &["--yes", "--no-install"];

/// Each command, how many words may follow it, and one of which options.
const COMMANDS: &[(&str, usize, &[&str])] = &[
    ("help", 0, &[]),
    ("run", 1, CONSENT),
    ("check", 2, CONSENT),
    ("break", 2, &["--yes", "--no-install", "--cure"]),
    ("eject", 2, &[]),
    ("book", 0, &["--open", "--serve"]),
    ("test", 1, CONSENT),
    ("bench", 0, &["--quick", "--full"]),
    ("prove", 1, CONSENT),
    ("propagate", 2, &[]),
    ("shots", 0, CONSENT),
    ("setup", 0, CONSENT),
    ("ci", 0, &[]),
];

/// One command line, understood.
#[derive(Debug)]
pub struct Args {
    pub command: &'static str,
    /// A chapter, and after it a number, a folder or a commit.
    pub words: Vec<String>,
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
    let helps = options.contains(&"-h") || options.contains(&"--help");
    let (options, words) = match words.split_first() {
        Some((name, words)) if !helps => (options, [&[*name], words].concat()),
        None if !helps => (options, vec!["help"]),
        _ => (Vec::new(), vec!["help"]),
    };
    let (name, words) = (words[0], &words[1..]);
    let Some((command, most, known)) = COMMANDS.iter().find(|c| c.0 == name)
    else {
        let meant = did_you_mean(name, COMMANDS.iter().map(|c| c.0));
        return Err(format!("there is no command `{name}`{meant}"));
    };
    let find = |o: &str| known.iter().copied().find(|known| *known == o);
    if let Some(odd) = options.iter().find(|o| find(o).is_none()) {
        let meant = did_you_mean(odd, known.iter().copied());
        return Err(format!("`{name}` has no option `{odd}`{meant}"));
    }
    if options.len() > 1 {
        return Err(format!("give only one of {}.", known.join(" and ")));
    }
    if let Some(odd) = words.get(*most) {
        return Err(format!("`{odd}` is one argument too many."));
    }
    if !extra.is_empty() && !["test", "prove"].contains(command) {
        return Err(format!("`{name}` takes nothing after `--`."));
    }
    Ok(Args {
        command,
        words: words.iter().copied().map(String::from).collect(),
        option: options.first().and_then(|o| find(o)),
        extra: extra.iter().skip(1).cloned().collect(),
    })
}

/// The end of a sentence about a name that was typed and is not known: with the
/// nearest that is, if that differs in two letters and in less than half.
pub fn did_you_mean<'a>(
    typed: &str,
    known: impl Iterator<Item = &'a str>,
) -> String {
    let near = known.map(|name| (distance(typed, name), name)).min();
    match near {
        Some((distance, name))
            if distance <= 2 && distance * 2 <= name.len() =>
        {
            format!(". Did you mean `{name}`?")
        }
        _ => ".".into(),
    }
}

/// How many letters have to be put in, taken out or changed to make one text of
/// the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<_> = other.chars().collect();
    let mut row: Vec<_> = (0..=other.len()).collect();
    for (above, letter) in (1..).zip(one.chars()) {
        let mut diagonal = std::mem::replace(&mut row[0], above);
        for (i, theirs) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *theirs);
            diagonal = row[i + 1];
            row[i + 1] = changed.min(diagonal + 1).min(row[i] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Args, String> {
        let args: Vec<_> = line.split_whitespace().map(String::from).collect();
        parse(&args)
    }

    #[test]
    fn words_and_an_option_come_in_any_order_and_no_command_is_help() {
        for line in ["check --yes 6 x", "check 6 --yes x", "--yes check 6 x"] {
            let args = parsed(line).unwrap();
            assert_eq!((args.command, args.option), ("check", Some("--yes")));
            assert_eq!(args.words, ["6", "x"], "{line}");
        }
        for line in ["", "help", "-h", "--help", "run ch06 --help"] {
            assert_eq!(parsed(line).unwrap().command, "help", "{line}");
        }
    }

    #[test]
    fn what_follows_the_dashes_belongs_to_cargo_test() {
        let args = parsed("test ch06 -- --release -- --nocapture").unwrap();
        assert_eq!(args.extra, ["--release", "--", "--nocapture"]);
        assert_eq!(args.words, ["ch06"]);
    }

    #[test]
    fn every_command_is_explained_and_a_readers_first() {
        let (readers, others) = HELP.split_once("\nFor whoever ch").unwrap();
        for (number, (name, ..)) in COMMANDS.iter().enumerate().skip(1) {
            let place = if number < 8 { readers } else { others };
            assert!(place.contains(&format!("\n  cargo x {name} ")), "{name}");
        }
    }

    #[test]
    fn a_wrong_command_line_names_the_wrong_word() {
        for (line, says) in [
            ("--yes frobnicate", "no command `frobnicate`"),
            ("tset ch05", "`tset`. Did you mean `test`?"),
            ("Run", "`Run`. Did you mean `run`?"),
            ("run ch06 --open", "no option `--open`"),
            ("run ch06 --no-instal", "Did you mean `--no-install`?"),
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
            assert!(error.contains(says), "{line}: {error}");
        }
        assert!(!parsed("frobnicate").unwrap_err().contains("mean"));
    }
}
