//! ch15: the main window closes notes, and nothing but notes.

use serde_json::json;

use crate::check::{Check, Outcome};
use crate::finding::{Finding, Wrong, expect};

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    check.exposes("electronAPI", "closeNote")?;
    expect("closeNote(2) to close the window “Note 2”", || {
        let left = check.script(
            "const { newNote, closeNote, notes } = electronAPI;
             await newNote();
             await newNote();
             await closeNote(2);
             return notes();",
        )?;
        let is_there =
            || check.app.windows().iter().any(|it| it.title == "Note 2");
        let is_gone = check.within(|| (!is_there()).then_some(()));
        match left == json!([3]) && is_gone.is_some() {
            true => Ok(()),
            false => Err(Wrong::new(
                format!("the notes {left} after newNote, newNote, closeNote"),
                "main.rs: which window does the handler close? \
                 BrowserWindow::close closes it",
            )),
        }
    })?;
    for (id, whose) in [(1, "the main window"), (99, "no window")] {
        let expected = format!(
            "closeNote({id}) to be rejected: {id} is the number of {whose}"
        );
        expect(expected, || {
            let ask = check.ask(&format!("electronAPI.closeNote({id})"));
            let look_at = "main.rs: is the number that of a note? The main \
                           window has children()";
            match (check.ended(), ask) {
                (None, Ok(Outcome::Rejected(_))) => Ok(()),
                (None, Ok(outcome)) => Err(Wrong::new(outcome, look_at)),
                _ => Err(Wrong::new("the program has ended", look_at)),
            }
        })?;
    }
    expect("a second note to open", || {
        check.script("return electronAPI.newNote()")
    })?;
    let note = check.window("Note 3")?;
    expect("a note that asks for close-note to be refused", || {
        let since = check.lines();
        note.script(
            r#"webkit.messageHandlers.ipc.postMessage(
                 '["d",7,"close-note",[4]]')"#,
        )?;
        let (refused, answered) =
            ("[main → renderer 3] error #7 ", "[main → renderer 3] reply");
        let line = |it: &str| check.line(since, it).map(|_| it.to_owned());
        let seen = check.within(|| line(refused).or_else(|| line(answered)));
        match seen {
            Some(seen) if seen == refused => Ok(()),
            seen => Err(Wrong::new(
                seen.unwrap_or_else(|| "no answer".into()),
                "main.rs: who answers close-note? What the main window alone \
                 may ask for is handled by its own ipc()",
            )),
        }
    })
}
