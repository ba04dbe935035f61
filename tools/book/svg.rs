//! What the drawings have in common. All lengths are in units of the drawing,
//! which scales with the page: at 360 pixels a letter is about 11 pixels high.

use std::fmt::Write as _;

use crate::listing::escaped;

/// How wide every drawing is.
pub(crate) const WIDTH: f32 = 420.0;
const FONT: f32 = 14.0;
/// How wide a letter of a monospaced font is.
pub(crate) const LETTER: f32 = 0.61 * FONT;
/// How high a line of text is.
pub(crate) const LINE: f32 = 18.0;

/// The beginning of a drawing of this height, with its words for those who do
/// not see it. What follows is the drawing, and `</svg>`.
pub(crate) fn open(id: &str, height: f32, title: &str, text: &str) -> String {
    format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-text\">\n\
         <title id=\"{id}-title\">{}</title>\n\
         <desc id=\"{id}-text\">{}</desc>\n",
        escaped(title),
        escaped(text)
    )
}

/// Lines of text in a box with rounded corners, their middle as near to `x` as
/// they have room. Returns where the box ends.
pub(crate) fn bubble(
    drawing: &mut String,
    class: &str,
    x: f32,
    y: f32,
    lines: &[String],
) -> f32 {
    let (x, width) = placed(x, lines);
    let (left, width) = (x - width / 2.0 - 6.0, width + 12.0);
    let height = LINE * lines.len() as f32 + 8.0;
    _ = writeln!(
        drawing,
        "<rect x=\"{left}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
         rx=\"4\" class=\"{class}\"/>"
    );
    text(drawing, x, y + 3.0, lines);
    y + height
}

/// Lines of text, one below the other, with `x` as their middle.
pub(crate) fn text(drawing: &mut String, x: f32, mut y: f32, lines: &[String]) {
    for line in lines {
        y += LINE;
        let (line, base) = (escaped(line), y - 4.0);
        _ = writeln!(drawing, "<text x=\"{x}\" y=\"{base}\">{line}</text>");
    }
}

/// The middle and the width of lines of text that keep within the drawing.
pub(crate) fn placed(x: f32, lines: &[String]) -> (f32, f32) {
    let letters = lines.iter().map(|line| line.chars().count()).max();
    let width = letters.unwrap_or(0) as f32 * LETTER;
    let edge = width / 2.0 + 8.0;
    (x.min(WIDTH - edge).max(edge), width)
}

/// Lines of at most so many letters, ended after a space or comma if there is
/// one.
pub(crate) fn wrapped(what: &str, letters: usize) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in what.split_inclusive([' ', ',']) {
        let all: Vec<_> = word.chars().collect();
        for piece in all.chunks(letters) {
            let piece: String = piece.iter().collect();
            let wide = format!("{line}{piece}").trim_end().chars().count();
            if wide > letters {
                lines.push(line.trim_end().to_owned());
                line.clear();
            }
            line += &piece;
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}
