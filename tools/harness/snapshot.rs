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
