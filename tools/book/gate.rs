//! The real book, and a small one that is broken in every way that the gate
//! must catch.

use std::fs;
use std::process::Command;

use checkout::Chapter;

use crate::fixture::{Fixture, MAIN, PAGE, broken, said_of, told};
use crate::page::Page;
use crate::{Tree, budget, check, illustrations, links, render, render_into};

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
fn the_links_of_the_book_lead_somewhere() {
    let tree = Tree::workspace();
    // Not where `build` renders to, so that tests do not meet there.
    let folder = tempfile::tempdir().unwrap();
    render_into(&tree, folder.path()).unwrap();
    assert_eq!(told(&links(&tree, folder.path())), "");
}

/// Illustrations are the only code that nothing compiles or runs.
#[test]
fn the_illustrations_in_javascript_are_javascript() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("illustration.mjs");
    let (pages, _) = Page::all(&Tree::workspace());
    for page in pages {
        for block in page.blocks.iter().filter(|block| block.what.is("js")) {
            fs::write(&file, &block.what.text).unwrap();
            let node = Command::new("node").arg("--check").arg(&file).output();
            let Ok(node) = node else {
                println!("skipped: node is not installed");
                return;
            };
            let said = String::from_utf8_lossy(&node.stderr);
            let (page, line) = (&page.file, block.line);
            assert!(node.status.success(), "{page}:{line}: {said}");
        }
    }
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
    assert_eq!(
        code("ch02-page/main.rs from='page' until='page'"),
        "chapters/ch02-page/main.rs has no \"page\" on line 5 or later"
    );
}

#[test]
fn a_function_that_is_renamed_is_missed_where_a_page_prints_it() {
    assert_eq!(
        broken(|fixture| {
            let directive = "{{#code ch02-page/main.rs from='page()'}}\n";
            fixture.write("book/src/index.md", directive);
            fixture.replace(MAIN, "page()", "start()");
        }),
        format!(
            "book/src/index.md:1: {MAIN} has no \"page()\"; correct `from`"
        )
    );
}

#[test]
fn code_that_is_empty_or_too_long_is_named() {
    let problem = |text: &str| {
        broken(|fixture| {
            fixture.write("notes.txt", text);
            fixture.write("book/src/index.md", "{{#code notes.txt}}\n");
        })
    };
    let empty = "book/src/index.md:1: this selects nothing of notes.txt";
    assert_eq!(problem(""), empty);
    assert_eq!(problem("\n\n"), empty);
    assert_eq!(problem(&"x\n".repeat(25)), "");
    assert_eq!(
        problem(&"x\n".repeat(26)),
        "book/src/index.md:1: this prints 26 lines of notes.txt; at most \
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
        "{{#diff ch01-window ch02-page main.rs}}",
        "{{#diff ch01-window ch02-page to='x'}}",
        "{{#code ch02-page/main.rs from='()' to='x' until='x'}}",
        "{{#sequence}}",
        "{{#breaks}}",
        "{{#window ch02_page_window}}",
        "{{#window ch02_page_window from='x'}}",
        "{{#map ch02-page more}}",
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
fn what_was_measured_is_there_and_on_one_page() {
    assert_eq!(
        said_of("{{#bench gone}}"),
        "there is no table book/bench/gone.md; see `cargo x bench`"
    );
    let chart = "{{#chart gone alt='x'}}";
    assert!(said_of(chart).starts_with("there is no book/bench/gone-light"));
    assert!(said_of("{{#chart gone alt=''}}").starts_with("say in alt="));
    let measured = |text: &str| {
        broken(|fixture| {
            fixture.write("book/bench/calls.md", "| a |\n| - |\n| 1 |\n");
            fixture.write("book/bench/growth-light.svg", "<svg ></svg>\n");
            fixture.write("book/bench/growth-dark.svg", "<svg ></svg>\n");
            fixture.write("book/src/index.md", text);
        })
    };
    let both = "Words.\n\n{{#bench calls}}\n\n{{#chart growth alt='x'}}\n";
    assert_eq!(measured(both), "");
    let twice = both.to_owned() + "\nWords.\n\n{{#bench calls}}\n";
    let not_once = "book/bench/calls.md:1: not on one page; print it with \
                    {{#bench calls}}";
    assert_eq!(measured(&twice), not_once);
    assert!(measured("").starts_with(not_once));
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
        said_of("{{#diff nothing nothing}}"),
        "there is no chapter nothing"
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
            "{PAGE}:17: there is no snapshot tests/snapshots/ch02_page.snap; \
             run its test\n\
             chapters/ch02-page/Cargo.toml:1: the chapter has no \
             tests/snapshots/ch02_page.snap"
        )
    );
    assert_eq!(
        broken(|fixture| fixture.replace(PAGE, "{{#snap ch02_page}}", "")),
        "tests/snapshots/ch02_page.snap:1: no page shows it; add {{#snap \
         ch02_page}}"
    );
    // Those of the library are named as its tests, and are on any page.
    let library = "tests/snapshots/ipc_attacks.snap";
    assert_eq!(
        broken(|fixture| fixture.write(library, "---\na: b\n---\nc\n")),
        format!("{library}:1: no page shows it; add {{{{#snap ipc_attacks}}}}")
    );
    assert_eq!(
        broken(|fixture| fixture.write("tests/snapshots/ch03_x.snap", "")),
        "tests/snapshots/ch03_x.snap:1: belongs to no chapter; remove it, or \
         rename it after one"
    );
}

#[test]
fn chapters_that_are_swapped_in_the_summary_are_named() {
    let summary = "book/src/SUMMARY.md";
    assert_eq!(
        broken(|fixture| {
            fixture.replace(summary, "(./ch01-window.md)", "(./x)");
            fixture.replace(summary, "(./ch02-page.md)", "(./ch01-window.md)");
            fixture.replace(summary, "(./x)", "(./ch02-page.md)");
        }),
        format!("{summary}:5: ch01-window stands after ch02-page; swap them")
    );
    // Pages without a chapter may stand between them.
    assert_eq!(
        broken(|fixture| {
            fixture.write("book/src/between.md", "# Between\n");
            let between = "- [Between](between.md)\n- [ch02";
            fixture.replace(summary, "- [ch02", between);
        }),
        ""
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
    // A wrong manifest makes other things wrong too; the cause is told.
    let names = |old, new, wanted: &str| {
        let said = broken(|fixture| fixture.replace(manifest, old, new));
        let wanted = format!("{manifest}:{wanted}");
        assert!(said.lines().any(|line| line == wanted), "{said}");
    };
    names(
        "tests/ch02",
        "tests/ch03",
        "1: add a [[test]] with path = \"../../tests/ch02_page.rs\"",
    );
    names(
        "name = \"ch02-page\"",
        "name = \"page\"",
        "1: the package is `page`; name it `ch02-page`",
    );
    names(
        "after = \"ch01-window\"",
        "",
        "1: name the chapter before: package.metadata.tutorial.after",
    );
    names(
        "\"ch01-window\"",
        "\"ch00-gone\"",
        "1: it comes after `ch00-gone`, which is no chapter",
    );
    names(
        "after =",
        "afer =",
        "11: unknown field `afer`, expected `after` or `added`",
    );
}

#[test]
fn a_chapter_over_its_budget_is_named() {
    let manifest = "chapters/ch02-page/Cargo.toml";
    let after = "after = \"ch01-window\"";
    let files = |files: &[(&str, usize)], added| {
        let fixture = Fixture::new();
        let more = format!("{after}\nadded = {added}");
        fixture.replace(manifest, after, &more);
        for (name, lines) in files {
            let file = format!("chapters/ch02-page/{name}");
            fixture.write(&file, &"\n".repeat(200));
            fixture.append(&file, &"x\n".repeat(*lines));
        }
        let chapter = Chapter::read(fixture.tree.root(), "ch02-page").unwrap();
        told(&budget::check(&fixture.tree, &chapter))
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
        broken(|fixture| fixture.replace(PAGE, "![A picture](window.png)", new))
    };
    assert_eq!(
        broken("![](window.png)"),
        format!("{PAGE}:21: say in [] what window.png shows")
    );
    assert_eq!(
        broken("![A window](https://example.org/window.png)"),
        format!(
            "{PAGE}:21: there is no picture https://example.org/window.png"
        )
    );
    assert_eq!(
        broken("<img src=\"window.png\">"),
        format!("{PAGE}:21: write the picture as ![what it shows](file)")
    );
}

const MANIFEST: &str = "chapters/ch02-page/Cargo.toml";

/// What the fixture's second page takes out.
const GONE: &str = "{{#gone ch01-window/main.rs}}";

/// Lets that page print what comes to main.rs, and no more.
fn print_what_comes(fixture: &Fixture) {
    let comes = "{{#code ch02-page/main.rs from='//! Two'}}\n\nAnd:\n\n\
                 {{#code ch02-page/main.rs from='page()'}}";
    fixture.replace(PAGE, "{{#code ch02-page/main.rs}}", comes);
}

fn kept(file: &str, first: usize, lines: &str) -> String {
    format!(
        "{file}:{first}: who follows {PAGE} keeps {lines} beside what the page \
         prints; take it out with #gone, or print it no second time"
    )
}

/// What the gate says of lines that the second page does not print.
fn untold(file: &str, first: usize, lines: &str) -> String {
    format!(
        "{file}:{first}: no #code on {PAGE} prints {lines}; add one, and say \
         before it what it is for"
    )
}

#[test]
fn a_new_line_that_the_page_does_not_print_is_named() {
    let some = "{{#code ch02-page/main.rs from='fn main' to='^}'}}";
    let unprinted = |how: fn(&Fixture)| {
        broken(|fixture| {
            fixture.replace(PAGE, "{{#code ch02-page/main.rs}}", some);
            fixture.replace(MAIN, "//! Two.\n\n", "");
            how(fixture);
        })
    };
    assert_eq!(unprinted(|_| {}), "");
    assert_eq!(
        unprinted(|fixture| fixture.append(MAIN, "fn page() {}\n")),
        untold(MAIN, 4, "this line")
    );
    assert_eq!(
        unprinted(
            |fixture| fixture.append(MAIN, "\ntype A = ();\ntype B = ();\n")
        ),
        untold(MAIN, 5, "lines 5 to 6")
    );
    let file = "chapters/ch02-page/capabilities/main.json";
    assert_eq!(
        broken(|fixture| fixture.write(file, "{}\n")),
        untold(file, 1, "this line")
    );
    assert_eq!(
        broken(|fixture| {
            for file in ["gen/schemas/acl.json", "permissions/autogenerated/a"]
            {
                let file = format!("chapters/ch02-page/{file}");
                fixture.write(&file, "written by tauri-build\n");
            }
            let icon = fixture.tree.path("chapters/ch02-page/icon.png");
            fs::write(icon, b"\x89PNG\n\xff\n").unwrap();
        }),
        ""
    );
    // A diff shows the line and explains nothing.
    assert_eq!(
        broken(|fixture| {
            fixture.replace(PAGE, "{{#code ch02-page/main.rs}}", "");
        }),
        format!(
            "{}\n{}",
            untold(MAIN, 1, "this line"),
            untold(MAIN, 3, "lines 3 to 5")
        )
    );
    // Neither does a page that is about something else.
    assert_eq!(
        broken(|fixture| {
            let index = "book/src/index.md";
            fixture.replace(PAGE, "{{#code ch02-page/main.rs}}", "");
            fixture.write(index, "{{#code ch02-page/main.rs}}\n");
        })
        .lines()
        .count(),
        2
    );
}

#[test]
fn a_changed_manifest_is_explained_and_its_wiring_is_not() {
    assert_eq!(
        broken(|fixture| {
            let changed = "[dependencies]\nwry = \"1\"\n\n[[test]]";
            fixture.replace(MANIFEST, "[[test]]", changed);
        }),
        untold(MANIFEST, 5, "lines 5 to 6")
    );
    assert_eq!(
        broken(|fixture| {
            fixture.append(MANIFEST, "\n[dev-dependencies]\nharness = \"1\"");
        }),
        ""
    );
    let more =
        "\n[dev-dependencies]\na = \"1\"\n[build-dependencies]\nb = \"1\"";
    assert_eq!(
        broken(|fixture| fixture.append(MANIFEST, more)),
        untold(MANIFEST, 15, "lines 15 to 16")
    );
    let renamed = broken(|fixture| {
        for slug in ["ch01-window", "ch02-page"] {
            let file = format!("chapters/{slug}/tauri.conf.json");
            fixture
                .write(&file, &format!("{{\n\"identifier\": \"{slug}\"\n}}"));
        }
        fixture.append(
            "book/src/ch01-window.md",
            "\nText\n\n{{#code ch01-window/tauri.conf.json}}\n",
        );
    });
    assert_eq!(renamed, "");
}

#[test]
fn an_edit_to_an_earlier_chapter_is_seen_in_the_later_one() {
    let earlier = |old: &str, new: &str| {
        broken(|fixture| {
            print_what_comes(fixture);
            fixture.replace(PAGE, GONE, "Nothing.");
            fixture.replace("chapters/ch01-window/main.rs", old, new);
        })
    };
    assert_eq!(earlier("fn main() {", "fn main() {"), "");
    let told = earlier("fn main() {", "pub fn main() {");
    let kept = kept("chapters/ch01-window/main.rs", 1, "this line");
    assert_eq!(told, format!("{kept}\n{}", untold(MAIN, 3, "this line")));
}

#[test]
fn a_line_that_goes_and_is_not_told_is_named() {
    let old = "chapters/ch01-window/main.rs";
    let said = |directive: &str| {
        broken(|fixture| {
            fixture.write(old, "fn main() {\n    gone();\n}\n");
            print_what_comes(fixture);
            fixture.replace(PAGE, GONE, directive);
        })
    };
    assert_eq!(said(""), kept(old, 2, "this line"));
    assert_eq!(said("{{#gone ch01-window/main.rs from='gone()'}}"), "");
    // Who is told to take out what stays misses it.
    assert_eq!(
        said("{{#gone ch01-window/main.rs from='fn main' to='gone()'}}"),
        untold(MAIN, 3, "this line")
    );
    // Who is shown what stays has it twice.
    assert_eq!(
        broken(|fixture| fixture.replace(PAGE, GONE, "Nothing.")),
        kept(old, 1, "lines 1 to 2")
    );
    // A file that leaves has lines that go as well.
    let file = "chapters/ch01-window/old.js";
    let leaves = broken(|fixture| fixture.write(file, "one();\ntwo();\n"));
    let wanted = kept(file, 1, "lines 1 to 2");
    assert!(leaves.ends_with(&wanted), "{leaves}");
    // What stands beside a chapter does not go on into the next.
    let alone = "chapters/ch01-window/alone.rs";
    let told = "\nText\n\n{{#code ch01-window/alone.rs}}\n";
    assert_eq!(
        broken(|fixture| {
            fixture.write(alone, "one();\n");
            fixture.append("book/src/ch01-window.md", told);
        }),
        ""
    );
    let long = broken(|fixture| {
        fixture.write(alone, &"one();\n".repeat(61));
        fixture.append("book/src/ch01-window.md", told);
    });
    let most = format!("{alone}:61: 61 lines are too many; at most 60");
    assert!(long.ends_with(&most), "{long}");
}

/// Then nothing of the old file helps a reader.
#[test]
fn a_file_that_is_begun_anew_is_printed_wholly() {
    let said = |code: &str| {
        broken(|fixture| {
            let text = "The file is begun anew:\n\n\
                        {{#gone ch01-window/main.rs}}\n\nSo:\n\n";
            let all = "{{#code ch02-page/main.rs}}";
            fixture.replace(PAGE, all, &format!("{text}{code}"));
        })
    };
    assert_eq!(said("{{#code ch02-page/main.rs}}"), "");
    assert_eq!(
        said("{{#code ch02-page/main.rs from='//! Two' to='page()'}}"),
        untold(MAIN, 5, "this line")
    );
}

#[test]
fn blank_lines_are_shown_by_the_diff_alone() {
    let fixture = Fixture::new();
    fixture.write(MAIN, "fn main() {\n\n}\n");
    assert_eq!(fixture.problem(), "");
    let diff = fixture.print("{{#diff ch01-window ch02-page}}");
    let blank = "@@ -1,2 +1,3 @@\n fn main() {\n+\n }\n```";
    assert!(diff.contains(blank), "{diff}");
    // Which is why no page may leave it out.
    assert_eq!(
        broken(|fixture| {
            fixture.replace(PAGE, "{{#diff ch01-window ch02-page}}", "");
        }),
        format!(
            "{PAGE}:1: the page has no {{{{#diff ch01-window ch02-page}}}}"
        )
    );
}

#[test]
fn code_without_words_before_it_is_named() {
    let said = |before: &str| {
        broken(|fixture| fixture.replace(PAGE, "And this:\n", before))
    };
    let bare = |line| {
        format!(
            "{PAGE}:{line}: no words stand before this block; say what it is"
        )
    };
    assert_eq!(said(""), bare(12));
    assert_eq!(said("## A heading\n"), bare(13));
    assert_eq!(said("<div>\n"), bare(13));
    assert_eq!(said("- a list\n"), "");
    assert_eq!(said("<details><summary>More</summary>\n"), "");
}

#[test]
fn a_page_that_is_too_long_is_named() {
    let said = |text: &str| {
        broken(|fixture| fixture.append(PAGE, &format!("\n{text}\n")))
    };
    // The fixture's page has 10 words and 12 lines of code.
    let words = |count| "word ".repeat(count);
    assert_eq!(said(&words(1490)), "");
    let long = format!("{PAGE}:1: the page has 1501 words; at most 1500");
    assert_eq!(said(&words(1491)), long);
    assert_eq!(
        said(&format!(
            "<details><summary>x</summary>\n\n{}\n\n</details>",
            words(3000)
        )),
        ""
    );
    let lines = |count: usize| {
        let code = "Text\n\n```js,illustration\nLINES```\n";
        code.replace("LINES", &"x();\n".repeat(count))
    };
    assert_eq!(said(&lines(580)), "");
    assert_eq!(
        said(&lines(590)),
        format!("{PAGE}:1: the page has 21 minutes; at most 20")
    );
}

#[test]
fn code_that_a_page_has_already_is_named() {
    let again = "\nAgain:\n\n{{#code ch02-page/main.rs from='page()'}}\n";
    assert_eq!(
        broken(|fixture| fixture.append(PAGE, again)),
        format!(
            "{PAGE}:33: the page has line 4 of {MAIN} already; end or begin \
             this piece elsewhere"
        )
    );
}

#[test]
fn a_map_with_a_name_that_is_not_there_is_named() {
    assert_eq!(
        broken(|fixture| fixture.replace(MANIFEST, "serve", "answer")),
        format!(
            "{PAGE}:5: the map has \"serve\" for the page's files, which \
             chapters/ch02-page does not have; correct tools/book/map.rs"
        )
    );
    assert_eq!(
        said_of("{{#map ch42-gone}}"),
        "tools/book/map.rs has no row for ch42"
    );
}

#[test]
fn a_window_or_a_table_that_cannot_be_shown_is_named() {
    let snapshot = "tests/snapshots/ch02_page_window.snap";
    let first = |said: String| said.lines().next().unwrap_or("").to_owned();
    assert_eq!(
        broken(|fixture| fixture.replace(snapshot, "title: ", "size: ")),
        format!("{PAGE}:19: {snapshot} has no line `title: …`")
    );
    assert_eq!(
        broken(|fixture| fixture.remove("book/src/images/ch02-page.png")),
        format!("{PAGE}:19: there is no picture images/ch02-page.png")
    );
    assert_eq!(
        broken(|fixture| fixture.replace(PAGE, "alt=\"A w", "alt=\"\" ")),
        format!(
            "{PAGE}:19: no directive reads like this; CONTRIBUTING.md has a list of them\n{snapshot}:1: no page shows it; add {{{{#window ch02_page_window alt=\"…\"}}}}"
        )
    );
    let table = |rows: &str| {
        first(broken(|fixture| {
            let file = "tests/snapshots/ch02_page_rows.snap";
            fixture.write(file, &format!("---\nsource: x\n---\n{rows}"));
            let text = "Text\n\n{{#table ch02_page_rows}}\n";
            fixture.write("book/src/index.md", text);
        }))
    };
    assert_eq!(table("a\tb\nc\td\n"), "");
    let file = "book/src/index.md:3: tests/snapshots/ch02_page_rows.snap";
    assert_eq!(
        table("a\tb\nc\n"),
        format!("{file} has a row of another length: c")
    );
    assert_eq!(
        table("a\n"),
        "book/src/index.md:3: the first line of \
         tests/snapshots/ch02_page_rows.snap has no tab"
    );
}

#[test]
fn a_line_of_common_that_no_page_prints_is_named() {
    let common =
        |file: &str, text: &str| broken(|fixture| fixture.write(file, text));
    let named = |file: &str, lines: &str| {
        format!(
            "{file}:1: no #code on any page prints {lines}; add one, and say \
             before it what it is for"
        )
    };
    let file = "common/lib.rs";
    assert_eq!(common(file, "fn a() {\n}\n"), named(file, "lines 1 to 2"));
    for file in ["common/guard.js", "common/tauri/style.css"] {
        assert_eq!(common(file, "a {}"), named(file, "this line"));
    }
    let tests = "#[cfg(test)]\nmod tests {\n    fn a() {\n    }\n}\n";
    for tests in [tests, "#[cfg(test)]\nmod tests;\n"] {
        assert_eq!(common("common/lib.rs", tests), "");
        let code = format!("{tests}fn a() {{}}\n}}\n");
        assert_ne!(common("common/lib.rs", &code), "");
    }
    assert_eq!(
        common("common/lib.rs", &format!("{tests}fn a() {{}}\n")),
        named("common/lib.rs", "this line").replace(":1:", ":6:")
    );
}

#[test]
fn code_that_is_typed_in_is_named() {
    let page = "book/src/index.md";
    let said = |text: &str| broken(|fixture| fixture.write(page, text));
    let typed = format!(
        "{page}:3: this block is typed in; print it with #code or #snap, or \
         mark it: ```js,illustration"
    );
    for block in [
        "```rs\nfn main() {}\n```",
        "```rust,ignore\nfn main() {}\n```",
        "```js\nmain();\n```",
        "```html\n<p>\n```",
        "```toml\n[package]\n```",
        "```console\n$ cargo run\n```",
        "```text\n[main] ready\n```",
        "```\n[main] ready\n```",
        "~~~sh\ncargo run\nsudo reboot\n~~~",
        "    indented();",
        "```js,illustrations\nmain();\n```",
        "```js\n{{#code ch02-page/main.rs}}\n```",
    ] {
        assert_eq!(said(&format!("A book\n\n{block}\n")), typed, "{block}");
    }
    assert_eq!(
        said("A book\n\n<pre>typed</pre>\n"),
        format!("{page}:3: print what is in <pre> with #code or #snap")
    );
    assert_eq!(said("```sh\ncargo run\n\ncargo test\n```\n"), "");
}

#[test]
fn a_page_may_have_two_illustrations() {
    let page = "book/src/index.md";
    let illustration = "Text\n\n```js,illustration\nmain();\n```\n\n";
    let text = |count| illustration.repeat(count);
    assert_eq!(broken(|fixture| fixture.write(page, &text(2))), "");
    assert_eq!(
        broken(|fixture| fixture.write(page, &text(3))),
        format!(
            "{page}:15: a page has at most 2 illustrations; print this with \
             #code, or leave it out"
        )
    );
    let fixture = Fixture::new();
    fixture.write(page, &text(1));
    assert_eq!(
        illustrations(&fixture.tree),
        format!("{page}:3: js,illustration, 1 lines\n")
    );
}

#[test]
fn a_dead_link_or_fragment_is_named() {
    let said = |text: &str| {
        let fixture = Fixture::new();
        fixture.append(PAGE, &format!("\n{text}\n"));
        let index = render(&fixture.tree).unwrap();
        told(&links(&fixture.tree, index.parent().unwrap()))
    };
    for alive in [
        "[one](ch01-window.md)",
        "[one](ch01-window.md#a-chapter)",
        "[here](#a-chapter)",
        "[web](https://example.org/#x) [post](mailto:a@example.org)",
        "<a id=\"there\"></a> [there](#there)",
    ] {
        assert_eq!(said(alive), "", "{alive}");
    }
    assert_eq!(
        said("Text\n[one](ch09-gone.md)"),
        format!(
            "{PAGE}:32: the link ch09-gone.html leads to ch09-gone.html, which \
             is not in the book; correct it"
        )
    );
    assert_eq!(
        said("Text\n[one](ch01-window.md#gone)"),
        format!(
            "{PAGE}:32: the link ch01-window.html#gone leads to a place that \
             ch01-window.html does not have; correct what follows the #"
        )
    );
    assert_eq!(
        said("[here](#gone)"),
        format!(
            "{PAGE}:31: the link #gone leads to a place that ch02-page.html \
             does not have; correct what follows the #"
        )
    );
    assert_eq!(
        said("<script src=\"../gone.js\"></script>"),
        format!(
            "{PAGE}:1: the link ../gone.js leads to gone.js, which is not in \
             the book; correct it"
        )
    );
}

const BREAK: &str = "tests/breaks/ch02-page/1-loud.patch";
const PATCH: &str = "title: A loud page\nsymptom: It is loud.\n\
                     cure: Lower it.\ncaught-by: ch02_page\n\n\
                     --- a/main.rs\n+++ b/main.rs\n@@ -4 +4 @@\n\
                     -    page();\n+    loud();\n";

#[test]
fn a_break_that_no_page_prints_is_named() {
    let with = |file: &str, patch: &str, directive: &str| {
        broken(|fixture| {
            fixture.write(file, patch);
            fixture.append(PAGE, directive);
        })
    };
    let directive = "\n{{#breaks ch02-page}}\n";
    assert_eq!(with(BREAK, PATCH, directive), "");
    assert_eq!(
        with(BREAK, PATCH, ""),
        format!(
            "{BREAK}:1: {PAGE} does not print it; add {{{{#breaks ch02-page}}}}"
        )
    );
    let stranger = "tests/breaks/ch03-x/1-loud.patch";
    assert_eq!(
        with(stranger, PATCH, ""),
        format!(
            "{stranger}:1: belongs to no chapter; move it to \
             tests/breaks/CHAPTER/"
        )
    );
    let unnamed = "tests/breaks/ch02-page/loud.patch";
    assert_eq!(
        with(unnamed, PATCH, directive),
        format!("{PAGE}:31: {unnamed}: name it NUMBER-NAME.patch")
    );
    let other = "tests/breaks/ch02-page/1-other.patch";
    let both = broken(|fixture| {
        fixture.write(BREAK, PATCH);
        fixture.write(other, PATCH);
        fixture.append(PAGE, directive);
    });
    assert_eq!(
        both,
        format!("{PAGE}:31: {other}: another file has that number")
    );
    assert_eq!(
        said_of("{{#breaks ch02-page}}"),
        "there are no mistakes in tests/breaks/ch02-page"
    );
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_named() {
    let said = broken(|fixture| {
        let link = fixture.tree.path("chapters/ch02-page/link");
        std::os::unix::fs::symlink("nowhere", link).unwrap();
    });
    let why = "chapters/ch02-page/link:1: neither a file nor a folder";
    assert!(said.contains(why), "{said}");
}

#[test]
fn a_break_that_does_not_say_what_happens_is_named() {
    let said = |old: &str, new: &str| {
        let said = broken(|fixture| {
            fixture.write(BREAK, &PATCH.replace(old, new));
            fixture.append(PAGE, "\n{{#breaks ch02-page}}\n");
        });
        said.replace(&format!("{PAGE}:31: {BREAK}: "), "")
    };
    for key in ["title", "symptom", "cure"] {
        let missing = format!("no line `{key}: …` in its head");
        assert_eq!(said(&format!("{key}:"), "x:"), missing);
    }
    assert_eq!(said("@@", ""), "no diff below its head");
    let together = "no empty line between its head and its diff";
    assert_eq!(said("\n\n", "\n"), together);
}

#[test]
fn a_line_that_cannot_be_drawn_is_named() {
    let said = broken(|fixture| {
        let file = "tests/snapshots/ch02_page.snap";
        fixture.append(file, "[page → moon] hello\n");
        fixture.write("book/src/index.md", "{{#sequence ch02_page}}\n");
    });
    assert_eq!(
        said,
        "book/src/index.md:1: tests/snapshots/ch02_page.snap has the line \
         \"[page → moon] hello\", which is not drawn: only `[who] what` and \
         `[who → whom] what` are, where who is one of renderer, preload, \
         first, renderer 2, main, second, renderer 3"
    );
    assert_eq!(
        said_of("{{#sequence ch02_page from='gone'}}"),
        "tests/snapshots/ch02_page.snap has no \"gone\"; correct `from`"
    );
}

const CASES: &str = "tests/features/electron.rs";

#[test]
fn electrons_cases_are_a_table_made_of_the_tests() {
    let cases = "\
/// What a reader should know.
///
/// Electron: ipcMain.handle: receives a response from a synchronous handler
/// passes
/// Electron: ipcMain.handle: receives a response
/// from an `async` one
/// differs: there is no `await`
/// in this place
///
/// And what a reader should know besides.
#[test]
fn an_answer_comes() {
    // passes
}

// Electron: contextBridge: makes arrays immutable
// not yet: ch13-push
";
    let fixture = Fixture::new();
    fixture.write(CASES, cases);
    fixture.append("book/src/index.md", "\n{{#cases}}\n");
    assert_eq!(fixture.problem(), "");
    let table = fixture.print("{{#cases}}");
    let test = format!("<a href=\"source/{CASES}.txt\">an answer comes</a>");
    for row in [
        "3 cases: 1 pass, 1 differ, 1 wait for a chapter",
        "<code>contextBridge</code></th></tr>\n<tr><td>makes arrays \
         immutable</td><td>not yet: ch13-push</td><td></td></tr>",
        &format!(
            "<td>receives a response from a synchronous handler</td>\
             <td>passes</td><td>{test}</td>"
        ),
        &format!(
            "<td>receives a response from an <code>async</code> one</td>\
             <td>differs: there is no <code>await</code> in this place</td>\
             <td>{test}</td>"
        ),
    ] {
        assert!(table.contains(row), "{row}\n{table}");
    }
    let site = render(&fixture.tree).unwrap();
    assert_eq!(told(&links(&fixture.tree, site.parent().unwrap())), "");
    assert_eq!(
        said_of("{{#cases}}"),
        "no test says that it is a case of Electron's"
    );
}

#[test]
fn a_case_that_is_not_said_to_be_what_it_is_is_named() {
    let said = |text: &str| {
        let said = broken(|fixture| {
            fixture.write(CASES, text);
            fixture.append("book/src/index.md", "\n{{#cases}}\n");
        });
        said.replace(&format!("{CASES}:"), "")
    };
    let case = |here: &str, test: &str| {
        said(&format!("/// Electron: ipcMain: is\n{here}{test}"))
    };
    let (test, ignored) = ("#[test]\nfn is() {}\n", "#[ignore = \"x\"]\n");
    let ignored = format!("#[test]\n{ignored}fn is() {{}}\n");
    for (here, test) in [
        ("/// passes\n", test),
        ("/// differs: so\n", &ignored),
        ("/// one world: ch18\n", test),
        ("/// not yet: ch13-push\n", ""),
    ] {
        assert_eq!(case(here, test), "", "{here}");
    }
    let missing = "1: nothing says how this case is here; add a line `passes`, \
                   `differs: <why>`, `one world: ch18` or `not yet: <chapter>`";
    assert_eq!(case("", test), missing);
    assert_eq!(case("/// works\n", test), missing);
    assert_eq!(case("/// differs:\n", test), missing);
    let none = "1: no test stands below this case, and none calls what does";
    assert_eq!(case("/// passes\n", ""), none);
    assert_eq!(case("/// passes\n", "fn help() {}\n"), none);
    let called = "fn part() {}\n\n#[test]\nfn is() {\n    part();\n}\n";
    assert_eq!(case("/// passes\n", called), "");
    let left_out = called.replace("#[test]", "#[test]\n#[ignore]");
    let left_out = case("/// passes\n", &left_out);
    assert_eq!(left_out, "1: what is ignored does not pass");
    assert_eq!(case("/// passes\n", "\n#[test]\nfn is() {}\n"), none);
    let ignored = case("/// passes\n", &ignored);
    assert_eq!(ignored, "1: what is ignored does not pass");
    assert_eq!(
        case("/// passes, mostly\n", test),
        "1: `passes` stands alone; else write `differs: <why>`"
    );
    assert_eq!(
        case("/// not yet: ch13-push\n", test),
        "1: `not yet: …` has no test: write it apart"
    );
    for (here, test) in [("not yet: ch02-page", ""), ("one world: ch02", test)]
    {
        assert_eq!(
            case(&format!("/// {here}\n"), test),
            "1: ch02-page is there; try this case, and say how it is now"
        );
    }
    assert_eq!(
        said(&format!("/// Electron: is\n/// passes\n{test}")),
        "1: say what the case is about: `Electron: <object>: <name>`"
    );
    let twice = "/// Electron: a: b\n/// passes\n#[test]\nfn is() {}\n\n";
    assert_eq!(said(&twice.repeat(2)), "6: this case is in 1 already");
    assert_eq!(
        broken(|fixture| fixture.write(CASES, twice)),
        format!("{CASES}:1: no page has Electron's cases; add {{{{#cases}}}}")
    );
}
