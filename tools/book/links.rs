//! Every link within the rendered book leads somewhere.
//!
//! `hyperlink` and `mdbook-linkcheck` ask the same, and are programs that a reader
//! would have to install. They name a file of the site; this names the line of the
//! page that has the link.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use dom_query::Document;

use crate::page::Page;
use crate::{Problem, Tree};

/// What can be pointed at in a rendered page, and what points.
struct Html {
    ids: HashSet<String>,
    links: BTreeSet<String>,
    /// The folder that its links start from.
    base: String,
}

impl Html {
    fn parse(file: &str, text: &str) -> Self {
        let document = Document::from(text);
        let values = |names: [&str; 2]| -> BTreeSet<String> {
            let [one, other] = names;
            document
                .select(&format!("[{one}], [{other}]"))
                .iter()
                .flat_map(|node| names.map(|name| node.attr(name)))
                .flatten()
                .map(|value| value.to_string())
                .collect()
        };
        // mdBook's 404.html may be shown at any address and says so.
        let base = match document.select("base[href]").attr("href") {
            Some(base) => base.trim_matches('/').to_owned(),
            None => file.rsplit_once('/').map_or("", |(dir, _)| dir).into(),
        };
        Self {
            ids: values(["id", "name"]).into_iter().collect(),
            links: values(["href", "src"]),
            base,
        }
    }
}

/// Links, pictures, scripts and style sheets of the rendered book that are
/// not there, and `#fragments` that no place has. What is elsewhere in the web
/// is not asked for.
pub fn links(tree: &Tree, site: &Path) -> Vec<Problem> {
    let site = Tree::new(site);
    let (pages, _) = Page::all(tree);
    let mut problems = Vec::new();
    let mut htmls = BTreeMap::new();
    for file in site.files("") {
        if file.ends_with(".html") {
            match site.read(&file) {
                Ok(text) => {
                    let html = Html::parse(&file, &text);
                    htmls.insert(file, html);
                }
                Err(why) => problems.push(Problem::new(file, 1, why)),
            }
        }
    }
    for (file, html) in &htmls {
        // It repeats all pages; what is wrong there is told once.
        if file == "print.html" {
            continue;
        }
        for link in &html.links {
            if let Some(why) = dead(&site, &htmls, file, html, link) {
                let (file, line) = source(&pages, file, link);
                problems.push(Problem::new(file, line, why));
            }
        }
    }
    problems
}

/// Why a link leads nowhere, if it does.
fn dead(
    site: &Tree,
    htmls: &BTreeMap<String, Html>,
    file: &str,
    html: &Html,
    link: &str,
) -> Option<String> {
    if is_elsewhere(link) {
        return None;
    }
    let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or(path);
    let target = if path.is_empty() {
        file.to_owned()
    } else {
        resolved(&html.base, path)
    };
    if !site.has(&target) {
        return Some(format!(
            "the link {link} leads to {target}, which is \
                             not in the book; correct it"
        ));
    }
    let known = fragment.is_empty()
        || htmls.get(&target).is_none_or(|html| html.ids.contains(fragment));
    (!known).then(|| {
        format!(
            "the link {link} leads to a place that {target} does not \
                 have; correct what follows the #"
        )
    })
}

/// Whether a link names a scheme or a host, as `https:` and `//` do.
fn is_elsewhere(link: &str) -> bool {
    let scheme = link.split(['/', '?', '#']).next().unwrap_or(link);
    scheme.contains(':') || link.starts_with("//")
}

/// A path from the root of the book.
fn resolved(base: &str, path: &str) -> String {
    let base = if path.starts_with('/') { "" } else { base };
    let mut parts: Vec<_> = base.split('/').collect();
    for part in path.split('/') {
        match part {
            ".." => _ = parts.pop(),
            _ => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty() && *part != ".");
    let file = parts.join("/");
    if path.ends_with('/') || file.is_empty() {
        format!("{file}/index.html").trim_start_matches('/').to_owned()
    } else {
        file
    }
}

/// Where a link of a rendered page is written: the page's own source with
/// its line, or else the rendered page, for what mdBook has added.
fn source(pages: &[Page], html: &str, link: &str) -> (String, usize) {
    let file = format!("book/src/{}.md", html.trim_end_matches(".html"));
    let same = |written: &str| written.replace(".md", ".html") == link;
    let Some(page) = pages.iter().find(|page| page.file == file) else {
        return (format!("book/book/{html}"), 1);
    };
    let links = page.links.iter().map(|at| (at.line, &at.what));
    let images = page.images.iter().map(|at| (at.line, &at.what.source));
    let mut all = links.chain(images);
    let line = all.find(|(_, what)| same(what)).map(|(line, _)| line);
    (file, line.unwrap_or(1))
}
