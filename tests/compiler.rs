//! What the compiler says to who writes a handler that is none: it has to say
//! what to write instead.
use serde_json::Value as Json;
use std::env;
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use workshop::{cargo, groups};

/// What stands around each line that is tried: a type that serde can write, and
/// one that it cannot.
const BEFORE: &str = "
    const TIME: std::time::Duration = std::time::Duration::ZERO;
    struct Bare;
    pub fn setup(ipc_main: &ipc::IpcMain, page: &ipc::WebContents)
        -> ipc::Result
    {
";
const AFTER: &str = "
        Ok(())
    }
";

const DERIVE: &str = "write `Ok(answer)` for a type of your own, which has \
                      `#[derive(serde::Serialize)]`";
const ERROR: &str = "an error is an `ipc::Error`, in a `Result<_, ipc::Error>`";
const LATER: &str = "of an `async` handler, and of any future, what comes of \
                     it is the answer";
const TUPLE: &str = "they are a tuple, also where there is one: `|event, \
                     (name,): (String,)| …`";
const STRUCT: &str = "at most four of them; an object that a page sends is \
                      one, and read as a struct";

/// A line, and what is said of it. What nothing is said of has to compile.
const LINES: &[(&str, &[&str])] = &[
    (r#"ipc_main.handle("a", |_, ()| Ok(TIME))?;"#, &[]),
    (r#"ipc_main.handle("a", async |_, ()| Ok(vec![TIME]))?;"#, &[]),
    (r#"page.send("a", (1, TIME))?;"#, &[]),
    (
        r#"ipc_main.handle("a", |_, ()| TIME)?;"#,
        &["`Duration` is no answer for a page", DERIVE],
    ),
    (
        r#"ipc_main.handle("a", |_, ()| Bare)?;"#,
        &["`Bare` is no answer for a page", DERIVE],
    ),
    (
        r#"ipc_main.handle("a", |_, ()| Ok(Bare))?;"#,
        &["Result<Bare, _>` is no answer for a page", DERIVE],
    ),
    (
        r#"ipc_main.handle("a", |_, ()| Err::<(), _>(String::new()))?;"#,
        &["String>` is no answer for a page", ERROR, "expected `ipc::Error`"],
    ),
    (
        r#"ipc_main.handle("a", async |_, ()| TIME)?;"#,
        &["is no answer for a page", DERIVE, LATER],
    ),
    (
        r#"ipc_main.on("a", |_, ()| TIME);"#,
        &["`Duration` is no answer for a page", "this handler's answer"],
    ),
    (
        r#"ipc_main.handle("a", |_, name: String| name)?;"#,
        &["String` is no list of arguments", "this handler takes", TUPLE],
    ),
    (
        r#"ipc_main.on("a", |_, _: (u8, u8, u8, u8, u8)| ());"#,
        &["(u8, u8, u8, u8, u8)` is no list of arguments", STRUCT],
    ),
    (
        r#"ipc_main.on("a", |_, (_,): (Bare,)| ());"#,
        &["consider adding `#[derive(serde::Deserialize)]` to your `Bare`"],
    ),
    (
        r#"page.send("a", (Bare,))?;"#,
        &["consider adding `#[derive(serde::Serialize)]` to your `Bare`"],
    ),
];

#[test]
fn the_compiler_says_what_to_write_instead() {
    let compiler = Compiler::with_the_library();
    for (line, words) in LINES {
        let said = compiler.said_of(line);
        assert_eq!(said.is_empty(), words.is_empty(), "{line}\n{said}");
        for words in *words {
            assert!(said.contains(words), "{words}\n\n{line}\n{said}");
        }
    }
}

/// Electron: webContents.send: throws an error when the channel is missing
/// differs: a message without a channel does not compile
#[test]
fn a_message_without_a_channel_does_not_compile() {
    let said = Compiler::with_the_library().said_of("page.send((1,))?;");
    assert!(said.contains("argument #1 of type `&str` is missing"), "{said}");
}

/// rustc, with the library as the tests have it.
struct Compiler {
    library: PathBuf,
}

impl Compiler {
    /// Builds the library, where it is not.
    fn with_the_library() -> Self {
        let [group, _] = groups().expect("the workspace can be read");
        let built = cargo(&["test", "--no-run", "--locked", "--quiet"])
            .args(["--message-format", "json-render-diagnostics"])
            .args(group)
            .args(["--test", "ipc_main"])
            .stderr(Stdio::inherit())
            .output()
            .expect("cargo can be started");
        assert!(built.status.success(), "the library does not compile");
        let built = String::from_utf8_lossy(&built.stdout);
        let library = built.lines().find_map(rlib);
        Self { library: library.expect("the test has the library") }
    }

    /// What it says of a line in a function: nothing, if the line compiles.
    fn said_of(&self, line: &str) -> String {
        let mut library = OsString::from("ipc=");
        library.push(&self.library);
        let folder = self.library.parent().expect("it is in a folder");
        let mut rustc =
            Command::new(env::var_os("RUSTC").unwrap_or("rustc".into()))
                .args(["--edition", "2024", "--crate-type", "lib"])
                .args(["-A", "warnings", "--emit", "metadata=-", "-"])
                .args(["--extern".into(), library])
                .args(["-L".as_ref(), folder])
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("rustc can be started");
        let program = [BEFORE, line, AFTER].concat();
        let input = rustc.stdin.take();
        let written = input.map(|mut it| it.write_all(program.as_bytes()));
        assert!(matches!(written, Some(Ok(()))), "rustc reads no program");
        let said = rustc.wait_with_output().expect("rustc ends");
        String::from_utf8_lossy(&said.stderr).into_owned()
    }
}

/// The file of the library, if a message of cargo's tells of it.
fn rlib(message: &str) -> Option<PathBuf> {
    let message: Json = serde_json::from_str(message).ok()?;
    if message["target"]["name"] != "ipc" {
        return None;
    }
    let files = message["filenames"].as_array()?.iter();
    let file = files.filter_map(Json::as_str).find(|it| it.ends_with(".rlib"));
    file.map(Into::into)
}
