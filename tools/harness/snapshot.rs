//! What a run is compared with: the files in `tests/snapshots`.

/// A page of the book prints each snapshot whole.
const LONGEST: usize = 30;

/// Compares `text` with `tests/snapshots/<name>.snap`.
#[track_caller]
pub(crate) fn assert(name: &str, text: &str) {
    let lines = text.lines().count();
    assert!(
        lines <= LONGEST,
        "the snapshot {name} has {lines} lines; a snapshot has at most \
         {LONGEST}:\n{text}"
    );
    // Canonical, because insta lists what is pending in it twice otherwise.
    let folder = checkout::root()
        .join("tests/snapshots")
        .canonicalize()
        .expect("tests/snapshots exists");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter(r"\d+\.\d+\.\d+", "<version>");
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Compares a table with `tests/snapshots/<name>.snap`, where tabs divide the
/// cells of each row, the head first. The book prints it as a table.
///
/// Line breaks and runs of spaces in a cell are written as one space.
///
/// # Panics
/// When they differ, or when there are more than 30 rows.
#[track_caller]
pub fn snapshot_table<const N: usize>(
    name: &str,
    head: [&str; N],
    rows: &[[String; N]],
) {
    let cell =
        |it: &String| it.split_whitespace().collect::<Vec<_>>().join(" ");
    let row = |cells: &[String; N]| cells.each_ref().map(cell).join("\t");
    let head = head.map(str::to_owned);
    let lines: Vec<_> = [&head].into_iter().chain(rows).map(row).collect();
    assert(name, &lines.join("\n"));
}
