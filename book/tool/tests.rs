//! What the directives print, what a browser is shown, and the server.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::{fs, thread};

use crate::fixture::{Fixture, MAIN, PAGE};
use crate::serve::host;
use crate::{render, table};

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
    let main = listing("lines 3–5", "fn main() {\n    page();\n}");
    assert_eq!(print("ch02-page/main.rs from='{$' to='^}$'"), main);
    let start = listing("line 1", "//! Two.");
    assert_eq!(print("ch02-page/main.rs from='Two' until='fn'"), start);
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
        "chapters/ch02-page/preload.js</code>, a new file since <code>ch01-window</code>\
         </figcaption>\n\n```diff\n@@ -0,0 +1 @@\n+new();\n```\n",
        "chapters/ch01-window/old.js</code>, removed in <code>ch02-page</code>\
         </figcaption>\n\n```diff\n@@ -1 +0,0 @@\n-old();\n```\n",
    ] {
        assert!(diff.contains(part), "no {part} in {diff}");
    }
    // The wiring is not the reader's, so it is not shown.
    assert!(!diff.contains("tutorial"), "{diff}");
    let diff = fixture.print("{{#diff nothing ch01-window}}");
    let new = "chapters/ch01-window/main.rs</code>, a new file</figcaption>\n\n\
               ```diff\n@@ -0,0 +1,2 @@\n+fn main() {\n+}\n```\n";
    assert!(diff.contains(new), "no {new} in {diff}");
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
    assert!(error.to_string().starts_with(&format!("{PAGE}:18: ")));
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

#[test]
fn a_transcript_is_drawn_with_its_arrows_and_told_in_words() {
    let fixture = Fixture::new();
    fixture.write(
        "tests/snapshots/ch02_page.snap",
        "---\nsource: a test\n---\n[main] <ready>\n\
         [renderer → main] send #1\n[main → renderer] reply #1\n",
    );
    let whole = fixture.print("{{#sequence ch02_page}}");
    for part in [
        "<desc id=\"sequence-ch02_page-3-text\">main: &lt;ready&gt;. renderer \
         to main: send #1. main to renderer: reply #1.</desc>",
        ">renderer</text>",
        ">main</text>",
        ">&lt;ready&gt;</text>",
        // To the right and back again.
        "<path d=\"M55 111H360\"/>",
        "<path d=\"M360 148H55\"/>",
    ] {
        assert!(whole.contains(part), "no {part} in {whole}");
    }
    assert!(!whole.contains("preload"), "{whole}");
    assert!(!whole.trim().contains("\n\n"), "Markdown would end it: {whole}");
    let part = "{{#sequence ch02_page from='send' to='reply'}}";
    assert!(!fixture.print(part).contains("ready"));
}

#[test]
fn a_drawing_keeps_long_words_inside() {
    let fixture = Fixture::new();
    let long = "x".repeat(160);
    let text = format!("---\nsource: a test\n---\n[main] a {long} b,c\n");
    fixture.write("tests/snapshots/ch02_page.snap", &text);
    let drawing = fixture.print("{{#sequence ch02_page}}");
    let lines: Vec<_> = drawing
        .lines()
        .filter_map(|line| line.split_once("<text ")?.1.split_once('>'))
        .map(|(_, rest)| rest.trim_end_matches("</text>"))
        .collect();
    assert!(lines.iter().all(|line| line.len() <= 45), "{lines:?}");
    let all = lines[1..].concat().replace(' ', "");
    assert_eq!(all, format!("a{long}b,c"));
}

#[test]
fn a_break_is_printed_with_its_symptom_and_its_cure() {
    let fixture = Fixture::new();
    fixture.write(
        "tests/breaks/ch02-page/1-loud.patch",
        "title: A `loud` page\nsymptom: It is loud.\ncure: Lower it.\n\
         caught-by: ch02_page\n\n--- a/main.rs\n+++ b/main.rs\n\
         @@ -4 +4 @@\n-    page();\n+    loud();\n",
    );
    assert_eq!(
        fixture.print("{{#break ch02-page 1}}"),
        "\n**A `loud` page**\n\n<figure class=\"listing\">\n<figcaption>\
         <code>tests/breaks/ch02-page/1-loud.patch</code></figcaption>\n\n\
         ```diff\n--- a/main.rs\n+++ b/main.rs\n@@ -4 +4 @@\n-    page();\n\
         +    loud();\n```\n\n</figure>\n\n*Symptom:* It is loud.\n\n\
         *Cure:* Lower it.\n\n*See it:* `cargo x break ch02 1`\n\n"
    );
}

/// A page prints its snapshot's file, so the two cannot differ: what is
/// edited there is compared with the chapter's real output by its own test.
#[test]
fn an_edited_snapshot_is_what_the_page_shows() {
    let fixture = Fixture::new();
    let shown = || {
        let index = render(&fixture.tree).unwrap();
        fs::read_to_string(index.with_file_name("ch02-page.html")).unwrap()
    };
    assert!(shown().contains("[main] &lt;ready&gt;"));
    let file = "tests/snapshots/ch02_page.snap";
    fixture.replace(file, "<ready>", "steady");
    assert!(shown().contains("[main] steady"));
}
