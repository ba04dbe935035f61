//! ch06: the page says which files it wants, and main what it accepts.

use std::fs;

use crate::check::{Check, Outcome};
use crate::finding::{Finding, Wrong, expect};

const INVOKE: &str = "[renderer → main] invoke #";

pub fn check(check: &Check<'_>) -> Result<(), Finding> {
    check.exposes("electronAPI", "openFile")?;
    let args = button(check)?;
    dialog(check)?;
    for filter in [
        "{ name: 'Text', extensions: ['*'] }",
        "{ name: 'Text', extensions: ['.txt'] }",
        "{ name: 'Text', extensions: ['txt', 'a/b'] }",
        "{ name: 'Text', extensions: [''] }",
        "{ name: 'Text', extensions: [] }",
        "{ name: 'Text', extensions: 'txt' }",
        "{ name: 'Te\\0xt', extensions: ['txt'] }",
    ] {
        rejects(check, filter)?;
    }
    past_the_preload(check, &args)
}

/// The page's button asks for text files. Gives the arguments as they crossed.
fn button(check: &Check<'_>) -> Result<String, Finding> {
    expect("the button to ask main for Text files, txt", || {
        // What the button's handler throws is told by nobody else.
        check.script(
            "addEventListener('unhandledrejection', ({ reason }) => {
               window.thrown = String(reason);
             });",
        )?;
        check.page().click("#btn");
        let Some(line) = check.within(|| check.line(0, INVOKE)) else {
            let thrown = check.script("return window.thrown ?? null")?;
            let thrown = thrown.as_str().map(str::to_owned);
            let error = thrown.or_else(|| check.error_in("renderer.js"));
            return Err(Wrong::new(
                error.unwrap_or("no message".into()),
                "renderer.js: what does a click on #btn call? And openFile in \
                 preload.js",
            ));
        };
        let args = line.split_once(" dialog:openFile ").map(|it| it.1);
        let wants = |args: &&str| {
            ["\"Text\"", "\"txt\""].iter().all(|it| args.contains(it))
        };
        match args.filter(wants) {
            Some(args) => Ok(args.to_owned()),
            None => Err(Wrong::new(
                format!("invoke #{line}"),
                "renderer.js: openFile({ name: 'Text', extensions: ['txt'] }); \
                 and does openFile in preload.js pass it on?",
            )),
        }
    })
}

/// The dialog shows files with this extension only.
fn dialog(check: &Check<'_>) -> Result<(), Finding> {
    expect("the dialog to offer b.txt and not a.md", || {
        let shown = || check.page().text("#filePath");
        let open = || check.app.has_dialog().then_some(());
        if check.within(open).is_none() {
            let look_at = "open_file in main.rs: does it read what openFile in \
                           preload.js sends?";
            let wrong = Wrong::new(format!("no dialog: {}", shown()), look_at);
            return Err(check.ended().unwrap_or(wrong));
        }
        let folder = check.app.home().join("files");
        let made = fs::create_dir(&folder)
            .and_then(|()| fs::write(folder.join("a.md"), ""))
            .and_then(|()| fs::write(folder.join("b.txt"), ""));
        made.expect("the private HOME can be written");
        // The first of the files that the dialog offers is taken.
        check.app.file_dialog().choose_first_file_in(&folder);
        check.within(|| (!shown().is_empty()).then_some(()));
        match shown().rsplit('/').next() {
            Some("b.txt") => Ok(()),
            seen => Err(Wrong::new(
                seen.unwrap_or_default(),
                "open_file in main.rs: add_filter(name, &extensions)",
            )),
        }
    })
}

fn rejects(check: &Check<'_>, filter: &str) -> Result<(), Finding> {
    expect(format!("openFile({filter}) to be rejected"), || {
        let seen = check.ask(&format!("electronAPI.openFile({filter})"))?;
        match seen {
            Outcome::Rejected(_) | Outcome::Threw(_) => Ok(()),
            _ if check.app.has_dialog() => Err(Wrong::new(
                "a file dialog",
                "open_file in main.rs: return an `Err` before the dialog is \
                 made",
            )),
            _ => Err(Wrong::new(
                seen,
                "open_file in main.rs: it answers what it should refuse",
            )),
        }
    })
}

/// What the preload refuses can be sent all the same.
fn past_the_preload(check: &Check<'_>, args: &str) -> Result<(), Finding> {
    let message = format!("dialog:openFile {}", args.replace("txt", "*"));
    expect(format!("main itself to refuse {message}"), || {
        let text =
            format!("[900,\"dialog:openFile\",{}]", args.replace("txt", "*"));
        let text = serde_json::Value::from(text);
        check.script(&format!("ipc.postMessage({text})"))?;
        let refused = "[main → renderer] error #900 ";
        let seen = check.within(|| {
            let refused = check.line(0, refused).map(|_| Ok(()));
            let ended = || check.ended().map(Err);
            let open = || {
                let look_at = "open_file in main.rs: the preload's checks bind \
                               nobody; any script can post such a message";
                let wrong = Wrong::new("a file dialog", look_at);
                check.app.has_dialog().then_some(Err(wrong))
            };
            refused.or_else(ended).or_else(open)
        });
        seen.unwrap_or_else(|| {
            let look_at = "on_invoke in main.rs: is every call answered?";
            Err(Wrong::new("no answer", look_at))
        })
    })
}
