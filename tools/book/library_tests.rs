//! The library's part of the gate, and a small library that is broken in every
//! way that it must catch.

use crate::fixture::{Fixture, VALUES, VALUES_PAGE, broken_library, told};
use crate::{check, table};

const SUMMARY: &str = "book/src/SUMMARY.md";
const PAGE: &str = "book/src/ch11-values.md";

#[test]
fn an_unbroken_library_has_no_problem() {
    assert_eq!(broken_library(|_| {}), "");
    // Neither tests nor what is started by hand is printed.
    assert_eq!(
        broken_library(|fixture| {
            for file in ["tests/all.rs", "fuzz/decode.rs", "fuzz/Cargo.toml"] {
                fixture.write(&format!("common/ipc/{file}"), "fn a() {}\n");
            }
            let tests = "#[cfg(test)]\nmod tests {\n    use super::*;\n}\n";
            fixture.append("common/ipc/lib.rs", tests);
            let page = "book/src/ipc-lib.md";
            let some = "{{#code ipc/lib.rs from='//!' to='mod value'}}";
            fixture.replace(page, "{{#code ipc/lib.rs}}", some);
        }),
        ""
    );
}

#[test]
fn a_chapter_on_the_library_follows_none_and_is_short() {
    let manifest = "chapters/ch11-values/Cargo.toml";
    let after = "\n[package.metadata.tutorial]\nafter = \"ch02-page\"\n";
    let said = broken_library(|fixture| fixture.append(manifest, after));
    let wanted = format!(
        "{manifest}:1: it stands on the library, and follows no chapter: take \
         `after` out"
    );
    assert!(said.lines().any(|line| line == wanted), "{said}");
    let files = |files: &[(&str, usize)]| {
        let fixture = Fixture::with_library();
        for (name, lines) in files {
            let file = format!("chapters/ch11-values/{name}");
            fixture.write(&file, &"x\n".repeat(*lines));
        }
        let said = told(&check(&fixture.tree));
        let budget = said.lines().filter(|line| line.contains("at most"));
        budget.collect::<Vec<_>>().join("\n")
    };
    let all = [("main.rs", 60), ("preload.js", 40), ("renderer.js", 20)];
    let budget = files(&all);
    assert!(!budget.contains("too many") && !budget.contains("the chapter"));
    assert!(files(&[("main.rs", 61)]).contains("61 lines are too many"));
    assert!(files(&[("index.html", 41)]).contains("41 lines are too many"));
    assert!(
        files(&[("main.rs", 60), ("preload.js", 40), ("renderer.js", 21)])
            .contains("the chapter has 121 lines; at most 120")
    );
}

#[test]
fn a_module_or_an_example_that_is_too_long_is_named() {
    let said = |file: &str, lines: usize| {
        let said = broken_library(|fixture| {
            fixture.append(file, &"x();\n".repeat(lines));
        });
        let mut lines = said.lines().filter(|line| line.contains("too many"));
        lines.next().unwrap_or_default().to_owned()
    };
    assert_eq!(said(VALUES, 146), "");
    let most = "151 lines are too many; at most 150";
    assert_eq!(said(VALUES, 147), format!("{VALUES}:151: {most}"));
    let example = "common/ipc/examples/patterns/main.rs";
    assert_eq!(said(example, 50), "");
    let most = "51 lines are too many; at most 50";
    assert_eq!(said(example, 51), format!("{example}:51: {most}"));
    let table = table(&Fixture::with_library().tree).unwrap();
    assert!(table.contains("| values.js | ch11-values | 4 |"), "{table}");
}

#[test]
fn a_module_that_no_chapter_brings_is_named() {
    let head = "// Chapter: ch11-values";
    let said = |new: &str| {
        broken_library(|fixture| {
            fixture.replace(VALUES, head, new);
            fixture.replace(SUMMARY, "  - [values]", "- [values]");
        })
    };
    let missing = format!(
        "{VALUES}:2: its head does not end with the chapter that brings it; \
         add the line `Chapter: chNN-…` there"
    );
    assert_eq!(said("// Nobody's"), missing);
    let other = said("// Chapter: ch99-gone");
    let gone = format!("{VALUES}:2: it is of `ch99-gone`, which is no chapter");
    assert!(other.contains(&gone), "{other}");
}

#[test]
fn an_unlisted_missing_or_doubled_module_page_is_named() {
    let entry = "  - [values](./ipc-values.md)\n";
    assert_eq!(
        broken_library(|fixture| {
            fixture.remove(VALUES_PAGE);
            fixture.replace(SUMMARY, entry, "");
        }),
        format!("{VALUES}:1: the module has no {VALUES_PAGE}")
    );
    assert_eq!(
        broken_library(|fixture| fixture.replace(SUMMARY, entry, "")),
        format!("{VALUES_PAGE}:1: the page is not in SUMMARY.md")
    );
    assert_eq!(
        broken_library(|fixture| fixture.append(SUMMARY, entry)),
        format!("{SUMMARY}:9: {VALUES_PAGE} is listed already")
    );
    assert_eq!(
        broken_library(|fixture| {
            fixture.replace(SUMMARY, entry, "");
            fixture.replace(
                SUMMARY,
                "- [ch11-values]",
                &format!("{entry}- [ch11-values]"),
            );
        }),
        format!(
            "{SUMMARY}:6: ipc-values.md does not stand below ch11-values.md, \
             which brings the module; move it there, two spaces further in"
        )
    );
    assert_eq!(
        broken_library(|fixture| {
            fixture.write("book/src/ipc-gone.md", "# Gone\n");
            fixture.append(SUMMARY, "  - [gone](ipc-gone.md)\n");
        }),
        "book/src/ipc-gone.md:1: belongs to no module of common/ipc; remove \
         it, or rename it after one"
    );
    let both = broken_library(|fixture| {
        let text = "//! Chapter: ch11-values\n";
        fixture.write("common/ipc/values.rs", text);
    });
    let named = format!(
        "common/ipc/values.rs:1: {VALUES} would have the same page; rename one"
    );
    assert!(both.contains(&named), "{both}");
}

#[test]
fn a_line_of_the_library_is_printed_on_its_own_page_alone() {
    let untold = |file: &str, page: &str, first, lines: &str| {
        format!(
            "{file}:{first}: no #code on {page} prints {lines}; add one, and \
             say before it what it is for"
        )
    };
    let some = "{{#code ipc/values.js from='// Values' to='const'}}";
    let all = "{{#code ipc/values.js}}";
    assert_eq!(
        broken_library(|fixture| fixture.replace(VALUES_PAGE, all, some)),
        untold(VALUES, VALUES_PAGE, 4, "this line")
    );
    // Cargo.toml and the examples are on the page of lib.rs.
    for name in ["Cargo.toml", "examples/patterns/main.rs"] {
        let file = format!("common/ipc/{name}");
        assert_eq!(
            broken_library(|fixture| fixture.write(&file, "[a]\nb = 1\n")),
            untold(&file, "book/src/ipc-lib.md", 1, "lines 1 to 2")
        );
    }
    let again = "\nText\n\n{{#code ipc/values.js from='// Values'}}\n";
    let alone = "is printed on the page of its module alone; link to that";
    for page in ["book/src/ipc-lib.md", "book/src/index.md"] {
        let said = broken_library(|fixture| fixture.append(page, again));
        let wanted = format!(": {VALUES} {alone}");
        assert!(said.starts_with(page) && said.ends_with(&wanted), "{said}");
    }
    // A chapter's page may show some of it.
    assert_eq!(broken_library(|fixture| fixture.append(PAGE, again)), "");
    let much = broken_library(|fixture| {
        let text = "x();\n".repeat(151);
        fixture.append(VALUES, &text);
        for last in 0..7 {
            fixture
                .append(VALUES, &format!("{}{last}last\n", "y\n".repeat(24)));
        }
        for last in 0..6 {
            let code = format!(
                "\nText\n\n{{{{#code ipc/values.js from='{last}last' \
                 to='{}last'}}}}\n",
                last + 1
            );
            fixture.append(PAGE, &code);
        }
    });
    let wanted = format!(
        "{PAGE}:1: the page prints 156 lines of common/ipc; at most 150: the \
         modules' own pages print all"
    );
    assert!(much.contains(&wanted), "{much}");
}

#[test]
fn a_modules_page_has_a_head_and_keeps_its_length() {
    let head = "{{#head ipc/values.js}}";
    assert_eq!(
        broken_library(|fixture| fixture.replace(VALUES_PAGE, head, "")),
        format!("{VALUES_PAGE}:1: the page has no {head}")
    );
    let words = "word ".repeat(1500);
    let said = broken_library(|fixture| {
        fixture.append(VALUES_PAGE, &format!("\n{words}\n"));
    });
    assert!(said.contains("words; at most 1500"), "{said}");
    let fixture = Fixture::with_library();
    let about = fixture.print(head);
    for line in [
        "- Brought by [A chapter](ch11-values.md) · 0 minutes",
        "- `common/ipc/values.js`, 4 lines",
    ] {
        assert!(about.contains(line), "{about}");
    }
    let chapter = fixture.print("{{#head ch11-values}}");
    for line in [
        "- New: `Cargo.toml`, `main.rs`",
        "- In the library: [`lib.rs`](ipc-lib.md), \
         [`values.js`](ipc-values.md)",
        "- Begin in a folder of your own, or look at `chapters/ch11-values`",
    ] {
        assert!(chapter.contains(line), "{chapter}");
    }
}

#[test]
fn a_name_on_the_map_is_looked_for_in_the_library() {
    assert_eq!(
        broken_library(|fixture| fixture.replace(VALUES, "decode.rs", "read")),
        format!(
            "{PAGE}:5: the map has \"decode.rs\" for what receives, which \
             chapters/ch11-values and common/ipc does not have; correct \
             tools/book/map.rs"
        )
    );
}

#[test]
fn a_module_names_none_of_a_later_chapter() {
    let said = |name: &str, text: &str| {
        broken_library(|fixture| {
            fixture.chapter("ch12-errors", "nothing", "");
            // What the map of that chapter has.
            let map = "// gone.rs, invoke, pipe.rs, dispatch.rs, settle.rs\n";
            let later = "//! Chapter: ch12-errors\n";
            fixture.module("pipe.rs", &format!("{later}{map}"));
            fixture.module("limits.rs", later);
            let lib = "mod value;\npub use pipe::{Pipe as Raw, Open};\n";
            fixture.replace("common/ipc/lib.rs", "mod value;\n", lib);
            let own = "//! Chapter: ch11-values\n";
            fixture.module(name, &format!("{own}{text}"));
            // They are below the wrong chapter here, which is told elsewhere.
        })
        .lines()
        .filter(|line| !line.starts_with(SUMMARY))
        .collect::<Vec<_>>()
        .join("\n")
    };
    let named = |line: usize, by: &str| {
        format!(
            "common/ipc/value.rs:{line}: value.rs is of ch11-values, and names \
             {by}.rs, which ch12-errors brings; declare a trait here, and let \
             app.rs fill it"
        )
    };
    for good in [
        "use crate::value::Value;",
        "use std::fmt;",
        "/// Not [`crate::pipe`].",
        "#[cfg(test)]\nmod tests {\n    use crate::pipe;\n}",
    ] {
        let text = format!("{good}\n");
        let said = said("value.rs", &text);
        assert!(!said.contains("value.rs is of"), "{said}");
    }
    for (bad, line) in [
        ("use crate::pipe::Pipe;", 2),
        ("use super::pipe;", 2),
        ("use crate::{\n    value::{A, B},\n    pipe,\n};", 2),
        ("fn a() {\n    crate::Raw::open();\n}", 3),
        ("use crate::Open;", 2),
        ("const A: &str = include_str!(\"pipe.rs\");", 2),
    ] {
        assert_eq!(said("value.rs", &format!("{bad}\n")), named(line, "pipe"));
    }
    assert_eq!(
        said("value.rs", "use super::*;\n"),
        "common/ipc/value.rs:2: this names all modules; name what it needs"
    );
    assert_eq!(said("app.rs", "use crate::{pipe, limits};\n"), "");
}
