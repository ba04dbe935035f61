//! The real book, and a small one that is broken in every way that the gate
//! must catch.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::{fs, thread};

use tempfile::TempDir;

use crate::directive::expand;
use crate::serve::host;
use crate::{Tree, check, render, table};

const PAGE: &str = "book/src/ch02-page.md";
const MAIN: &str = "chapters/ch02-page/main.rs";

const MANIFEST: &str = r#"
[package]
name = "NAME"

[[test]]
name = "SNAKE"
path = "../../tests/SNAKE.rs"
"#;

/// The page of each chapter; the first directive is on its third line.
const TEXT: &str = r#"# A chapter

{{#code NAME/main.rs from="^fn main" to="^}"}}

{{#snap SNAKE}}

{{#snap SNAKE_window}}

```console
cargo run -p NAME
```

![A window](window.png)
"#;

/// A workspace in which book and chapters agree, to be broken.
struct Fixture {
    folder: TempDir,
    tree: Tree,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let tree = Tree::new(folder.path());
        let new = Self { folder, tree };
        new.write("book/src/SUMMARY.md", "# Summary\n\n[Start](index.md)\n");
        new.write("book/src/index.md", "# A book\n");
        new.write("book/src/window.png", "");
        new.chapter("ch01-window", "");
        new.chapter(
            "ch02-page",
            "[package.metadata.tutorial]\nafter = \"ch01-window\"\n",
        );
        new.write(MAIN, "//! Two.\n\nfn main() {\n    page();\n}\n");
        new
    }

    fn chapter(&self, slug: &str, metadata: &str) {
        let snake = slug.replace('-', "_");
        let fill =
            |text: &str| text.replace("NAME", slug).replace("SNAKE", &snake);
        let chapter = format!("chapters/{slug}");
        let manifest = fill(MANIFEST) + metadata;
        self.write(&format!("{chapter}/Cargo.toml"), &manifest);
        self.write(&format!("{chapter}/main.rs"), "fn main() {\n}\n");
        self.write(&format!("tests/{snake}.rs"), "");
        for name in [snake.clone(), format!("{snake}_window")] {
            let text = "---\nsource: a test\n---\n[main] <ready>\n";
            self.write(&format!("tests/snapshots/{name}.snap"), text);
        }
        self.write(&format!("book/src/{slug}.md"), &fill(TEXT));
        self.append(
            "book/src/SUMMARY.md",
            &format!("- [{slug}](./{slug}.md)\n"),
        );
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn append(&self, file: &str, text: &str) {
        let old = self.tree.read(file).unwrap_or_default();
        self.write(file, &(old + text));
    }

    fn replace(&self, file: &str, old: &str, new: &str) {
        let text = self.tree.read(file).unwrap();
        assert!(text.contains(old), "{file} has no {old}");
        self.write(file, &text.replace(old, new));
    }

    fn remove(&self, file: &str) {
        fs::remove_file(self.folder.path().join(file)).unwrap();
    }

    /// What the second page prints if this is all that it says.
    fn print(&self, text: &str) -> String {
        expand(&self.tree, PAGE, text).unwrap()
    }

    /// The only problem that there is, or all of them, to be seen.
    fn problem(&self) -> String {
        let problems = check(&self.tree);
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    }
}

/// The problem that a good tree has after one break.
fn broken(how: impl FnOnce(&Fixture)) -> String {
    let fixture = Fixture::new();
    how(&fixture);
    fixture.problem()
}

/// What the build says of a directive on the third line of the second page.
fn said_of(directive: &str) -> String {
    let problem = broken(|fixture| {
        fixture.replace(
            PAGE,
            r#"{{#code ch02-page/main.rs from="^fn main" to="^}"}}"#,
            directive,
        );
    });
    let place = format!("{PAGE}:3: ");
    problem.strip_prefix(&place).unwrap_or(&problem).to_owned()
}

#[test]
fn the_book_agrees_with_the_tree() {
    let problems = check(&Tree::workspace());
    for problem in &problems {
        eprintln!("{problem}");
    }
    assert!(problems.is_empty(), "{} problems, above", problems.len());
}

#[test]
fn an_unbroken_tree_has_no_problem() {
    assert_eq!(broken(|_| {}), "");
}

#[test]
fn code_that_cannot_be_selected_is_named() {
    let code = |rest| said_of(&format!("{{{{#code {rest}}}}}"));
    assert_eq!(
        code("ch02-page/gone.rs"),
        "there is no file chapters/ch02-page/gone.rs"
    );
    assert_eq!(code("common/gone.rs"), "there is no file common/gone.rs");
    assert_eq!(code("../secret"), "../secret leaves the workspace");
    assert_eq!(code("/etc/passwd"), "/etc/passwd leaves the workspace");
    assert_eq!(
        code("ch02-page/main.rs from='fn gone'"),
        "chapters/ch02-page/main.rs has no \"fn gone\"; correct `from`"
    );
    assert_eq!(
        code("ch02-page/main.rs from='()'"),
        "chapters/ch02-page/main.rs has \"()\" on lines 3, 4; make `from` \
         longer"
    );
    assert_eq!(
        code("ch02-page/main.rs from='page' to='^fn'"),
        "chapters/ch02-page/main.rs has no \"^fn\" on line 4 or later"
    );
}

#[test]
fn code_that_is_empty_or_too_long_is_named() {
    let problem = |text: &str| {
        broken(|fixture| {
            fixture.write("common/lib.rs", text);
            fixture.write("book/src/index.md", "{{#code common/lib.rs}}\n");
        })
    };
    let empty = "book/src/index.md:1: this selects nothing of common/lib.rs";
    assert_eq!(problem(""), empty);
    assert_eq!(problem("\n\n"), empty);
    assert_eq!(problem(&"x\n".repeat(25)), "");
    assert_eq!(
        problem(&"x\n".repeat(26)),
        "book/src/index.md:1: this prints 26 lines of common/lib.rs; at most \
         25 at a time: split it, with prose between"
    );
}

#[test]
fn a_directive_that_is_not_one_is_named() {
    for directive in [
        "{{#include main.rs}}",
        "{{ #cod ch02-page/main.rs}}",
        "{{#code}}",
        "{{#code ch02-page/main.rs form='x'}}",
        "{{#code ch02-page/main.rs from='()' from='()'}}",
        "{{#code ch02-page/main.rs to='^}'}}",
        "{{#code ch02-page/main.rs from=x}}",
        "{{#code ch02-page/main.rs from='x}}",
        "{{#diff ch01-window}}",
        "{{#diff ch01-window ch02-page main.rs more}}",
        "{{#snap ch02_page more}}",
    ] {
        let said = said_of(directive);
        assert!(said.starts_with("no directive reads like this; "), "{said}");
    }
    assert_eq!(
        said_of("Here: {{#code ch02-page/main.rs}}"),
        "a directive stands alone on its line; to show one, write it in \
         backticks or with a \\ before it"
    );
}

#[test]
fn a_diff_of_nothing_is_named() {
    assert_eq!(
        said_of("{{#diff ch01-window ch09-gone}}"),
        "there is no chapter ch09-gone"
    );
    assert_eq!(
        said_of("{{#diff ch01-window ch01-window}}"),
        "nothing changed from ch01-window to ch01-window"
    );
    assert_eq!(
        said_of("{{#diff ch01-window ch02-page preload.js}}"),
        "nothing changed in preload.js from ch01-window to ch02-page"
    );
}

#[test]
fn a_snapshot_that_is_not_there_or_not_printed_is_named() {
    assert_eq!(
        said_of("{{#snap gone}}"),
        "there is no snapshot tests/snapshots/gone.snap; run its test"
    );
    assert_eq!(
        broken(|fixture| fixture.remove("tests/snapshots/ch02_page.snap")),
        format!(
            "{PAGE}:5: there is no snapshot tests/snapshots/ch02_page.snap; \
             run its test\n\
             chapters/ch02-page/Cargo.toml:1: the chapter has no \
             tests/snapshots/ch02_page.snap"
        )
    );
    assert_eq!(
        broken(|fixture| fixture.replace(PAGE, "{{#snap ch02_page}}", "")),
        format!("{PAGE}:1: the page has no {{{{#snap ch02_page}}}}")
    );
    assert_eq!(
        broken(|fixture| fixture.write("tests/snapshots/ch03_x.snap", "")),
        "tests/snapshots/ch03_x.snap:1: belongs to no chapter; remove it, or \
         rename it after one"
    );
}

#[test]
fn chapter_page_test_and_summary_belong_together() {
    let manifest = "chapters/ch02-page/Cargo.toml";
    assert_eq!(
        broken(|fixture| {
            fixture.remove(PAGE);
            fixture.replace("book/src/SUMMARY.md", "- [ch02", "<!-- - [ch02");
        }),
        format!("{manifest}:1: the chapter has no {PAGE}")
    );
    assert_eq!(
        broken(|fixture| {
            fixture.write("book/src/ch03-x.md", "# Three\n");
            fixture.append("book/src/SUMMARY.md", "- [Three](ch03-x.md)\n");
        }),
        "book/src/ch03-x.md:1: belongs to no chapter; remove it, or rename \
         it after one"
    );
    assert_eq!(
        broken(|fixture| {
            fixture.replace("book/src/SUMMARY.md", "(./ch02-page.md)", "()");
        }),
        format!("{PAGE}:1: the page is not in SUMMARY.md")
    );
    assert_eq!(
        broken(|fixture| {
            fixture.append("book/src/SUMMARY.md", "- [x](gone.md)\n");
        }),
        "book/src/SUMMARY.md:6: there is no page book/src/gone.md"
    );
    assert_eq!(
        broken(|fixture| fixture.remove("tests/ch02_page.rs")),
        format!("{manifest}:1: the chapter has no tests/ch02_page.rs")
    );
    assert_eq!(
        broken(|fixture| fixture.write("tests/ch03_x.rs", "")),
        "tests/ch03_x.rs:1: belongs to no chapter; remove it, or rename it \
         after one"
    );
    assert_eq!(
        broken(|fixture| fixture.replace(PAGE, "cargo run -p", "cargo run")),
        format!(
            "{PAGE}:1: the page has no code block with the line `cargo run \
             -p ch02-page`"
        )
    );
}

#[test]
fn a_manifest_that_breaks_the_rules_is_named() {
    let manifest = "chapters/ch02-page/Cargo.toml";
    let broken = |old, new| {
        let text = broken(|fixture| fixture.replace(manifest, old, new));
        text.replace(&format!("{manifest}:1: "), "")
    };
    assert_eq!(
        broken("tests/ch02", "tests/ch03"),
        "add a [[test]] with path = \"../../tests/ch02_page.rs\""
    );
    assert_eq!(
        broken("name = \"ch02-page\"", "name = \"page\""),
        "the package is `page`; name it `ch02-page`"
    );
    assert_eq!(
        broken("after = \"ch01-window\"", ""),
        "name the chapter before: package.metadata.tutorial.after"
    );
    assert_eq!(
        broken("\"ch01-window\"", "\"ch00-gone\""),
        "it comes after `ch00-gone`, which is no chapter"
    );
    assert!(
        broken("after =", "afer =")
            .starts_with("chapters/ch02-page/Cargo.toml:9: unknown field")
    );
}

#[test]
fn a_chapter_over_its_budget_is_named() {
    let manifest = "chapters/ch02-page/Cargo.toml";
    let after = "after = \"ch01-window\"";
    let files = |files: &[(&str, usize)], added| {
        broken(|fixture| {
            let more = format!("{after}\nadded = {added}");
            fixture.replace(manifest, after, &more);
            for (name, lines) in files {
                let file = format!("chapters/ch02-page/{name}");
                fixture.write(&file, &"\n".repeat(200));
                fixture.append(&file, &"x\n".repeat(*lines));
            }
            let page =
                "{{#code ch02-page/main.rs from=\"^fn main\" to=\"^}\"}}";
            fixture.replace(PAGE, page, "");
        })
    };
    assert_eq!(files(&[("main.rs", 120), ("preload.js", 40)], 160), "");
    assert_eq!(
        files(&[("main.rs", 121)], 121),
        format!("{MAIN}:321: 121 lines are too many; at most 120")
    );
    assert_eq!(
        files(&[("index.html", 41)], 45),
        "chapters/ch02-page/index.html:241: 41 lines are too many; at most 40"
    );
    let page_files =
        [("main.rs", 110), ("preload.js", 40), ("renderer.js", 36)];
    assert_eq!(
        files(&page_files, 186),
        format!("{manifest}:1: the chapter has 186 lines; at most 185")
    );
    assert_eq!(
        files(&[("main.rs", 76)], 75),
        format!(
            "{manifest}:1: the chapter adds 76 lines to ch01-window; at most 75"
        )
    );
}

#[test]
fn a_picture_needs_a_file_and_words() {
    let broken = |new| {
        broken(|fixture| fixture.replace(PAGE, "![A window](window.png)", new))
    };
    assert_eq!(
        broken("![](window.png)"),
        format!("{PAGE}:13: say in [] what window.png shows")
    );
    assert_eq!(
        broken("![A window](https://example.org/window.png)"),
        format!(
            "{PAGE}:13: there is no picture https://example.org/window.png"
        )
    );
    assert_eq!(
        broken("<img src=\"window.png\">"),
        format!("{PAGE}:13: write the picture as ![what it shows](file)")
    );
}

#[test]
fn code_is_printed_with_its_file_and_lines() {
    let fixture = Fixture::new();
    let listing = |lines: &str, code: &str| {
        format!(
            "\n<figure class=\"listing\">\n<figcaption><code>{MAIN}</code>, \
             {lines}</figcaption>\n\n```rs\n{code}\n```\n\n</figure>\n\n"
        )
    };
    let print = |rest| fixture.print(&format!("{{{{#code {rest}}}}}"));
    assert_eq!(
        print("ch02-page/main.rs from=\"fn main\" to=\"^}\""),
        listing("lines 3–5", "fn main() {\n    page();\n}")
    );
    assert_eq!(
        print("ch02-page/main.rs from='page()'"),
        listing("line 4", "    page();")
    );
    let code = "//! Two.\n\nfn main() {\n    page();\n}";
    let whole = listing("lines 1–5", code);
    assert_eq!(print("ch02-page/main.rs"), whole);
    assert_eq!(print("chapters/ch02-page/main.rs"), whole);
    fixture.write("common/x.md", "````\n`` `\n````\n");
    assert!(print("common/x.md").contains("\n`````text\n````\n"));
}

#[test]
fn a_directive_in_code_or_escaped_stays_as_it_is() {
    let fixture = Fixture::new();
    for text in [
        "Write `{{#code x}}` or \\{{#code x}}.\n",
        "Write ``{{#code `x`}}`` alone.\n",
        "~~~text\n{{#code x}}\n```\n{{#code x}}\n~~~\n",
        "````\n```\n{{#code x}}\n```\n{{#code x}}\n````\n",
        "- item\n\n  ```\n  {{#code x}}\n  ```\n",
        "Text\n\n    {{#code x}}\n",
    ] {
        assert_eq!(fixture.print(text), text);
    }
    let item = fixture.print("- item\n\n  {{#snap ch02_page}}\n");
    assert!(item.contains("\n  ```text\n  [main] <ready>\n  ```\n"), "{item}");
}

#[test]
fn a_diff_shows_changed_new_and_removed_files() {
    let fixture = Fixture::new();
    fixture.write("chapters/ch01-window/old.js", "old();\n");
    fixture.write("chapters/ch02-page/preload.js", "new();\n");
    let diff = fixture.print("{{#diff ch01-window ch02-page}}");
    for part in [
        "chapters/ch02-page/Cargo.toml</code>, changed since \
         <code>ch01-window</code>",
        "\n```diff\n@@ -1,2 +1,5 @@\n+//! Two.\n+\n fn main() {\n\
         +    page();\n }\n```\n",
        "chapters/ch02-page/preload.js</code>, a new file</figcaption>\n\n\
         ```diff\n@@ -0,0 +1 @@\n+new();\n```\n",
        "chapters/ch01-window/old.js</code>, removed</figcaption>\n\n\
         ```diff\n@@ -1 +0,0 @@\n-old();\n```\n",
    ] {
        assert!(diff.contains(part), "no {part} in {diff}");
    }
    let main = fixture.print("{{#diff ch01-window ch02-page main.rs}}");
    assert_eq!(main.matches("<figure").count(), 1);
}

#[test]
fn the_rendered_book_shows_every_line() {
    let fixture = Fixture::new();
    let code = "#[derive(Debug)]\nstruct A;\n# not hidden\n## whole\n";
    fixture.write("common/lib.rs", code);
    fixture.append(PAGE, "\n{{#code common/lib.rs}}\n");
    let index = render(&fixture.tree).unwrap();
    let page = index.with_file_name("ch02-page.html");
    let html = fs::read_to_string(page).unwrap();
    for part in [code, "[main] &lt;ready&gt;", "ch02-page/main.rs</code>, "] {
        assert!(html.contains(part), "no {part} in the page");
    }
    for part in ["class=\"boring", "class=\"playground", "{{#"] {
        assert!(!html.contains(part), "{part} in the page");
    }
}

#[test]
fn a_page_that_cannot_be_printed_fails_the_rendering() {
    let fixture = Fixture::new();
    fixture.append(PAGE, "{{#snap gone}}\n");
    let error = render(&fixture.tree).unwrap_err();
    assert!(error.to_string().starts_with(&format!("{PAGE}:14: ")));
}

#[test]
fn the_table_counts_lines_that_are_not_blank() {
    let table = table(&Fixture::new().tree).unwrap();
    let rows: Vec<_> = table.lines().skip(2).collect();
    assert_eq!(
        rows,
        [
            "| ch01-window | 2 | 0 | 0 | 0 | 2 | – |",
            "| ch02-page | 4 | 0 | 0 | 0 | 4 | 2 |"
        ]
    );
}

#[test]
fn the_server_gives_the_book_and_nothing_else() {
    let fixture = Fixture::new();
    fixture.write("secret", "secret");
    fixture.write("book/book/index.html", "<p>hello");
    let site = fixture.tree.path("book/book");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || host(&listener, &site, |_, _| ()));
    let get = |path| {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    for path in ["/", "/index.html", "/index.html?highlight=x"] {
        let answer = get(path);
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains("Content-Type: text/html"), "{answer}");
        assert!(answer.ends_with("\r\n\r\n<p>hello"), "{answer}");
    }
    for path in ["/gone", "/../../secret", "//etc/passwd", "x"] {
        assert!(get(path).starts_with("HTTP/1.1 404 "), "{path}");
    }
}
