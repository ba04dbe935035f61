//! What crosses between a page and main, and what is refused: `values.txt`, in
//! a real window.
#![cfg(target_os = "linux")]
use harness::{App, Page};
use ipc::{MAX_DEPTH, MAX_MESSAGE, MAX_VALUES};
use serde_json::{Value, json};

const TABLE: &str = include_str!("ipc/values.txt");

/// A line of the table.
struct Case {
    it: &'static str,
    /// Its text on the way to main, where it gets that far.
    wire: Option<&'static str>,
    /// What comes back, or the error.
    outcome: String,
}

fn cases() -> impl Iterator<Item = Case> {
    let is_case = |it: &&str| !it.is_empty() && !it.starts_with('#');
    TABLE.lines().filter(is_case).map(|line| {
        if let Some((it, why)) = line.split_once(" ✗ ") {
            let words = "Error: An object could not be cloned: ";
            return Case { it, wire: None, outcome: [words, why].concat() };
        }
        if let Some((it, why)) = line.split_once(" ! ") {
            return Case { it, wire: None, outcome: why.into() };
        }
        let parts: Vec<_> = line.split(" → ").collect();
        let [it, wire, back] = parts[..] else { panic!("{line}") };
        Case { it, wire: Some(wire), outcome: back.into() }
    })
}

/// Runs a script that has the table's `values`.
#[track_caller]
fn run(page: &Page<'_>, script: &str) -> Value {
    let values: String = cases().map(|it| format!("({}),\n", it.it)).collect();
    page.run(&format!(
        "'use strict';
         {}
         const frame = frameOf();
         const values = [{values}];
         {script}",
        include_str!("ipc/values.js"),
    ))
}

/// `encode` of a preload's own, as `values.js` gives it to the files after it,
/// and the way back.
const OURS: &str = concat!(
    "const ours = (() => {",
    include_str!("../common/ipc/kinds.js"),
    include_str!("../common/ipc/values.js"),
    include_str!("../common/ipc/wire.js"),
    "const decode = (text) => revive(json.parse(text));
    return { encode, decode, MAX_DEPTH, MAX_VALUES }; })();
    // What is written of a value, or why not.
    const write = (it) => {
      try { return ours.encode([it]); } catch (why) { return { why }; }
    };
    const outcome = (text) => typeof text === 'string'
      ? [text.slice(1, -1), show(ours.decode(text)[0])]
      : [null, said(text.why)];"
);

#[test]
fn what_crosses_and_what_is_refused_is_as_the_table_says() {
    let app = App::start(env!("CARGO_BIN_EXE_ipc-cases"));
    let page = app.page();
    each_value_crosses_and_comes_back(&app, &page);
    a_hundred_containers_cross_and_one_more_is_refused(&page);
    the_limits_are_mains(&page);
    nothing_of_the_pages_is_asked(&page, OURS);
    an_older_engine_writes_and_reads_the_same(&page);
    assert!(!app.output().contains("refused"), "{}", app.output());
}

fn each_value_crosses_and_comes_back(app: &App, page: &Page<'_>) {
    let before = app.output().lines().count();
    let seen = run(
        page,
        // In turns of their own: of one, only the first few are printed.
        "const outcomes = [];
         for (const it of values)
           outcomes.push(
             await electron.ipcRenderer.invoke('echo', it).then(show, said));
         return outcomes;",
    );
    let seen = seen.as_array().expect("a list");
    let sent = || -> Vec<String> {
        let output = app.output();
        let lines = output.lines().skip(before).filter_map(|line| {
            let (_, text) = line.split_once(" echo [")?;
            text.strip_suffix(']').map(str::to_owned)
        });
        lines.collect()
    };
    // The page may have an answer before we have read the line of its call.
    let all = cases().filter(|it| it.wire.is_some()).count();
    app.wait_until("a line for each call", || sent().len() >= all);
    let sent = sent();
    let mut sent = sent.iter().map(String::as_str);
    assert!(cases().count() > 80);
    for (case, seen) in cases().zip(seen) {
        assert_eq!(seen, &case.outcome, "{}", case.it);
        if let Some(wire) = case.wire {
            assert_eq!(sent.next(), Some(wire), "{}", case.it);
        }
    }
    assert_eq!(sent.next(), None);
}

fn a_hundred_containers_cross_and_one_more_is_refused(page: &Page<'_>) {
    let seen = run(
        page,
        "const { ipcRenderer } = electron;
         const seen = [];
         for (const make of Object.values(deep)) {
           const deepest = nest(100, make);
           const back = await ipcRenderer.invoke('echo', deepest);
           const why = await ipcRenderer.invoke('echo', make(deepest))
             .catch(said);
           seen.push([show(back) === show(deepest), why]);
         }
         const error = new Error('e');
         await ipcRenderer.invoke('echo', nest(99, (it) =>
           [it === 1 ? error : it]));
         return seen;",
    );
    let steps = ["[0]", ".it", "<key 0>", "<value 0>", "<value 0>"];
    let refused = steps.map(|step| {
        let path = step.repeat(100);
        let why = "Error: An object could not be cloned: argument 1, ";
        json!([true, format!("{why}{path} is inside 100 others")])
    });
    assert_eq!(seen, json!(refused));
}

/// A value is refused where the call stands only if both count alike.
fn the_limits_are_mains(page: &Page<'_>) {
    let seen = run(page, &format!("{OURS} return ours"));
    assert_eq!(seen["MAX_DEPTH"], MAX_DEPTH);
    assert_eq!(seen["MAX_VALUES"], MAX_VALUES);
    let renderer = include_str!("../common/ipc/ipc_renderer.js");
    let line = |it: &&str| it.starts_with("const MAX_MESSAGE");
    let limit = renderer.lines().find(line).expect("its limit");
    let seen = page.run(&format!("{limit} return MAX_MESSAGE"));
    assert_eq!(seen, MAX_MESSAGE);
    // The last that there is room for is an object, which is asked for its
    // property, one too many.
    let seen = run(
        page,
        &format!(
            "{OURS}
             const all = [
               undefined, new Date(0), new ArrayBuffer(0), '',
               [0], {{ a: 0 }}, {{ $b: 0 }}, new Set([0]),
               new Map([[0, {{}}]]), new Error(),
             ];
             const its = 4 + 4 * 2 + 2 * 3;
             const zeros = Array(ours.MAX_VALUES - its - 1).fill(0);
             let asked = 0;
             const last = {{ get one() {{ return ++asked; }} }};
             try {{ ours.encode([...all, ...zeros, last]); }} catch (why) {{
               return [asked, said(why)];
             }}"
        ),
    );
    let words = "Error: more than 4194304 values in a message";
    assert_eq!(seen, json!([1, words]));
}

/// Engines of 2024 have no `toBase64`, and no `Error.isError`.
const OLDER: [&str; 2] = [
    "const { isError } = Error;
     const { fromBase64 } = Uint8Array;
     const { toBase64 } = Uint8Array.prototype;
     delete Error.isError;
     delete Uint8Array.fromBase64;
     delete Uint8Array.prototype.toBase64;",
    "Object.assign(Error, { isError });
     Object.assign(Uint8Array, { fromBase64 });
     Object.assign(Uint8Array.prototype, { toBase64 });",
];

fn an_older_engine_writes_and_reads_the_same(page: &Page<'_>) {
    let [before, after] = OLDER;
    let ours = [before, OURS, after].concat();
    nothing_of_the_pages_is_asked(page, &ours);
    // More bytes than are written in one go.
    let seen = run(
        page,
        &format!(
            "{ours}
             const many = new Uint8Array(10_000).map((_, at) => at * 7);
             const [back] = ours.decode(ours.encode([many.subarray(1)]));
             return back.every((it, at) => it === many[at + 1])
               && back.length;"
        ),
    );
    assert_eq!(seen, 9_999);
    // Its way to know an error would ask the page for a tag.
    let seen = run(
        page,
        &format!(
            "{ours}
             let given = 0;
             Object.defineProperty(Object.prototype, Symbol.toStringTag, {{
               __proto__: null, configurable: true, get() {{ given++; }},
             }});
             const text = write(new Error('own'));
             const its = given;
             delete Object.prototype[Symbol.toStringTag];
             return [its, text.why.message, write(new Error('own'))];"
        ),
    );
    let refused = "An object could not be cloned: argument 1 is a false Error";
    let written = r#"[{"$error":["Error","own"]}]"#;
    assert_eq!(seen, json!([0, refused, written]));
}

fn nothing_of_the_pages_is_asked(page: &Page<'_>, ours: &str) {
    let seen = run(
        page,
        &format!(
            "{ours}
             const texts = values.map(() => null);
             const again = values.map(() => null);
             const called = poisoned(() => {{
               for (let at = 0; at < values.length; at++) {{
                 texts[at] = write(values[at]);
                 if (typeof texts[at] === 'string')
                   again[at] = ours.encode(ours.decode(texts[at]));
               }}
             }});
             if (called) return [called];
             const alike = texts.every((it, at) =>
               typeof it !== 'string' || it === again[at]);
             return [called, alike, texts.map(outcome)];"
        ),
    );
    assert_eq!(seen[0], "");
    assert_eq!(seen[1], true);
    compare(&seen[2]);
}

/// Compares what is written and read without main.
#[track_caller]
fn compare(seen: &Value) {
    let seen = seen.as_array().expect("a list");
    for (case, seen) in cases().zip(seen) {
        assert_eq!(*seen, json!([case.wire, case.outcome]), "{}", case.it);
    }
}
