//! Finds the chapter that is meant.

use crate::{Done, Failure, args::did_you_mean, root};

/// The full name of the chapter that is asked for.
pub fn chapter(wanted: Option<&str>) -> Done<String> {
    let names = checkout::chapters(root())?;
    let wrong = match wanted {
        None => "which chapter?".into(),
        Some(wanted) => match find(&names, wanted) {
            Some(name) => return Ok(name.clone()),
            None => format!(
                "there is no chapter `{wanted}`{}",
                did_you_mean(wanted, names.iter().flat_map(|it| spellings(it)))
            ),
        },
    };
    let list = names.join("\n  ");
    let message = format!(
        "{wrong} Name one of these (`ch06` or `6` will do for ch06-…):\n  {list}"
    );
    Err(Failure::new(2, message))
}

/// The chapter meant by `ch06-open-file`, `open-file`, `ch06`, `06` or `6`.
fn find<'a>(names: &'a [String], wanted: &str) -> Option<&'a String> {
    let number = |text: &str| text.parse::<u8>().ok();
    let wanted_number = number(wanted.strip_prefix("ch").unwrap_or(wanted));
    let is_wanted = |name: &&String| {
        let digits = checkout::short(name).trim_start_matches("ch");
        spellings(name).any(|it| it == wanted)
            || (wanted_number.is_some() && wanted_number == number(digits))
    };
    names.iter().find(is_wanted)
}

/// A chapter's name, and the same without its number.
fn spellings(name: &str) -> impl Iterator<Item = &str> {
    let word = name.split_once('-').map(|(_, word)| word);
    [Some(name), word].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_is_found_by_name_and_by_number() {
        let names = ["ch01-window", "ch06-open-file", "ch10-context-bridge"]
            .map(String::from);
        for wanted in ["ch06-open-file", "open-file", "ch06", "ch6", "06", "6"]
        {
            assert_eq!(find(&names, wanted), Some(&names[1]), "{wanted}");
        }
        assert_eq!(find(&names, "1"), Some(&names[0]));
        assert_eq!(find(&names, "10"), Some(&names[2]));
        for wanted in ["", "ch", "0", "2", "ch06-", "file", "-6"] {
            assert_eq!(find(&names, wanted), None, "{wanted}");
        }
    }

    #[test]
    fn a_wrong_chapter_is_answered_with_the_nearest_and_the_list() {
        for (wanted, says) in [
            (None, "which chapter? Name one"),
            (Some("ch99"), "there is no chapter `ch99`. Name one"),
            (Some("ch05-invok"), "`. Did you mean `ch05-invoke`? Name one"),
            (Some("invkoe"), "`. Did you mean `invoke`? Name one"),
        ] {
            let failure = chapter(wanted).unwrap_err();
            assert_eq!(failure.code, 2);
            assert!(failure.message.contains(says), "{}", failure.message);
            assert!(failure.message.contains("\n  ch01-window\n"));
        }
        assert_eq!(chapter(Some("6")).unwrap(), "ch06-open-file");
    }
}
