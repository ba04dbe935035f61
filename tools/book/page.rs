//! What a page's Markdown holds, each thing with its line. The parser is
//! mdBook's own, so this agrees with the rendered page about what is code.

use std::collections::HashSet;
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
    /// The words of the prose that is visible without opening anything.
    pub words: usize,
    /// Where prose and headings begin.
    pub prose: Vec<At<Prose>>,
    /// Where something folded begins or ends: how deep the lines from there on
    /// are in it.
    folds: Vec<At<usize>>,
}

/// What stands before a block of code may say what the code is for, or not.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Prose {
    Words,
    Heading,
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
        let mut words = Vec::new();
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
                    if open_images.is_empty() {
                        words.push(At { line, what: count(&code) });
                    }
                    add_alt(&mut open_images, &code);
                }
                Event::Text(text) => match &mut open_block {
                    Some(block) => block.what.text.push_str(&text),
                    None => {
                        if open_images.is_empty() {
                            words.push(At { line, what: count(&text) });
                        }
                        add_alt(&mut open_images, &text);
                    }
                },
                Event::Start(Tag::Heading { .. }) => {
                    page.prose.push(At { line, what: Prose::Heading });
                }
                Event::Start(Tag::Paragraph | Tag::Item | Tag::TableRow) => {
                    page.prose.push(At { line, what: Prose::Words });
                }
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
                    page.fold(line, &html);
                    let tags = ["<img", "<pre"].into_iter();
                    let found = tags.filter(|tag| html.contains(tag));
                    page.raw.extend(found.map(|what| At { line, what }));
                }
                _ => {}
            }
        }
        page.find_directives(text, &blocks, &spans);
        let printed: HashSet<_> =
            page.directives.iter().map(|it| it.line).collect();
        let is_prose = |line: usize| !printed.contains(&line);
        page.prose.retain(|it| is_prose(it.line));
        let open = words.iter().filter(|it| is_prose(it.line));
        let open = open.filter(|it| !page.is_folded(it.line));
        page.words = open.map(|it| it.what).sum();
        page
    }

    /// Whether a line is in something that a reader has to open.
    pub fn is_folded(&self, line: usize) -> bool {
        let before = self.folds.iter().rfind(|fold| fold.line <= line);
        before.is_some_and(|fold| fold.what > 0)
    }

    /// Whether a block of code has this line.
    pub fn has_line(&self, wanted: &str) -> bool {
        let mut blocks = self.blocks.iter();
        blocks.any(|it| it.what.text.lines().any(|line| line == wanted))
    }

    fn fold(&mut self, line: usize, html: &str) {
        let opened = html.matches("<details").count();
        let closed = html.matches("</details").count();
        if opened + closed > 0 {
            let depth = self.folds.last().map_or(0, |fold| fold.what);
            let what = (depth + opened).saturating_sub(closed);
            self.folds.push(At { line, what });
        }
        // What is opened says so in a few words.
        if html.contains("<summary") {
            self.prose.push(At { line, what: Prose::Words });
        }
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

fn count(text: &str) -> usize {
    let words = text.split_whitespace();
    words.filter(|word| word.contains(char::is_alphanumeric)).count()
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
