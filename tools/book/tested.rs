//! The functions of a test file, and whether a test runs them: they are tests,
//! or one that is run calls them.

/// How a function is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Run {
    Never,
    /// By tests that are ignored alone.
    Ignored,
    Always,
}

/// A function, as rustfmt has written it.
pub(crate) struct Function<'a> {
    pub name: &'a str,
    /// The line with its name, counted from 1.
    pub line: usize,
    pub run: Run,
    body: Vec<&'a str>,
}

/// All functions of a file.
pub(crate) fn functions(text: &str) -> Vec<Function<'_>> {
    let lines: Vec<_> = text.lines().collect();
    let mut all: Vec<_> =
        (0..lines.len()).filter_map(|at| function(&lines, at)).collect();
    // A test is run, and so is what is named in what is run.
    while let Some((callee, run)) = all.iter().find_map(|caller| {
        let mut others = (0..).zip(&all);
        let (at, _) = others.find(|(_, callee)| {
            callee.run < caller.run && caller.names(callee.name)
        })?;
        Some((at, caller.run))
    }) {
        all[callee].run = run;
    }
    all
}

fn function<'a>(lines: &[&'a str], at: usize) -> Option<Function<'a>> {
    let head = lines[at].trim_start();
    let (_, name) = head.split_once("fn ").filter(|(before, _)| {
        before.split_whitespace().all(|word| word.starts_with("pub"))
    })?;
    let name = name.split(['(', '<']).next()?;
    let before = lines[..at].iter().rev().map(|line| line.trim());
    let (mut is_test, mut is_ignored) = (false, false);
    for line in before.take_while(|line| line.starts_with("#[")) {
        is_test |= line == "#[test]";
        is_ignored |= line.starts_with("#[ignore");
    }
    let run = match (is_test, is_ignored) {
        (false, _) => Run::Never,
        (true, true) => Run::Ignored,
        (true, false) => Run::Always,
    };
    let indent = &lines[at][..lines[at].len() - head.len()];
    let end = format!("{indent}}}");
    let is_short = head.ends_with('}');
    let after = lines[at + 1..].iter().copied();
    let body = after.take_while(|line| !is_short && *line != end).collect();
    Some(Function { name, line: at + 1, run, body })
}

impl Function<'_> {
    /// Whether it has another's name in it.
    fn names(&self, name: &str) -> bool {
        let words = self.body.iter().flat_map(|line| {
            line.split(|c: char| !c.is_alphanumeric() && c != '_')
        });
        words.into_iter().any(|word| word == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_test_calls_is_run_as_the_test_is() {
        let text = "\
#[test]
fn live() {
    helped(&page);
}

#[ignore = \"why\"]
#[test]
fn left_out() {
    for it in [helped, also] {
        it();
    }
}

pub(super) fn helped(page: &Page<'_>) {}

fn also() {
    deep::<u8>();
}

fn deep<T>() {
    deep();
}

fn alone() {
    alone();
}
";
        let run: Vec<_> =
            functions(text).iter().map(|it| (it.name, it.run)).collect();
        let expected = [
            ("live", Run::Always),
            ("left_out", Run::Ignored),
            ("helped", Run::Always),
            ("also", Run::Ignored),
            ("deep", Run::Ignored),
            ("alone", Run::Never),
        ];
        assert_eq!(run, expected);
    }
}
