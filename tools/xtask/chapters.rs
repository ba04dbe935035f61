//! Finds the chapters of the book.

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
}
