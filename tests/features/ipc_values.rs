//! What a page sends arrives as what it was, and comes back as that. It is
//! tried with `electronAPI.echo`, to which main answers what it was given.
use crate::CHAPTER;
use harness::{App, Page};
use serde_json::{Value, json};

/// `lost(samples)` says of each one that comes back as something else, as what.
const HELPERS: &str = "
    const show = (it) => {
      const kind = Object.prototype.toString.call(it).slice(8, -1);
      const all = (items) => `${kind} [${[...items].map(show)}]`;
      const entry = ([key, value]) => `${key}: ${show(value)}`;
      switch (kind) {
        case 'Undefined': case 'Null': case 'Boolean': return `${it}`;
        case 'Number': return Object.is(it, -0) ? '-0' : `${it}`;
        case 'Date': return `Date ${it.getTime()}`;
        case 'Error': return `${Object.getPrototypeOf(it).name} (${it})`;
        case 'Object': return `{${Object.entries(it).map(entry)}}`;
        case 'Map': return all([...it].flat());
        case 'Array': case 'Set': case 'Uint8Array': return all(it);
        default: return `${kind} ${it}`;
      }
    };
    const lost = async (samples) => {
      const lost = [];
      for (const it of samples) {
        const sent = show(it);
        const came = await electronAPI.echo(it).then(show, show);
        if (came !== sent) lost.push(`${sent} comes back as ${came}`);
      }
      return lost;
    };
    const refusal = async (value) => {
      try { return show(await electronAPI.echo(value)); } catch (why) {
        return why.message;
      }
    };";

#[test]
fn each_value_comes_back_as_itself() {
    let app = CHAPTER.start();
    let page = app.page();
    every_kind_does(&page);
    keys_of_every_name_do(&page);
    nothing_of_the_pages_rewrites_it(&page);
    every_view_of_bytes_comes_as_its_bytes(&page);
    what_is_no_data_never_comes_to_main(&app, &page);
}

#[track_caller]
fn run(page: &Page<'_>, script: &str) -> Value {
    page.run(&format!("{HELPERS} {script}"))
}

fn every_kind_does(page: &Page<'_>) {
    let lost = run(
        page,
        "return lost([undefined, null, true, 1.5, -0, NaN, -Infinity, 2 ** 60,
           'é😀', 2n ** 64n, -1n, new Date(5), new Date(NaN), [1, [undefined]],
           { a: { b: [] } }, new Map([[{ a: 1 }, new Set([new Date(0)])]]),
           new Uint8Array([0, 255]), new Error('an error'),
           new RangeError('too far')]);",
    );
    assert_eq!(lost, json!([]));
}

fn keys_of_every_name_do(page: &Page<'_>) {
    let lost = run(
        page,
        "const proto = JSON.parse('{\"__proto__\": {\"isAdmin\": true}}');
         return lost([{ $date: 0 }, { $$date: 0, a: 1 }, { $: { $no: 1 } },
           proto, { $list: [proto] }, { '': 1, 'a b': 2, constructor: 3 },
           { toJSON: 'text', then: 1 }]);",
    );
    assert_eq!(lost, json!([]));
}

fn nothing_of_the_pages_rewrites_it(page: &Page<'_>) {
    let lost = run(
        page,
        "Object.prototype.toJSON = () => 'rewritten';
         try { return await lost(['text', 1, [2], { a: [3] }, new Date(4)]); }
         finally { delete Object.prototype.toJSON; }",
    );
    assert_eq!(lost, json!([]));
}

fn every_view_of_bytes_comes_as_its_bytes(page: &Page<'_>) {
    let seen = run(
        page,
        "const { buffer } = new Uint8Array([1, 2, 3, 4]);
         const views = [buffer, new Uint8Array(buffer, 1, 2),
           new DataView(buffer, 3), new Uint16Array(buffer, 2),
           new Uint8Array(0)];
         const echoed = await Promise.all(views.map(electronAPI.echo));
         return echoed.map(show);",
    );
    let bytes = ["1,2,3,4", "2,3", "4", "3,4", ""]
        .map(|bytes| format!("Uint8Array [{bytes}]"));
    assert_eq!(seen, json!(bytes));
}

/// It is refused at the call, by its place.
fn what_is_no_data_never_comes_to_main(app: &App, page: &Page<'_>) {
    let before = app.output();
    let seen = run(
        page,
        "const cycle = { list: [] };
         cycle.list.push(cycle);
         const values = [() => 0, { list: [1, Symbol('a')] }, [document.body],
           { a: Promise.resolve() }, '\\ud800', cycle];
         return Promise.all(values.map(refusal));",
    );
    let refused = [
        "argument 1 is a function",
        "argument 1, .list[1] is a symbol",
        "argument 1, [0] is an HTMLBodyElement",
        "argument 1, .a is a promise",
        "argument 1 has half a surrogate pair",
        "argument 1, .list[0] is a cycle",
    ]
    .map(|why| format!("An object could not be cloned: {why}"));
    assert_eq!(seen, json!(refused));
    assert_eq!(app.output(), before);
}

/// What a page posts past the preload can be as deep as it is long.
#[test]
fn a_text_that_is_a_million_deep_is_refused() {
    let app = CHAPTER.start();
    let page = app.page();
    // By a key: a driver whose program is gone says nothing of what it was.
    page.run(
        "const deep = '['.repeat(1e6) + ']'.repeat(1e6);
         const text = `[\"d\",7,\"echo\",${deep}]`;
         addEventListener('keydown', () =>
           webkit.messageHandlers.ipc.postMessage(text));",
    );
    app.press("d");
    app.wait_for_line(
        "[main → renderer] error #7 {\"$error\":[\"Error\",\"more than 100 \
         arrays or objects inside one another at line 1 column 102\"]}",
    );
    assert_eq!(page.run("return electronAPI.echo('alive')"), "alive");
}

/// The answer to a call of the page before may come after a reload. This one
/// comes before that to the new page's own first call.
#[test]
fn an_answer_to_another_document_settles_nothing() {
    let app = CHAPTER.start();
    let page = app.page();
    let seen = page.run(
        "webkit.messageHandlers.ipc.postMessage(
           '[\"the page before\",1,\"echo\",[\"not yours\"]]');
         return electronAPI.echo('mine');",
    );
    assert_eq!(seen, "mine");
    app.wait_for_line("[main → renderer] reply #1 \"not yours\"");
}
