//! Draws a snapshot of a transcript as a sequence diagram, in SVG. Its lines
//! are `[who → whom] what`, an arrow, and `[who] what`, a note.
//!
//! The transcript is main's, which knows of a page and not of its preload. Where
//! a chapter's preload is what posts and settles, it has a lifeline of its own,
//! and what crosses goes through it.

use std::fmt::Write as _;

use checkout::is_on_library;

use crate::Tree;
use crate::lines::Lines;
use crate::listing::Snapshot;
use crate::svg::{self, LETTER, LINE};

/// From left to right, so that arrows go between neighbours. Two windows are the
/// first and the second, with the main process between them, and so are the
/// second and the third of a program that has more.
const ORDER: [&str; 7] = [
    "renderer",
    PRELOAD,
    "first",
    "renderer 2",
    "main",
    "second",
    "renderer 3",
];
const PRELOAD: &str = "preload";

/// The middle of the first and of the last lifeline.
const FIRST: f32 = 55.0;
const LAST: f32 = 360.0;

struct Step<'a> {
    from: &'a str,
    to: &'a str,
    what: &'a str,
}

/// The diagram of a transcript, or of its lines from one text to another.
pub(crate) fn draw(
    tree: &Tree,
    name: &str,
    lines: Lines<'_>,
) -> Result<String, String> {
    let snapshot = Snapshot::read(tree, name)?;
    let all: Vec<_> = snapshot.body.lines().collect();
    let (first, last) = lines.range(&snapshot.file, &all)?;
    let steps: Vec<_> = all[first..=last]
        .iter()
        .map(|line| {
            step(line).ok_or_else(|| {
                format!(
                    "{} has the line {line:?}, which is not drawn: only \
                     `[who] what` and `[who → whom] what` are, where who is \
                     one of {}",
                    snapshot.file,
                    ORDER.join(", ")
                )
            })
        })
        .collect::<Result<_, _>>()?;
    let id = format!("sequence-{name}-{}", steps.len());
    let svg = svg(&id, &steps, has_posting_preload(tree, name));
    Ok(format!(
        "\n<figure class=\"sequence\">\n{svg}\n<figcaption>{}, \
         drawn</figcaption>\n</figure>\n",
        snapshot.caption
    ))
}

/// Whether the preload of the chapter that a transcript is of posts by itself.
fn has_posting_preload(tree: &Tree, name: &str) -> bool {
    let slug = name.replace('_', "-");
    // From ch10 on the preload posts through what it is given; from ch11 on that
    // is the library's.
    is_on_library(&slug)
        || ["preload.js", "electron.js"].iter().any(|file| {
            let text = tree.read(&format!("chapters/{slug}/{file}"));
            text.is_ok_and(|text| text.contains("postMessage("))
        })
}

fn step(line: &str) -> Option<Step<'_>> {
    let (who, what) = line.strip_prefix('[')?.split_once("] ")?;
    let (from, to) = who.split_once(" → ").unwrap_or((who, who));
    let known = ORDER.contains(&from) && ORDER.contains(&to);
    known.then_some(Step { from, to, what })
}

fn svg(id: &str, steps: &[Step], preload_posts: bool) -> String {
    let crosses = |who: &str| {
        steps
            .iter()
            .any(|it| it.from != it.to && [it.from, it.to].contains(&who))
    };
    let through = preload_posts && crosses("renderer");
    let occurs = |who: &&str| {
        (*who == PRELOAD && through)
            || steps.iter().any(|step| step.from == *who || step.to == *who)
    };
    let who: Vec<_> = ORDER.into_iter().filter(occurs).collect();
    let gap = (LAST - FIRST) / (who.len().max(2) - 1) as f32;
    let x = |name: &str| {
        let index = who.iter().position(|who| *who == name).unwrap_or(0);
        FIRST + gap * index as f32
    };
    let mut y = 50.0;
    let mut drawing = String::new();
    for step in steps {
        let between = (x(step.from) - x(step.to)).abs();
        let letters = letters(between);
        let lines = svg::wrapped(step.what, letters);
        y = if step.from == step.to {
            svg::bubble(&mut drawing, "note", x(step.from), y, &lines) + 10.0
        } else {
            let via = through.then(|| x(PRELOAD));
            let is_answer = step.from == "main";
            let ends = (x(step.from), x(step.to));
            arrow(&mut drawing, ends, via, is_answer, y, &lines)
        };
    }
    let title = "Who speaks to whom, in order";
    let mut svg = svg::open(id, y, title, &in_words(steps, through));
    for name in &who {
        let x = x(name);
        _ = writeln!(svg, "<path d=\"M{x} 30V{y}\" class=\"life {name}\"/>");
        svg::bubble(&mut svg, name, x, 4.0, &[(*name).to_owned()]);
    }
    svg + &drawing + "</svg>"
}

/// How long a line of words may be: about as long as its arrow, but for a note.
fn letters(between: f32) -> usize {
    match between {
        0.0 => 45,
        _ => ((between / LETTER) as usize + 4).clamp(22, 45),
    }
}

/// What the picture shows, for those who do not see it.
fn in_words(steps: &[Step], through: bool) -> String {
    let by = if through { " through the preload" } else { "" };
    let words = steps.iter().map(|Step { from, to, what }| {
        if from == to {
            format!("{from}: {what}.")
        } else {
            format!("{from} to {to}{by}: {what}.")
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What crosses, above its arrow; what main says is dashed, so that an answer
/// looks different from a question. Returns where the next step begins.
fn arrow(
    drawing: &mut String,
    (from, to): (f32, f32),
    via: Option<f32>,
    is_answer: bool,
    y: f32,
    lines: &[String],
) -> f32 {
    let (x, width) = svg::placed((from + to) / 2.0, lines);
    let (left, height) = (x - width / 2.0 - 2.0, LINE * lines.len() as f32);
    // No lifeline runs through the words.
    _ = writeln!(
        drawing,
        "<rect x=\"{left}\" y=\"{y}\" width=\"{}\" height=\"{height}\" \
         class=\"behind\"/>",
        width + 4.0
    );
    svg::text(drawing, x, y, lines);
    let y = y + height + 7.0;
    let back = if from < to { -9.0 } else { 9.0 };
    let class = if is_answer { "answer" } else { "question" };
    _ = writeln!(
        drawing,
        "<path d=\"M{from} {y}H{to}\" class=\"{class}\"/>\n\
         <path d=\"M{to} {y}l{back} -4v8z\" class=\"head\"/>"
    );
    if let Some(via) = via {
        _ = writeln!(
            drawing,
            "<circle cx=\"{via}\" cy=\"{y}\" r=\"4\" class=\"{PRELOAD}\"/>"
        );
    }
    y + 12.0
}
