//! Draws a snapshot of a transcript as a sequence diagram, in SVG. Its lines
//! are `[who → whom] what`, an arrow, and `[who] what`, a note.

use std::fmt::Write as _;

use crate::print::Lines;
use crate::{Tree, print};

/// From left to right, so that most arrows go between neighbours. Two windows
/// are the first and the second, with the main process between them.
const ORDER: [&str; 5] = ["preload", "renderer", "first", "main", "second"];

/// All lengths are in units of the drawing, which scales with the page: at
/// 360 pixels a letter is about 11 pixels high.
const WIDTH: f32 = 420.0;
/// The middle of the first and of the last lifeline.
const FIRST: f32 = 55.0;
const LAST: f32 = 360.0;
const FONT: f32 = 14.0;
/// How wide a letter of a monospaced font is.
const LETTER: f32 = 0.61 * FONT;
const LINE: f32 = 18.0;
/// More letters than this do not fit beside each other.
const LETTERS: usize = 45;

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
    let snapshot = print::transcript(tree, name)?;
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
    let (svg, caption) = (svg(name, &steps), snapshot.caption);
    Ok(format!(
        "\n<figure class=\"sequence\">\n{svg}\n<figcaption>{caption}, \
         drawn</figcaption>\n</figure>\n"
    ))
}

fn step(line: &str) -> Option<Step<'_>> {
    let (who, what) = line.strip_prefix('[')?.split_once("] ")?;
    let (from, to) = who.split_once(" → ").unwrap_or((who, who));
    let known = ORDER.contains(&from) && ORDER.contains(&to);
    known.then_some(Step { from, to, what })
}

fn svg(name: &str, steps: &[Step]) -> String {
    let occurs = |who: &&str| {
        steps.iter().any(|step| step.from == *who || step.to == *who)
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
        y = if step.from == step.to {
            note(&mut drawing, x(step.from), y, step.what)
        } else {
            arrow(&mut drawing, x(step.from), x(step.to), y, step.what)
        };
    }
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {y}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-text\">\n\
         <title id=\"{id}-title\">Who speaks to whom, in order</title>\n\
         <desc id=\"{id}-text\">{}</desc>\n",
        escaped(&in_words(steps)),
        id = format!("sequence-{name}-{}", steps.len()),
    );
    for name in &who {
        let x = x(name);
        _ = writeln!(svg, "<path d=\"M{x} 30V{y}\" class=\"life\"/>");
        bubble(&mut svg, x, 4.0, &[(*name).to_owned()]);
    }
    svg + &drawing + "</svg>"
}

/// What the picture shows, for those who do not see it.
fn in_words(steps: &[Step]) -> String {
    let words = steps.iter().map(|Step { from, to, what }| {
        if from == to {
            format!("{from}: {what}.")
        } else {
            format!("{from} to {to}: {what}.")
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// What somebody does alone. Returns where the next step begins.
fn note(drawing: &mut String, x: f32, y: f32, what: &str) -> f32 {
    bubble(drawing, x, y, &wrapped(what)) + 10.0
}

/// Lines of text in a box, as near to `x` as they have room. Returns where
/// the box ends.
fn bubble(drawing: &mut String, x: f32, y: f32, lines: &[String]) -> f32 {
    let (x, width) = placed(x, lines);
    let (left, width) = (x - width / 2.0 - 6.0, width + 12.0);
    let height = LINE * lines.len() as f32 + 8.0;
    _ = writeln!(
        drawing,
        "<rect x=\"{left}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
         rx=\"4\"/>"
    );
    text(drawing, x, y + 3.0, lines);
    y + height
}

/// What crosses, above its arrow. Returns where the next step begins.
fn arrow(drawing: &mut String, from: f32, to: f32, y: f32, what: &str) -> f32 {
    let lines = wrapped(what);
    text(drawing, placed((from + to) / 2.0, &lines).0, y, &lines);
    let y = y + LINE * lines.len() as f32 + 7.0;
    let back = if from < to { -9.0 } else { 9.0 };
    _ = writeln!(
        drawing,
        "<path d=\"M{from} {y}H{to}\"/>\n\
         <path d=\"M{to} {y}l{back} -4v8z\" class=\"head\"/>"
    );
    y + 12.0
}

/// The middle and the width of lines of text that keep within the drawing.
fn placed(x: f32, lines: &[String]) -> (f32, f32) {
    let letters = lines.iter().map(|line| line.chars().count()).max();
    let width = letters.unwrap_or(0) as f32 * LETTER;
    let edge = width / 2.0 + 8.0;
    (x.min(WIDTH - edge).max(edge), width)
}

fn text(drawing: &mut String, x: f32, mut y: f32, lines: &[String]) {
    for line in lines {
        y += LINE;
        let (line, base) = (escaped(line), y - 4.0);
        _ = writeln!(drawing, "<text x=\"{x}\" y=\"{base}\">{line}</text>");
    }
}

/// Lines of at most `LETTERS` letters, ended after a space or comma if
/// there is one.
fn wrapped(what: &str) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in what.split_inclusive([' ', ',']) {
        let letters: Vec<_> = word.chars().collect();
        for piece in letters.chunks(LETTERS) {
            let piece: String = piece.iter().collect();
            let wide = format!("{line}{piece}").trim_end().chars().count();
            if wide > LETTERS {
                lines.push(line.trim_end().to_owned());
                line.clear();
            }
            line += &piece;
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// Text for HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
