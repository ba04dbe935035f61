//! The lines that a program prints: one for each thing that crosses.
use std::{
    fmt::Display,
    io::{self, Write},
    sync::atomic::{AtomicBool, Ordering},
};

/// How many characters of a line are printed; the rest is counted.
const LONGEST: usize = 160;

/// Prints `[who] what` on stdout, as one line and at once.
///
/// `who` is `main`, or both ends of a crossing, such as `renderer → main`.
/// A page decides much of `what`, so control and other invisible characters
/// are escaped (none can forge a line or speak to the terminal) and a long
/// text is cut. When nobody reads stdout any more, the line is lost and the
/// program goes on.
pub fn line(who: &str, what: impl Display) {
    if IS_OFF.load(Ordering::Relaxed) {
        return;
    }
    let _ = writeln!(io::stdout(), "[{who}] {}", printable(&what.to_string()));
}

/// Whether no line is printed any more.
static IS_OFF: AtomicBool = AtomicBool::new(false);

/// Prints no line from now on: an app of your own may have its stdout for itself,
/// and a message costs less that nobody reads about.
pub fn off() {
    IS_OFF.store(true, Ordering::Relaxed);
}

fn printable(text: &str) -> String {
    let mut line = String::new();
    for c in text.chars().take(LONGEST) {
        match c {
            '"' | '\'' | '\\' => line.push(c),
            c => line.extend(c.escape_debug()),
        }
    }
    match text.chars().count() {
        count if count > LONGEST => format!("{line}… ({count} characters)"),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::{line, off, printable};
    use std::{env, process::Command};

    /// The switch is the whole program's, so this test calls itself as one.
    #[test]
    fn what_is_off_prints_nothing() {
        const SWITCH: &str = "TRANSCRIPT_IS_TO_BE";
        if let Ok(switch) = env::var(SWITCH) {
            if switch == "off" {
                off();
            }
            return line("main", "is heard");
        }
        let is_heard = |switch: &str| {
            let name = "transcript::tests::what_is_off_prints_nothing";
            let program = env::current_exe().unwrap();
            let run = Command::new(program)
                .args(["--exact", name, "--nocapture"])
                .env(SWITCH, switch)
                .output()
                .unwrap();
            String::from_utf8_lossy(&run.stdout).contains("[main] is heard\n")
        };
        assert!(is_heard("on"));
        assert!(!is_heard("off"));
    }

    #[test]
    fn words_quotes_and_emoji_stay_as_they_are() {
        let text = r#"send set-title ["C:\\x", 'é', "→ 🎉"]"#;
        assert_eq!(printable(text), text);
    }

    #[test]
    fn what_could_forge_a_line_or_drive_a_terminal_is_escaped() {
        assert_eq!(printable("a\n[main] b"), "a\\n[main] b");
        assert_eq!(printable("\u{1b}[2J\u{202e}"), "\\u{1b}[2J\\u{202e}");
        assert_eq!(printable("\0\r\u{2028}"), "\\0\\r\\u{2028}");
    }

    #[test]
    fn a_long_text_is_cut_and_its_length_told() {
        assert_eq!(printable(&"é".repeat(160)), "é".repeat(160));
        let cut = format!("{}… (161 characters)", "é".repeat(160));
        assert_eq!(printable(&"é".repeat(161)), cut);
    }
}
