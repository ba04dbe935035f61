//! What a page's Markdown holds, each thing with its line. The parser is
//! mdBook's own, so this agrees with the rendered page about what is code.

use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
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
    pub blocks: Vec<At<Block>>,
    pub links: Vec<At<String>>,
    pub images: Vec<At<Image>>,
    /// `<img>` and `<pre>` written as HTML, which hide from the checks.
    pub raw: Vec<At<&'static str>>,
}

/// A block of code that stands in the page itself.
pub(crate) struct Block {
    /// What follows its fence, such as `js,illustration`; an indented block
    /// has neither.
    pub info: String,
    pub text: String,
}

impl Block {
    /// Whether a word after the fence is this one.
    pub fn is(&self, word: &str) -> bool {
        self.info.split([',', ' ']).any(|given| given == word)
    }
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
        let (mut open_block, mut open_images) = (None, Vec::new());
        let at = |offset| text[..offset].matches('\n').count() + 1;
        let options = MarkdownOptions::default();
        for (event, range) in
            new_cmark_parser(text, &options).into_offset_iter()
        {
            let line = at(range.start);
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let info = match kind {
                        CodeBlockKind::Fenced(info) => info.to_string(),
                        CodeBlockKind::Indented => String::new(),
                    };
                    let what = Block { info, text: String::new() };
                    open_block = Some(At { line, what });
                    blocks.push(range);
                }
                Event::End(TagEnd::CodeBlock) => {
                    page.blocks.extend(open_block.take());
                }
                Event::Code(code) => {
                    spans.push(range);
                    add_alt(&mut open_images, &code);
                }
                Event::Text(text) => match &mut open_block {
                    Some(block) => block.what.text.push_str(&text),
                    None => add_alt(&mut open_images, &text),
                },
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
                Event::Html(html) | Event::InlineHtml(html) => {
                    let html = html.to_lowercase();
                    let tags = ["<img", "<pre"].into_iter();
                    let found = tags.filter(|tag| html.contains(tag));
                    page.raw.extend(found.map(|what| At { line, what }));
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
            let is_text = !within(blocks, opens);
            if is_text && opens_directive(what) && what.ends_with("}}") {
                let what = what.to_owned();
                self.directives.push(At { line: number, what });
            } else if is_text
                && line.match_indices("{{").any(|(offset, _)| {
                    opens_directive(&line[offset..])
                        && !line[..offset].ends_with('\\')
                        && !within(spans, start + offset)
                })
            {
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
