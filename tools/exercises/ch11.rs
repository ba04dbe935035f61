//! ch11: main remembers notes, and answers with a Map of Sets.

use serde_json::{Value, json};

use crate::check::Check;
use crate::finding::{Finding, Wrong, expect};

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    check.exposes("electronAPI", "notesByTag")?;
    expect("notesByTag() to resolve to an empty Map at first", || {
        same(&by_tag(check)?, json!([]))
    })?;
    add(check, "Milk", &["errands", "food"])?;
    expect("a note's title in a Set for each of its tags", || {
        let milk = json!(["Milk"]);
        same(&by_tag(check)?, json!([["errands", milk], ["food", milk]]))
    })?;
    add(check, "Stamps", &["errands"])?;
    expect("two notes with one tag to be in one Set", || {
        let both = json!(["Milk", "Stamps"]);
        let all = json!([["errands", both], ["food", ["Milk"]]]);
        same(&by_tag(check)?, all)
    })?;
    expect("a note that main refuses to be in no Set", || {
        // Its date is none.
        let note = "{ title: 'Oh', written: 0, tags: new Set(['food']) }";
        check.ask(&format!("electronAPI.addNote({note})"))?;
        let both = json!(["Milk", "Stamps"]);
        let all = json!([["errands", both], ["food", ["Milk"]]]);
        same(&by_tag(check)?, all)
    })
}

fn add(check: &Check<'_>, title: &str, tags: &[&str]) -> Result<(), Finding> {
    expect("addNote to take a note as before", || {
        check.script(&format!(
            "const [title, tags] = {};
             const note = {{ title, written: new Date(0), tags: new Set(tags) }};
             await electronAPI.addNote(note);",
            json!([title, tags])
        ))?;
        Ok(())
    })
}

/// What the call resolves to: of a Map, its entries, each Set as an array.
fn by_tag(check: &Check<'_>) -> Result<Value, Wrong> {
    check.script(
        "const it = await electronAPI.notesByTag();
         const kind = (value) =>
           Object.prototype.toString.call(value).slice(8, -1);
         if (!(it instanceof Map)) return `a value of the kind ${kind(it)}`;
         const odd = [...it.values()].find((value) => !(value instanceof Set));
         if (odd) return `a Map with a value of the kind ${kind(odd)}`;
         return [...it].map(([tag, titles]) => [tag, [...titles]]);",
    )
}

fn same(seen: &Value, expected: Value) -> Result<(), Wrong> {
    if *seen == expected {
        return Ok(());
    }
    let look_at = match seen {
        Value::String(_) => {
            "main.rs: an ipc::Map arrives as a Map, an ipc::Set as a Set; a \
             HashMap arrives as an object, a Vec as an array"
        }
        _ => "main.rs: what is remembered when a tag comes a second time?",
    };
    Err(Wrong::new(seen, look_at))
}
