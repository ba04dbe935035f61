//! The map: one picture of the whole way of a call, from the renderer through
//! main and back, with the part that a chapter adds lit, and what is not there
//! yet faint.

use std::fmt::Write as _;

use checkout::is_on_library;

use crate::Tree;
use crate::library::FOLDER;
use crate::listing::escaped;
use crate::svg::{self, LETTER, LINE};

/// Where a place is drawn, and whose it is.
struct Place {
    /// What it is, in a word that all chapters have in common.
    what: &'static str,
    owner: &'static str,
    x: f32,
    y: f32,
}

const fn place(
    what: &'static str,
    owner: &'static str,
    x: f32,
    y: f32,
) -> Place {
    Place { what, owner, x, y }
}

/// The places, in the order of the table below.
const PLACES: [Place; 11] = [
    place("the window", "main", 82.0, 348.0),
    place("the page's files", "main", 82.0, 240.0),
    place("the page", "renderer", 76.0, 82.0),
    place("what is exposed", "preload", 292.0, 60.0),
    place("the call", "preload", 350.0, 108.0),
    place("the pipe", "pipe", 350.0, 182.0),
    place("what receives", "main", 346.0, 240.0),
    place("the handler", "main", 346.0, 294.0),
    place("a late answer", "main", 214.0, 348.0),
    place("the answer", "main", 214.0, 240.0),
    place("the settling", "preload", 232.0, 108.0),
];

/// What each place is called in a chapter's code, or in the library if the chapter
/// stands on that; a comma divides two names. `+` lights it; a name in parentheses is in no code of ours; an empty one is not
/// there yet.
#[rustfmt::skip]
const CHAPTERS: [(&str, [&str; PLACES.len()]); 15] = [
    ("ch01", ["+EventLoop", "", "", "", "", "", "", "", "", "", ""]),
    ("ch02", ["EventLoop", "+serve", "+index.html", "", "", "", "", "", "", "", ""]),
    ("ch03", ["EventLoop", "page::builder", "renderer.js", "+exposeInMainWorld", "", "", "", "", "", "", ""]),
    ("ch04", ["EventLoop", "page::builder", "renderer.js", "exposeInMainWorld", "+send", "+postMessage", "+on_message", "+set_title", "", "", ""]),
    ("ch05", ["EventLoop", "page::builder", "renderer.js", "exposeInMainWorld", "+invoke", "postMessage", "on_message", "+on_invoke", "+Wake::Late", "+reply", "+settle"]),
    ("ch06", ["EventLoop", "page::builder", "renderer.js", "exposeInMainWorld", "invoke", "postMessage", "on_message", "+open_file", "+Wake::Late", "reply", "settle"]),
    ("ch07", ["+RunEvent::Ready", "+frontendDist", "renderer.js", "exposeInMainWorld", "", "", "", "", "", "", ""]),
    ("ch08", ["lifecycle", "frontendDist", "renderer.js", "exposeInMainWorld", "+invoke", "+ipc:", "+commands", "+open_file", "+async fn", "(Tauri answers)", "(Tauri's promise)"]),
    ("ch09", ["lifecycle", "frontendDist", "renderer.js", "exposeInMainWorld", "invoke", "ipc:", "+allow-work", "work", "+Channel, emit_to", "(Tauri sends)", "+listen"]),
    ("ch10", ["+menu::show", "page::builder", "renderer.js", "+contextBridge", "+ipcRenderer", "postMessage", "on_message", "open_file", "Wake::Late", "+reply, send", "+settle, emit"]),
    ("ch11", ["BrowserWindow", "page::File", "renderer.js", "+bridge.js", "+values.js", "postMessage", "decode.rs", "+handler.rs", "+task.rs", "outgoing.rs", "+settle"]),
    ("ch12", ["+gone.rs", "page::File", "renderer.js", "bridge.js", "invoke", "+pipe.rs", "+dispatch.rs", "+settle.rs", "task.rs", "outgoing.rs", "settle"]),
    ("ch13", ["gone.rs", "page::File", "+renderer.js", "bridge.js", "+batch.js", "pipe.rs", "+inbox.rs", "dispatch.rs", "+remote.rs", "+outbox.rs", "+emit"]),
    ("ch14", ["+document.rs", "page::File", "+renderer.js", "bridge.js", "+hello.js", "pipe.rs", "inbox.rs", "dispatch.rs", "+execute.rs", "+lane.rs", "+early.js"]),
    ("ch15", ["+windows.rs", "page::File", "renderer.js", "bridge.js", "invoke", "pipe.rs", "+queue.rs", "+webContents.ipc", "task.rs", "outbox.rs", "settle"]),
];

/// The place of a late answer.
const LATE: usize = 8;

/// The chapter whose names the whole map has.
const WHOLE: &str = "ch06";

#[derive(Clone, Copy, PartialEq)]
enum State {
    Lit,
    There,
    ToCome,
}

/// A place as one chapter has it.
struct Spot<'a> {
    place: &'a Place,
    name: &'static str,
    state: State,
}

impl Spot<'_> {
    /// How wide the box around the name is.
    fn width(&self) -> f32 {
        self.name.chars().count() as f32 * LETTER * 0.86 + 12.0
    }
}

/// The map of a chapter; all of it is lit without one.
///
/// # Errors
/// When a name on it is not in the chapter's code.
pub(crate) fn draw(
    tree: &Tree,
    chapter: Option<&str>,
) -> Result<String, String> {
    let spots = spots(chapter)?;
    let slug = match chapter {
        Some(slug) => slug.to_owned(),
        None => {
            let mut all = tree.chapters().into_iter();
            all.find(|slug| slug.starts_with(WHOLE)).unwrap_or_default()
        }
    };
    let mut place = format!("chapters/{slug}");
    let mut code = code_of(tree, &place);
    if is_on_library(&slug) {
        code += &code_of(tree, FOLDER);
        place = format!("{place} and {FOLDER}");
    }
    let in_code = |it: &&Spot| it.state != State::ToCome && is_code(it.name);
    for it in spots.iter().filter(in_code) {
        if !it.name.split(", ").all(|name| code.contains(name)) {
            return Err(format!(
                "the map has {:?} for {}, which {place} does not have; \
                 correct tools/book/map.rs",
                it.name, it.place.what
            ));
        }
    }
    let id = format!("map-{}", chapter.unwrap_or("whole"));
    let caption = match chapter {
        Some(_) => {
            "The whole way of a call. What this chapter is about is lit, what \
             is not there yet is faint"
        }
        None => "The whole way of a call, by the names of the sixth chapter",
    };
    Ok(format!(
        "\n<figure class=\"sequence map\">\n{}\n<figcaption>{caption}\
         </figcaption>\n</figure>\n",
        svg(&id, &spots)
    ))
}

fn spots(chapter: Option<&str>) -> Result<Vec<Spot<'static>>, String> {
    let row = |short: &str| {
        let found = CHAPTERS.iter().find(|(known, _)| *known == short);
        found.map(|(_, names)| names)
    };
    let whole = row(WHOLE).ok_or("the map has lost its whole")?;
    let short = checkout::short(chapter.unwrap_or(WHOLE));
    let names = row(short)
        .ok_or_else(|| format!("tools/book/map.rs has no row for {short}"))?;
    let spot = |((place, name), whole): (
        (&'static Place, &&'static str),
        &&'static str,
    )| {
        let bare = name.trim_start_matches('+');
        let (name, state) = match *name {
            "" => (whole.trim_start_matches('+'), State::ToCome),
            _ if chapter.is_none() || bare != *name => (bare, State::Lit),
            _ => (bare, State::There),
        };
        Spot { place, name, state }
    };
    Ok(PLACES.iter().zip(names).zip(whole).map(spot).collect())
}

fn is_code(name: &str) -> bool {
    !name.starts_with('(')
}

/// The names and the text of all files of a folder.
fn code_of(tree: &Tree, folder: &str) -> String {
    let files = tree.files(folder).into_iter();
    files
        .flat_map(|file| {
            let text = tree.read(&format!("{folder}/{file}"));
            [file, text.unwrap_or_default()]
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// A line of points.
type Line = &'static [(f32, f32)];

/// The arrows: the places that one needs, how it runs, and whether it brings an
/// answer.
const ARROWS: [(usize, usize, Line, bool); 11] = [
    (1, 2, &[(82.0, 240.0), (82.0, 146.0)], false),
    (2, 3, &[(138.0, 73.0), (174.0, 73.0)], false),
    (3, 4, &[(350.0, 86.0), (350.0, 108.0)], false),
    (4, 5, &[(350.0, 134.0), (350.0, 182.0)], false),
    (5, 6, &[(350.0, 208.0), (350.0, 240.0)], false),
    (6, 7, &[(346.0, 266.0), (346.0, 294.0)], false),
    (7, 9, &[(346.0, 307.0), (246.0, 266.0)], true),
    (7, 8, &[(346.0, 320.0), (346.0, 361.0), (268.0, 361.0)], false),
    (8, 9, &[(214.0, 348.0), (214.0, 266.0)], true),
    (9, 10, &[(218.0, 240.0), (218.0, 134.0)], true),
    (10, 2, &[(174.0, 121.0), (138.0, 121.0)], true),
];

fn svg(id: &str, spots: &[Spot]) -> String {
    let mut svg = svg::open(id, 388.0, "The way of a call", &in_words(spots));
    for (class, y, height, name) in [
        ("process", 22.0, 132.0, "the page's process"),
        ("process", 216.0, 168.0, "main's process"),
    ] {
        _ = writeln!(
            svg,
            "<rect x=\"4\" y=\"{y}\" width=\"412\" height=\"{height}\" rx=\"6\" \
             class=\"{class}\"/>\n<text x=\"8\" y=\"{}\" class=\"name\">{name}\
             </text>",
            y - 6.0
        );
    }
    _ = writeln!(
        svg,
        "<rect x=\"14\" y=\"34\" width=\"124\" height=\"112\" rx=\"4\" \
         class=\"renderer\"/>\n<text x=\"22\" y=\"52\" class=\"name\">renderer\
         </text>\n<rect x=\"174\" y=\"34\" width=\"236\" height=\"112\" \
         rx=\"4\" class=\"preload\"/>\n<text x=\"182\" y=\"52\" \
         class=\"name\">preload</text>"
    );
    for (from, to, line, is_answer) in ARROWS {
        let there = |place: usize| spots[place].state != State::ToCome;
        let faint = if there(from) && there(to) { "" } else { " faint" };
        let class = if is_answer { "answer" } else { "question" };
        let mut line = line.to_vec();
        // It comes from the side, and the name's box may be short or long.
        if let (LATE, Some((x, _))) = (to, line.last_mut()) {
            *x = spots[LATE].place.x + spots[LATE].width() / 2.0;
        }
        arrow(&mut svg, &line, &format!("{class}{faint}"));
    }
    for spot in spots {
        let Spot { place, name, state } = spot;
        let state = match state {
            State::Lit => "lit",
            State::There => "there",
            State::ToCome => "faint",
        };
        let width = spot.width();
        let x = (place.x - width / 2.0).clamp(8.0, svg::WIDTH - width - 8.0);
        _ = writeln!(
            svg,
            "<g class=\"{} {state}\"><rect x=\"{x}\" y=\"{}\" width=\"{width}\" \
             height=\"{}\" rx=\"4\"/><text x=\"{}\" y=\"{}\">{}</text></g>",
            place.owner,
            place.y,
            LINE + 8.0,
            x + width / 2.0,
            place.y + LINE - 1.0,
            escaped(name.trim_matches(['(', ')']))
        );
    }
    svg + "</svg>"
}

/// An arrow along a line.
fn arrow(svg: &mut String, line: &[(f32, f32)], class: &str) {
    let points = line.iter().map(|(x, y)| format!("{x},{y}"));
    let points = points.collect::<Vec<_>>().join(" ");
    _ = writeln!(svg, "<polyline points=\"{points}\" class=\"{class}\"/>");
    let [.., (from_x, from_y), (x, y)] = *line else { return };
    let degrees = (y - from_y).atan2(x - from_x).to_degrees();
    _ = writeln!(
        svg,
        "<path d=\"M0 0l-9 -4v8z\" class=\"head {class}\" \
         transform=\"translate({x} {y}) rotate({degrees})\"/>"
    );
}

/// What the picture shows, for those who do not see it.
fn in_words(spots: &[Spot]) -> String {
    let of = |state: State| {
        let those = spots.iter().filter(|spot| spot.state == state);
        let words = those.map(|it| {
            let name = it.name.trim_matches(['(', ')']);
            format!("{} ({name})", it.place.what)
        });
        words.collect::<Vec<_>>().join(", ")
    };
    let mut text = String::from(
        "In the page's process the renderer calls what the preload exposes, and \
         the preload posts the call into the pipe. In main's process the message \
         is received and handled; the answer goes back at once, or late, and the \
         preload settles the renderer's promise.",
    );
    for (state, what) in [
        (State::Lit, "Lit"),
        (State::There, "There already"),
        (State::ToCome, "To come"),
    ] {
        let places = of(state);
        if !places.is_empty() {
            text += &format!(" {what}: {places}.");
        }
    }
    text
}
