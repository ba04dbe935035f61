//! The book as its reader meets it: rendered, served, and shown by a browser.
#![cfg(target_os = "linux")]
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use book_tool::{Tree, host, render_into};
use harness::{App, Page};
use serde_json::{Value, json};
use tempfile::TempDir;

const BROWSER: &str = env!("CARGO_BIN_EXE_browser");
/// Cargo runs a test in the folder of its package.
const SOURCES: &str = "../../book/src";
const CONTRAST: &str = include_str!("../tools/browser/contrast.js");

/// `print.html` is the whole book in one page, and two browsers load it at once,
/// beside other proofs.
const PATIENCE: Duration = Duration::from_secs(180);

/// WCAG's level AA, for text of every size.
const LEAST_CONTRAST: f64 = 4.5;

/// Loads icons and fonts that this window did not need, so that the server is
/// asked for all there is, and finds what came from another server.
const FROM_ELSEWHERE: &str = "
    const icons = [...document.querySelectorAll('link[rel~=icon]')];
    await Promise.all(icons.map((icon) => fetch(icon.href)));
    await Promise.all([...document.fonts].map((font) => font.load()));
    const loaded = performance.getEntriesByType('resource');
    return loaded.map(({ name }) => name)
      .filter((name) => !name.startsWith(location.origin));";

/// Drawings count as pictures where they are not part of a labelled button.
const WITHOUT_WORDS: &str = "
    const silent = (it) => it instanceof HTMLImageElement
      ? !it.alt.trim()
      : !it.closest('[aria-label], [aria-hidden=true], [title]')
        && !it.querySelector('title');
    return [...document.querySelectorAll('img, svg')]
      .filter((it) => it.checkVisibility() && silent(it))
      .map((it) => it.outerHTML.slice(0, 100));";

/// Every box that can be scrolled sideways and is no block of code or table.
const TOO_WIDE: &str = "
    const boxes = [...document.querySelectorAll('html, body, body *')];
    const scrolls = (it) => it === document.documentElement
      || ['auto', 'scroll'].includes(getComputedStyle(it).overflowX);
    return boxes.filter((it) => scrolls(it) && it.scrollWidth > it.clientWidth)
      .filter((it) => !it.matches('pre, pre *, .table-wrapper'))
      .map((it) => `${it.tagName}.${it.className} ${it.scrollWidth}`);";

/// The book, rendered into a folder of its own and served.
struct Book {
    _folder: TempDir,
    address: SocketAddr,
    /// Each request that was not answered with 200, and its status.
    refused: Receiver<String>,
}

impl Book {
    fn serve() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        render_into(&Tree::workspace(), folder.path()).expect("it renders");
        let listener = TcpListener::bind("127.0.0.1:0");
        let listener = listener.expect("some port is free");
        let address = listener.local_addr().expect("it is bound");
        let site = folder.path().to_owned();
        let (tell, refused) = channel();
        thread::spawn(move || {
            host(listener, &site, move |path, status| {
                if status != 200 {
                    // This fails only when the test is over.
                    let _ = tell.send(format!("{path}: {status}"));
                }
            });
        });
        Self { _folder: folder, address, refused }
    }

    fn url(&self, page: &str) -> String {
        format!("http://{}/{page}", self.address)
    }

    /// A page for each of the sources, and two that mdBook adds. One that it
    /// has left out is found when the browser asks for it.
    fn pages(&self) -> Vec<String> {
        let files = fs::read_dir(SOURCES).expect("the book has sources");
        let names = files.flatten().map(|file| file.file_name());
        let names = names.filter_map(|name| name.into_string().ok());
        let mut pages: Vec<_> = names
            .filter(|name| name != "SUMMARY.md")
            .filter_map(|name| {
                Some(format!("{}.html", name.strip_suffix(".md")?))
            })
            .chain(["404.html".into(), "print.html".into()])
            .collect();
        pages.sort();
        pages
    }

    fn browser(&self, width: u32) -> App {
        App::start_within(PATIENCE, BROWSER, |browser| {
            browser.args([self.url(""), width.to_string()]);
        })
    }
}

/// Asserts that a script finds nothing in a page.
#[track_caller]
fn none(page: &Page<'_>, place: &str, script: &str, arguments: &[Value]) {
    let found = page.run_with(script, arguments);
    assert_eq!(found, json!([]), "{place}");
}

/// Each page is loaded once, as a telephone shows it.
#[test]
fn every_page_loads_all_it_needs_without_an_error_and_fits_a_telephone() {
    let book = Book::serve();
    let browser = book.browser(360);
    let page = browser.page();
    page.wait_until("innerWidth === 360");
    for name in book.pages() {
        page.open(&book.url(&name));
        none(&page, &name, FROM_ELSEWHERE, &[]);
        none(&page, &name, "return window.watched", &[]);
        none(&page, &name, WITHOUT_WORDS, &[]);
        none(&page, &name, TOO_WIDE, &[]);
    }
    let refused: Vec<_> = book.refused.try_iter().collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

#[test]
fn every_text_can_be_read_in_every_theme() {
    let book = Book::serve();
    let browser = book.browser(1200);
    let page = browser.page();
    // It holds all pages, one after the other.
    page.open(&book.url("print.html"));
    assert_readable(&page);
}

/// Asserts that each text has enough contrast, in every theme.
#[track_caller]
fn assert_readable(page: &Page<'_>) {
    for theme in ["light", "rust", "coal", "navy", "ayu"] {
        let button = format!("mdbook-theme-{theme}");
        let choose = "document.getElementById(arguments[0]).click()";
        page.run_with(choose, &[button.into()]);
        none(page, theme, CONTRAST, &[LEAST_CONTRAST.into()]);
    }
}

#[test]
fn the_search_finds_invoke() {
    let book = Book::serve();
    let browser = book.browser(1200);
    let page = browser.page();
    page.click("#mdbook-search-toggle");
    page.type_into("#mdbook-searchbar", "invoke");
    page.wait_until(
        "document.querySelector(
           '#mdbook-searchresults a[href^=\"ch05-invoke.html\"]')",
    );
    assert_readable(&page);
    none(&page, "the search", "return window.watched", &[]);
}
