//! A small book and tree for the tests to break.

use std::fs;

use tempfile::TempDir;

use crate::expand::expand;
use crate::{Problem, Tree, check};

pub(crate) const PAGE: &str = "book/src/ch02-page.md";
pub(crate) const MAIN: &str = "chapters/ch02-page/main.rs";

const MANIFEST: &str = r#"
[package]
name = "NAME"

[[test]]
name = "SNAKE"
path = "../../tests/SNAKE.rs"
# On the map: EventLoop, serve, index.html
"#;

/// The page of each chapter.
const TEXT: &str = r#"# A chapter

{{#head NAME}}

{{#map NAME}}

This comes:

{{#code NAME/main.rs}}

And this:

BEFORE

It prints:

{{#snap SNAKE}}

{{#window SNAKE_window alt="A window"}}

![A picture](window.png)

Run it:

```sh
cargo run -p NAME
```

{{#diff OLD NAME}}
"#;

/// A module of the library, which has on the map's behalf what it has.
pub(crate) const VALUES: &str = "common/ipc/values.js";
pub(crate) const VALUES_PAGE: &str = "book/src/ipc-values.md";
const MODULE: &str = "// Values.
// Chapter: ch11-values
const names = [BrowserWindow, page::File, renderer.js, bridge.js, values.js,
  postMessage, decode.rs, handler.rs, task.rs, outgoing.rs, settle];
";

/// The page of a module.
const MODULE_TEXT: &str = "# A module

{{#head ipc/NAME}}

It says:

{{#code ipc/NAME}}
";

/// A workspace in which book and chapters agree, to be broken.
pub(crate) struct Fixture {
    folder: TempDir,
    pub tree: Tree,
}

impl Fixture {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let tree = Tree::new(folder.path());
        let new = Self { folder, tree };
        new.write("book/src/SUMMARY.md", "# Summary\n\n[Start](index.md)\n");
        new.write("book/src/index.md", "# A book\n");
        new.write("book/src/window.png", "");
        new.chapter("ch01-window", "nothing", "");
        new.chapter(
            "ch02-page",
            "ch01-window",
            "\n[package.metadata.tutorial]\nafter = \"ch01-window\"\n",
        );
        new.write(MAIN, "//! Two.\n\nfn main() {\n    page();\n}\n");
        new
    }

    /// The same with the first chapter on the library, and two modules.
    pub fn with_library() -> Self {
        let new = Self::new();
        new.chapter("ch11-values", "nothing", "");
        new.module("lib.rs", "//! Chapter: ch11-values\nmod value;\n");
        new.module("values.js", MODULE);
        new
    }

    /// A module of the library, with its page.
    pub fn module(&self, name: &str, text: &str) {
        self.write(&format!("common/ipc/{name}"), text);
        let stem = name.split('.').next().unwrap_or(name).replace('_', "-");
        let page = format!("ipc-{stem}.md");
        let text = MODULE_TEXT.replace("NAME", name);
        self.write(&format!("book/src/{page}"), &text);
        let entry = format!("  - [{stem}](./{page})\n");
        self.append("book/src/SUMMARY.md", &entry);
    }

    pub fn chapter(&self, slug: &str, old: &str, metadata: &str) {
        let snake = checkout::snake(slug);
        let fill =
            |text: &str| text.replace("NAME", slug).replace("SNAKE", &snake);
        let chapter = format!("chapters/{slug}");
        let manifest = fill(MANIFEST) + metadata;
        self.write(&format!("{chapter}/Cargo.toml"), &manifest);
        self.write(&format!("{chapter}/main.rs"), "fn main() {\n}\n");
        self.write(&format!("tests/{snake}.rs"), "");
        for name in [snake.clone(), format!("{snake}_window")] {
            let text = "---\nsource: a test\n---\n[main] <ready>\n";
            let text = match name.ends_with("_window") {
                true => "---\nsource: a test\n---\ntitle: <A title>\n",
                false => text,
            };
            self.write(&format!("tests/snapshots/{name}.snap"), text);
        }
        self.write(&format!("book/src/images/{slug}.png"), "");
        let before = match old {
            "nothing" => {
                "{{#code NAME/Cargo.toml from='[package]' to='name ='}}"
            }
            _ => "{{#gone OLD/main.rs}}",
        };
        let before = fill(before);
        self.write(
            &format!("book/src/{slug}.md"),
            &fill(TEXT).replace("BEFORE", &before).replace("OLD", old),
        );
        self.append(
            "book/src/SUMMARY.md",
            &format!("- [{slug}](./{slug}.md)\n"),
        );
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn append(&self, file: &str, text: &str) {
        let old = self.tree.read(file).unwrap_or_default();
        self.write(file, &(old + text));
    }

    pub fn replace(&self, file: &str, old: &str, new: &str) {
        let text = self.tree.read(file).unwrap();
        assert!(text.contains(old), "{file} has no {old}");
        self.write(file, &text.replace(old, new));
    }

    pub fn remove(&self, file: &str) {
        fs::remove_file(self.folder.path().join(file)).unwrap();
    }

    /// What the second page prints if this is all that it says.
    pub fn print(&self, text: &str) -> String {
        expand(&self.tree, PAGE, text).unwrap()
    }

    /// The only problem that there is, or all of them, to be seen.
    pub fn problem(&self) -> String {
        told(&check(&self.tree))
    }
}

/// Problems, one a line.
pub(crate) fn told(problems: &[Problem]) -> String {
    let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// The problem that a good tree with a library has after one break.
pub(crate) fn broken_library(how: impl FnOnce(&Fixture)) -> String {
    let fixture = Fixture::with_library();
    how(&fixture);
    fixture.problem()
}

/// The problem that a good tree has after one break.
pub(crate) fn broken(how: impl FnOnce(&Fixture)) -> String {
    let fixture = Fixture::new();
    how(&fixture);
    fixture.problem()
}

/// What the build says of a directive.
pub(crate) fn said_of(directive: &str) -> String {
    let page = "book/src/index.md";
    let problem = broken(|fixture| fixture.write(page, directive));
    let place = format!("{page}:1: ");
    problem.strip_prefix(&place).unwrap_or(&problem).to_owned()
}
