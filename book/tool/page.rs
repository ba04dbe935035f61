//! What a page's Markdown holds, each thing with its line. The parser is
//! mdBook's own, so this agrees with the rendered page about what is code.

use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use mdbook_markdown::{MarkdownOptions, new_cmark_parser};

use crate::{Problem, Tree};

/// A page of the book, or its SUMMARY.md.
#[derive(Default)]
pub(crate) struct Page {
    /// From the root of the workspace: `book/src/ch05-invoke.md`.
    pub file: String,
    /// Lines that are a directive and nothing else, without indentation.
    pub directives: Vec<At<String>>,
    /// Directives that are neither alone on their line nor in code.
    pub strays: Vec<usize>,
    /// The lines of all code blocks.
    pub code: Vec<At<String>>,
    pub links: Vec<At<String>>,
    pub images: Vec<At<Image>>,
    /// `<img>` written as HTML, which hides from the checks.
    pub raw_images: Vec<usize>,
}

/// Something on a line, counted from 1.
pub(crate) struct At<T> {
    pub line: usize,
    pub what: T,
}

pub(crate) struct Image {
    pub source: String,
    pub alt: String,
}

impl Page {
    /// All pages of the book, and what kept others from being read.
    pub fn all(tree: &Tree) -> (Vec<Page>, Vec<Problem>) {
        let (mut pages, mut problems) = (Vec::new(), Vec::new());
        for name in tree.files("book/src") {
            let file = format!("book/src/{name}");
            if name.ends_with(".md") {
                match tree.read(&file) {
                    Ok(text) => pages.push(Page::parse(file, &text)),
                    Err(why) => problems.push(Problem::new(file, 1, why)),
                }
            }
        }
        (pages, problems)
    }

    pub fn parse(file: impl Into<String>, text: &str) -> Page {
        let mut page = Page { file: file.into(), ..Page::default() };
        let (mut blocks, mut spans) = (Vec::new(), Vec::new());
        let mut open_images = Vec::new();
        let at = |offset| text[..offset].matches('\n').count() + 1;
        let is_img = |html: &CowStr| html.to_lowercase().contains("<img");
        let options = MarkdownOptions::default();
        for (event, range) in
            new_cmark_parser(text, &options).into_offset_iter()
        {
            let line = at(range.start);
            match event {
                Event::Start(Tag::CodeBlock(_)) => blocks.push(range),
                Event::Code(code) => {
                    spans.push(range);
                    add_alt(&mut open_images, &code);
                }
                Event::Text(text) => add_alt(&mut open_images, &text),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    page.links.push(At { line, what: dest_url.to_string() });
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let source = dest_url.to_string();
                    let what = Image { source, alt: String::new() };
                    open_images.push(At { line, what });
                }
                Event::End(TagEnd::Image) => {
                    page.images.extend(open_images.pop());
                }
                Event::Html(html) | Event::InlineHtml(html)
                    if is_img(&html) =>
                {
                    page.raw_images.push(line);
                }
                _ => {}
            }
        }
        page.find_directives(text, &blocks, &spans);
        page
    }

    fn find_directives(
        &mut self,
        text: &str,
        blocks: &[Range<usize>],
        spans: &[Range<usize>],
    ) {
        let within = |ranges: &[Range<usize>], offset| {
            ranges.iter().any(|range| range.contains(&offset))
        };
        let mut start = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let (number, what) = (index + 1, line.trim());
            let opens = start + line.len() - line.trim_start().len();
            if within(blocks, opens) {
                let what = what.to_owned();
                self.code.push(At { line: number, what });
            } else if opens_directive(what) && what.ends_with("}}") {
                let what = what.to_owned();
                self.directives.push(At { line: number, what });
            } else if line.match_indices("{{").any(|(offset, _)| {
                opens_directive(&line[offset..])
                    && !line[..offset].ends_with('\\')
                    && !within(spans, start + offset)
            }) {
                self.strays.push(number);
            }
            start += line.len();
        }
    }
}

fn add_alt(images: &mut [At<Image>], text: &str) {
    if let Some(image) = images.last_mut() {
        image.what.alt.push_str(text);
    }
}

fn opens_directive(text: &str) -> bool {
    text.strip_prefix("{{")
        .is_some_and(|rest| rest.trim_start().starts_with('#'))
}
