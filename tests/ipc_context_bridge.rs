//! `contextBridge` in a real window: Electron's cases, by the names that they
//! have in its own tests, and what else its page says of this one.
//!
//! What they call is exposed by `context_bridge/preload.js`.
#![cfg(target_os = "linux")]
use harness::{App, Page};
use serde_json::{Value, json};

fn start() -> App {
    App::start(env!("CARGO_BIN_EXE_ipc-bridge"))
}

/// How a case of Electron's fares.
#[derive(Debug, PartialEq)]
enum Outcome {
    Passes,
    /// What happens in its place, and why.
    Differs(&'static str),
    /// Page and preload would have to live apart for this case to prove
    /// something: ch18.
    OneWorld,
}
use Outcome::{Differs, OneWorld, Passes};

/// A case of Electron's: its name, how it fares, a script, and what that
/// returns.
type Case = (&'static str, Outcome, &'static str, fn() -> Value);

#[test]
fn electrons_cases_fare_as_the_table_says() {
    let app = start();
    let page = app.page();
    page.run(HELPERS);
    for (name, _, script, expected) in CASES {
        assert_eq!(page.run(script), expected(), "{name}");
    }
    let mut names: Vec<_> = CASES.iter().map(|case| case.0).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CASES.len(), "no name is there twice");
}

/// `thrownBy(f)` is what it throws, in words, and `show` keeps what JSON loses.
const HELPERS: &str = "
    window.thrownBy = (f) => {
      try { return `no error: ${f()}`; } catch (error) {
        return Object.getPrototypeOf(error) === Error.prototype
          ? `${error.name}: ${error.message}`
          : `${error.name}: ${error.message} (${error?.constructor?.name})`;
      }
    };
    window.rejectionOf = async (promise) => {
      try { return `no error: ${await promise}`; } catch (error) {
        return thrownBy(() => { throw error; });
      }
    };
    window.deep = (levels) => {
      let it = [];
      for (let i = 1; i < levels; i++) it = [it];
      return it;
    };";

const CLONE: &str = "Error: An object could not be cloned:";

const CASES: &[Case] = &[
    ("should proxy numbers", Passes, "return aNumber", || json!(123)),
    (
        "should make global properties read-only",
        Passes,
        "const write = thrownBy(() => { 'use strict'; aNumber = 456; });
         window.aNumber = 456;
         const { value, ...how } =
           Object.getOwnPropertyDescriptor(window, 'aNumber');
         return [write.split(':')[0], delete window.aNumber, aNumber, how];",
        || {
            let how = json!({
                "configurable": false, "enumerable": true, "writable": false
            });
            json!(["TypeError", false, 123, how])
        },
    ),
    ("should proxy nested numbers", Passes, "return nested.number", || {
        json!(123)
    }),
    (
        "should make properties unwriteable",
        Passes,
        "nested.number = 456;
         nested.more = 1;
         aFunction.more = 1;
         nested.map.get('list')[0] = 2;
         nested.error.message = 'written';
         return [nested.number, 'more' in nested, 'more' in aFunction,
           delete nested.number, nested.map.get('list'), nested.error.message,
           Object.isFrozen(results), Object.isFrozen(results.number),
           Object.isFrozen(results.method)];",
        || json!([123, false, false, false, [1], "exposed", true, true, true]),
    ),
    ("should proxy strings", Passes, "return aString", || json!("my words")),
    ("should proxy nested strings", Passes, "return nested.string", || {
        json!("my words")
    }),
    (
        "should proxy arrays",
        Passes,
        "return [anArray, Array.isArray(anArray)]",
        || json!([[123, "my words", [1]], true]),
    ),
    ("should proxy nested arrays", Passes, "return nested.array", || {
        json!([123, "my words", [1]])
    }),
    (
        "should make arrays immutable",
        Passes,
        "const errors = [() => anArray.push(1), () => anArray[2].push(1)];
         return [errors.map((f) => thrownBy(f).split(':')[0]), anArray]",
        || {
            let array = json!([123, "my words", [1]]);
            json!([["TypeError", "TypeError"], array])
        },
    ),
    (
        "should make nested arrays immutable",
        Passes,
        "return thrownBy(() => nested.array.push(1)).split(':')[0]",
        || json!("TypeError"),
    ),
    ("should proxy booleans", Passes, "return aBoolean", || json!(true)),
    ("should proxy nested booleans", Passes, "return nested.boolean", || {
        json!(true)
    }),
    (
        "should proxy promises and resolve with the correct value",
        Passes,
        "return [aPromise instanceof Promise, await aPromise]",
        || json!([true, "resolved"]),
    ),
    (
        "should proxy nested promises and resolve with the correct value",
        Passes,
        "return nested.promise",
        || json!("resolved"),
    ),
    (
        "should proxy promises and reject with the correct value",
        Passes,
        "return rejectionOf(aRejection)",
        || json!("TypeError: rejected (TypeError)"),
    ),
    (
        "should proxy nested promises and reject with the correct value",
        Passes,
        "return rejectionOf(nested.rejection)",
        || json!("TypeError: rejected (TypeError)"),
    ),
    (
        "should proxy promises and resolve with the correct value if it \
         resolves later",
        Passes,
        "return results.late()",
        || json!("late"),
    ),
    (
        "should proxy nested promises correctly",
        Passes,
        "return results.lateInside()",
        || json!("inside"),
    ),
    (
        "should proxy promises correctly when Function.prototype has been \
         overridden in the main world",
        OneWorld,
        "const seen = [];
         const names = ['apply', 'bind', 'call'];
         const kept = names.map((name) => Function.prototype[name]);
         for (const name of names)
           Function.prototype[name] = function () { seen.push(name, this); };
         const promise = results.promise();
         const value = await promise;
         names.forEach((name, i) => { Function.prototype[name] = kept[i]; });
         return [value, seen.length];",
        || json!(["promised", 0]),
    ),
    (
        "should proxy methods",
        Passes,
        "return [results.number(), results.boolean(), await results.promise()]",
        || json!([123, false, "promised"]),
    ),
    ("should proxy functions", Passes, "return aFunction()", || {
        json!("returned")
    }),
    (
        "should not double-proxy functions when they are returned to their \
         origin side of the bridge",
        Passes,
        "const f = () => 1;
         const given = results.aFunction();
         return [takes.itself(f) === f, takes.itself([f])[0] === f,
           takes.itself(given) === given, results.aFunction() === given,
           takes.same(f, f), takes.call((it) => it === f, f)];",
        || json!([true, true, true, true, true, true]),
    ),
    (
        "should proxy function arguments only once",
        Passes,
        "const it = {};
         return [takes.same(it, it), takes.same({}, {})]",
        || json!([true, false]),
    ),
    (
        "should properly handle errors thrown in proxied functions",
        Passes,
        "return thrownBy(throws.error)",
        || json!("TypeError: oh no (TypeError)"),
    ),
    (
        "should proxy methods that are callable multiple times",
        Passes,
        "return [1, 2, 3].map(() => results.number())",
        || json!([123, 123, 123]),
    ),
    (
        "should proxy methods in the reverse direction",
        Passes,
        "const add = (n) => n + 1;
         return [takes.call(add, 123), takes.call(add, 1)]",
        || json!([124, 2]),
    ),
    (
        "should proxy promises in the reverse direction",
        Passes,
        "const late = new Promise((it) => setTimeout(it, 20, 'later'));
         return [await takes.promise(Promise.resolve('now')),
           await takes.promise(late), await takes.promise(aPromise),
           await takes.promise(Object.freeze(Promise.resolve('frozen'))),
           await takes.rejectionOf(Promise.reject(new RangeError('no')))]",
        || {
            json!([
                "now!",
                "later!",
                "resolved!",
                "frozen!",
                ["RangeError", "no"]
            ])
        },
    ),
    (
        "should proxy objects with number keys",
        Passes,
        "return [numbered[1], numbered[2], numbered['10'],
           Array.isArray(numbered), Object.keys(takes.itself({ 2: 1, 1: 1 }))]",
        || json!([123, 456, 789, false, ["1", "2"]]),
    ),
    ("it should proxy null", Passes, "return `${aNull}`", || json!("null")),
    (
        "it should proxy undefined",
        Passes,
        "return [`${anUndefined}`, 'anUndefined' in window]",
        || json!(["undefined", true]),
    ),
    (
        "it should proxy nested null and undefined correctly",
        Passes,
        "return nested.values.map((it) => Object.is(it, -0) ? '-0' : `${it}`)",
        || json!(["null", "undefined", "NaN", "-0", "10"]),
    ),
    (
        "should proxy symbols",
        Differs("A symbol is no data that could cross between two worlds."),
        "return [errors.symbol, thrownBy(() => takes.itself(Symbol('a'))),
           'refused' in window]",
        || {
            let api = format!("{CLONE} the API, .list[0] is a symbol");
            let argument = format!("{CLONE} argument 1 is a symbol");
            json!([api, argument, false])
        },
    ),
    (
        "should proxy symbols such that symbol equality works",
        Differs("A symbol is no data that could cross between two worlds."),
        "return thrownBy(throws.result)",
        || json!(format!("{CLONE} the result, .list[3] is a symbol")),
    ),
    (
        "should proxy symbols such that symbol key lookup works",
        Differs("What is under a symbol stays, as in a structured clone."),
        "const it = { [Symbol.for('a')]: 1, b: 2 };
         return Reflect.ownKeys(takes.itself(it))",
        || json!(["b"]),
    ),
    (
        "should proxy typed arrays",
        Passes,
        "return [Object.getPrototypeOf(bytes) === Uint8Array.prototype,
           [...bytes]]",
        || json!([true, [1, 2]]),
    ),
    (
        "should proxy regexps",
        Passes,
        "return [Object.getPrototypeOf(pattern) === RegExp.prototype,
           `${pattern}`, 'A-a'.replace(pattern, 'b')]",
        || json!([true, "/a/gi", "b-b"]),
    ),
    (
        "should proxy typed arrays and regexps through the serializer",
        Passes,
        "return [[...nested.bytes], `${nested.pattern}`]",
        || json!([[1, 2], "/a/gi"]),
    ),
    (
        "should handle recursive objects",
        Passes,
        "const list = [];
         list.push(list, new Map([[list, list]]));
         const copy = takes.itself(list);
         return [recursion.it.it.value, recursion.it === recursion,
           copy !== list, copy[0] === copy, copy[1].get(copy) === copy];",
        || json!([135, true, true, true, true]),
    ),
    (
        "should handle DOM elements",
        Differs("Data crosses here, and an element is none."),
        "return thrownBy(throws.body)",
        || json!(format!("{CLONE} the result is an HTMLHtmlElement")),
    ),
    (
        "should handle DOM elements going backwards over the bridge",
        Differs("Data crosses here, and an element is none."),
        "return [thrownBy(() => takes.itself(1, { 'a b': [document.body] })),
           thrownBy(() => takes.call(() => document)),
           thrownBy(() => takes.itself(document.all))]",
        || {
            json!([
                format!(
                    "{CLONE} argument 2, [\"a b\"][0] is an HTMLBodyElement"
                ),
                format!("{CLONE} the result is an HTMLDocument"),
                format!("{CLONE} argument 1 is an HTMLAllCollection"),
            ])
        },
    ),
    (
        "should handle Blobs",
        Differs("Send its bytes: `await blob.arrayBuffer()`."),
        "return thrownBy(throws.blob)",
        || json!(format!("{CLONE} the result, [0] is a Blob")),
    ),
    (
        "should handle Blobs going backwards over the bridge",
        Differs("Send its bytes: `await blob.arrayBuffer()`."),
        "return thrownBy(() => takes.call(() => new Blob(['a'])))",
        || json!(format!("{CLONE} the result is a Blob")),
    ),
    (
        "it should not let you overwrite existing exposed things",
        Passes,
        "return [errors.again, errors.fetch, aNumber]",
        || {
            let why = "Error: Cannot bind an API on top of an existing \
                       property on the window object";
            json!([why, why, 123])
        },
    ),
    (
        "should work with complex nested methods and promises",
        Passes,
        "return takes.first((third) => third(() => Promise.resolve('value')))",
        || json!("value"),
    ),
    (
        "should work with complex nested methods and promises attached \
         directly to the global",
        Passes,
        "const { get } = results.method;
         return (await get().get()).get()",
        || json!("deep"),
    ),
    (
        "should throw an error when recursion depth is exceeded",
        Differs("100 levels may cross. In Electron 1,000 may."),
        "const path = '[0]'.repeat(99);
         return [thrownBy(() => takes.nothing(deep(100))),
           thrownBy(() => takes.nothing(deep(101))).replace(path, '…')]",
        || {
            let why = format!("{CLONE} argument 1, …[0] is inside 100 others");
            json!(["no error: undefined", why])
        },
    ),
    (
        "should copy thrown errors into the other context",
        Passes,
        "const thrown = ['errand', 'string', 'object', 'symbol', 'getter',
           'message'].map((name) => thrownBy(throws[name]));
         const rejected = [throws.rejects(), throws.rejectsSymbol(),
           throws.resolvesSymbol()].map(rejectionOf);
         const own = (f) => { try { f() } catch (it) { return it; } };
         return [...thrown, ...await Promise.all(rejected),
           Object.getOwnPropertyNames(own(throws.errand)).includes('secret')]",
        || {
            let unknown = "Error: What was thrown could not be cloned";
            let resolved =
                format!("{CLONE} argument 1, [\"odd key\"] is a symbol");
            json!([
                "Errand: an errand",
                "Error: a string",
                unknown,
                unknown,
                "RangeError: bad (RangeError)",
                unknown,
                "Errand: later",
                format!("{CLONE} argument 1 is a symbol"),
                resolved,
                false,
            ])
        },
    ),
    (
        "should not leak prototypes",
        OneWorld,
        "const pet = results.pet();
         const error = results.error();
         const [promise] = [results.promise()];
         const is = (it, { prototype }) =>
           Object.getPrototypeOf(it) === prototype;
         return [is(pet, Object), pet, 'bark' in pet, is(error, Error),
           `${error}`, is(promise, Promise), is(results.number, Function),
           is(nested, Object), is(nested.array, Array)];",
        || {
            json!([
                true,
                { "name": "Rex" },
                false,
                true,
                "Errand: an errand",
                true,
                true,
                true,
                true
            ])
        },
    ),
];

#[test]
fn what_crosses_is_a_copy_of_its_kind() {
    let app = start();
    let page = app.page();
    page.run(HELPERS);
    every_kind_arrives_as_itself(&page);
    a_copy_shares_nothing_with_its_original(&page);
    what_is_shared_or_a_cycle_stays_so(&page);
    keys_cross_as_they_are(&page);
    getters_run_once_and_their_errors_are_thrown(&page);
    ipc_renderer_crosses_empty(&page);
    a_call_takes_arguments_and_nothing_else(&page);
    errors_keep_name_and_message_in_both_directions(&page);
}

fn every_kind_arrives_as_itself(page: &Page<'_>) {
    let seen = page.run(
        "const show = ([u, nan, zero, big, date, map, set, bytes, re, error]) =>
           [u === undefined, Number.isNaN(nan), Object.is(zero, -0), `${big}n`,
             date.getTime(), [...map.entries()], [...set], [...bytes], `${re}`,
             `${error}`];
         const all = results.all();
         return [show(all), show(takes.itself(all)),
           takes.itself([1, , 3]).length, takes.itself([1, , 3]).includes(2),
           takes.itself(new Float64Array([NaN]).buffer) instanceof ArrayBuffer,
           takes.itself(new DOMException('gone', 'AbortError')).name];",
    );
    let all = json!([
        true,
        true,
        true,
        "10n",
        5,
        [[{}, [1]]],
        [1],
        [7],
        "/b/m",
        "RangeError: it"
    ]);
    assert_eq!(seen, json!([all, all, 3, false, true, "AbortError"]));
}

fn a_copy_shares_nothing_with_its_original(page: &Page<'_>) {
    let seen = page.run(
        "const it = { list: [], date: new Date(5), bytes: new Uint8Array(1) };
         takes.change(it);
         const pet = results.pet();
         pet.name = 'Max';
         return [it.list, it.date.getTime(), it.bytes[0], pet.name,
           results.pet().name, takes.isFrozen({}), Object.isFrozen(pet)];",
    );
    assert_eq!(seen, json!([[], 5, 0, "Max", "Rex", false, false]));
}

fn what_is_shared_or_a_cycle_stays_so(page: &Page<'_>) {
    let seen = page.run(
        "const date = new Date();
         const it = { date };
         it.again = [it, date, new Set([it])];
         const copy = takes.itself(it);
         const [self, same, set] = copy.again;
         const [one, two] = results.functions();
         return [self === copy, same === copy.date, same !== date,
           set.has(copy), one === two];",
    );
    assert_eq!(seen, json!([true, true, true, true, true]));
}

fn keys_cross_as_they_are(page: &Page<'_>) {
    let seen = page.run(
        "const proto = JSON.parse('{\"__proto__\": {\"polluted\": 1}, \"a\": 1}');
         const hidden = Object.create({ inherited: 1 },
           { hidden: { value: 1 }, seen: { value: 2, enumerable: true } });
         const back = results.proto();
         const proxy = new Proxy({ a: { b: 1 } }, {});
         return [takes.keys(proto), Object.hasOwn(back, '__proto__'),
           back.polluted === undefined, takes.itself(hidden),
           takes.itself(Object.assign(Object.create(null), { c: 1 })),
           takes.itself(proxy), takes.itself({ toJSON: () => 1, d: 1 }).d];",
    );
    let keys = json!([["__proto__", "a"], true, null]);
    let expected =
        json!([keys, true, true, {"seen": 2}, {"c": 1}, {"a": {"b": 1}}, 1]);
    assert_eq!(seen, expected);
}

fn getters_run_once_and_their_errors_are_thrown(page: &Page<'_>) {
    let seen = page.run(
        "let got = 0;
         const once = takes.itself({ get it() { return [++got]; } });
         const bad = { list: [{ get bad() { throw new RangeError('page'); } }] };
         return [results.counted().count, results.counted().count, once.it, got,
           thrownBy(() => takes.nothing(bad)), thrownBy(throws.getter),
           takes.errorOf(() => bad)];",
    );
    let error = |text| format!("RangeError: {text} (RangeError)");
    let inside = ["RangeError", "page"];
    let expected = json!([1, 2, [1], 1, error("page"), error("bad"), inside]);
    assert_eq!(seen, expected);
}

fn ipc_renderer_crosses_empty(page: &Page<'_>) {
    let seen = page.run(
        "const it = electron.on(() => 0);
         const inside = electron.inside();
         return [Reflect.ownKeys(it), inside, inside.list[0] ===
           inside.ipcRenderer];",
    );
    let inside = json!({"ipcRenderer": {}, "list": [{}]});
    assert_eq!(seen, json!([[], inside, true]));
}

fn a_call_takes_arguments_and_nothing_else(page: &Page<'_>) {
    let seen = page.run(
        "const f = function (a, b) { 'use strict'; return this; };
         f.own = 1;
         return [takes.describe(f), takes.arity.call({}, 1, undefined),
           takes.call(f, 1) === undefined, 'own' in takes.itself(takes.itself),
           thrownBy(() => new takes.itself()).split(':')[0],
           takes.errorOf(class A {})];",
    );
    let class = ["TypeError", CLASS];
    let expected =
        json!([[0, true], [2, true], true, false, "TypeError", class]);
    assert_eq!(seen, expected);
}

const CLASS: &str = "Cannot call a class constructor without |new|";

fn errors_keep_name_and_message_in_both_directions(page: &Page<'_>) {
    let seen = page.run(
        "class Own extends Error { name = 'Own'; }
         const own = () => { throw new Own('mine'); };
         const late = Promise.reject(new Own('later'));
         const copy = takes.itself(new Own('copied'));
         return [takes.errorOf(own), takes.errorOf(() => { throw 'text'; }),
           takes.errorOf(() => { throw { an: 'object' }; }),
           await takes.rejectionOf(late), thrownBy(() => takes.call(own)),
           await rejectionOf(throws.rejects()), `${copy}`, Object.keys(copy),
           copy.stack.includes('Own (')];",
    );
    let unknown = ["Error", "What was thrown could not be cloned"];
    let expected = json!([
        ["Own", "mine"],
        ["Error", "text"],
        unknown,
        ["Own", "later"],
        "Own: mine",
        "Errand: later",
        "Own: copied",
        [],
        false
    ]);
    assert_eq!(seen, expected);
}

/// The same function is the same proxy as long as that lives.
#[test]
fn a_listener_that_came_can_go() {
    let app = start();
    let page = app.page();
    let seen = page.run(
        "const one = (value) => value + 1;
         const two = (value) => value + 2;
         takes.on(one);
         takes.on(two);
         const both = takes.emit(1);
         takes.off(one);
         return [both, takes.emit(1)];",
    );
    assert_eq!(seen, json!([[2, 3], [3]]));
}

/// Electron: "should release the global hold on methods sent across contexts".
/// A page that calls for a year does not grow. WebKit collects when it likes,
/// and may keep the last few.
#[test]
fn what_one_side_drops_the_other_lets_go() {
    let app = start();
    let page = app.page();
    page.run(HELPERS);
    page.run(
        "const weak = [];
         window.made = (it) => { weak.push(new WeakRef(it)); return it; };
         window.living = () =>
           weak.filter((it) => it.deref()).length + memory.living();
         window.churn = () => {
           window.old = Array.from({ length: 2000 }, () => Array(1000).fill(0));
         };
         window.kept = memory.lend();
         takes.on((value) => value + 1);",
    );
    page.run(
        "const attempt = (f) => { try { f(); } catch {} };
         for (let i = 0; i < 200; i++) {
           memory.lend();
           attempt(() => memory.refuse());
           memory.promise();
           memory.pending();
           memory.take(() => 1);
           memory.take(Promise.resolve(1));
           memory.take(new Promise(() => 0));
           memory.takeNothing(made(() => 1));
           memory.takeNothing(made(new Promise(() => 0)));
           attempt(() => memory.takeNothing(made(() => 1), Symbol('a')));
         }",
    );
    page.wait_until("(churn(), living() < 100)");
    // What is held is there still.
    assert_eq!(page.run("return [kept(), takes.emit(1)]"), json!([1, [2]]));
}

/// When a function crosses again before the end of its first proxy is told of,
/// that end is the first one's alone. The test says here what is collected.
#[test]
fn the_end_of_one_proxy_is_not_the_end_of_the_next() {
    let app = start();
    let page = app.page();
    page.run(HELPERS);
    let seen = page.run(&format!(
        "'use strict';
         const refs = [];
         const ends = [];
         const WeakRef = class {{
           constructor(it) {{ this.it = it; refs.push(this); }}
           deref() {{ return this.it; }}
         }};
         const FinalizationRegistry = class {{
           constructor(end) {{ ends.push(end); }}
           register(it, held) {{ this.held = held; }}
         }};
         {VALUES}
         {WIRE}
         {BRIDGE}
         {{
         const f = () => 1;
         contextBridge.exposeInMainWorld('ended', {{ get: () => f }});
         const collect = () => {{ refs.at(-1).it = undefined; }};
         const [end] = ends;
         const first = ended.get();
         collect();
         const second = ended.get();
         end(2);
         const seen = [first !== second, thrownBy(second)];
         collect();
         end(2);
         return [...seen, thrownBy(second).split(':')[0], ended.get()()];
         }}",
    ));
    assert_eq!(seen, json!([true, "no error: 1", "TypeError", 1]));
}

/// What goes over the port is data alone: a copy of it does the same. So the
/// border of a world may be there.
#[test]
fn structured_clone_can_copy_all_that_goes_over_the_port() {
    let mut bridge = BRIDGE.to_owned();
    for side in ["pagesSide", "preloadsSide"] {
        let call = format!("{side}.receive(message)");
        assert_eq!(bridge.matches(&call).count(), 1, "{call}");
        let copied = format!(
            "structuredClone({side}.receive(structuredClone(message)))"
        );
        bridge = bridge.replace(&call, &copied);
    }
    let app = start();
    let page = app.page();
    page.run(HELPERS);
    let seen = page.run(&format!(
        "'use strict';
         {VALUES}
         {WIRE}
         {bridge}
         {{
         const cycle = {{ date: new Date(5), list: [1, /a/g, new Uint8Array(2)] }};
         cycle.cycle = new Map([[cycle, new Set([cycle])]]);
         contextBridge.exposeInMainWorld('wired', {{
           cycle, call: (f, ...args) => f(...args),
           fail: (it) => {{ throw it; }},
           promise: async (it) => ({{ it: await it, f: () => it }}),
         }});
         const {{ call, fail, promise }} = wired;
         const f = () => 1;
         const {{ date, list, cycle: map }} = wired.cycle;
         const got = await promise(Promise.resolve({{ f }}));
         return [date.getTime(), `${{list[1]}}`, map.get(wired.cycle).size,
           call((it) => it, call) === call, call((it) => it === f, f),
           got.it.f === f, (await got.f()).f === f,
           thrownBy(() => fail(new RangeError('no'))),
           thrownBy(() => contextBridge.exposeInMainWorld('wired', 1)),
           await rejectionOf(promise(Promise.reject(new Error('late')))),
           thrownBy(() => call(() => [Symbol('a')]))];
         }}",
    ));
    let expected = json!([
        5,
        "/a/g",
        1,
        true,
        true,
        true,
        true,
        "RangeError: no (RangeError)",
        "Error: Cannot bind an API on top of an existing property on the \
         window object",
        "Error: late",
        format!("{CLONE} the result, [0] is a symbol"),
    ]);
    assert_eq!(seen, expected);
}

const VALUES: &str = concat!(
    include_str!("../common/ipc/kinds.js"),
    include_str!("../common/ipc/values.js")
);
const WIRE: &str = include_str!("../common/ipc/wire.js");
const BRIDGE: &str = include_str!("../common/ipc/bridge.js");

/// One world: the page can replace all that JavaScript brings.
mod one_world {
    use super::*;

    /// All methods, and setters for what an object could lack.
    const REPLACE: &str = "
        window.owners = [Array, Array.prototype, ArrayBuffer, Date.prototype,
          Error.prototype, FinalizationRegistry.prototype, Function.prototype,
          JSON, Map.prototype, Object, Promise, Promise.prototype, Reflect,
          RegExp.prototype, Set.prototype, String.prototype, WeakMap.prototype,
          WeakRef.prototype, WeakSet.prototype];
        window.methods = owners.flatMap((owner) =>
          Reflect.ownKeys(owner).map((key) => [owner, key]))
          .filter(([owner, key]) => {
            const it = Object.getOwnPropertyDescriptor(owner, key);
            return typeof it.value === 'function' && it.configurable;
          });
        for (const name of ['structuredClone', 'Promise', 'Map', 'Set', 'Object',
          'Error', 'RangeError', 'TypeError', 'Array', 'WeakMap', 'WeakRef',
          'Reflect', 'FinalizationRegistry', 'Symbol', 'JSON', 'RegExp'])
          methods.push([window, name]);";

    #[test]
    fn a_page_that_listens_everywhere_is_handed_nothing_of_the_preloads() {
        let app = start();
        let page = app.page();
        page.run(REPLACE);
        let seen = page.run(
            "const seen = new Set();
             let isOn = false;
             const { apply, construct } = Reflect;
             const { hasOwn, defineProperty } = Object;
             const [has, add] = [hasOwn, Set.prototype.add];
             const look = (it, where, depth = 0) => {
               if (Object(it) !== it) return;
               if (has(it, 'isPreloads')) apply(add, seen, [where]);
             };
             const spy = (it, where) => new Proxy(it, {
               apply: (it, self, args) => {
                 if (isOn) {
                   isOn = false;
                   look(self, where);
                   for (let i = 0; i < args.length; i++) look(args[i], where);
                   isOn = true;
                 }
                 return apply(it, self, args);
               },
             });
             for (const [owner, key] of methods)
               if (owner !== window)
                 owner[key] = spy(owner[key], `${String(key)}`);
             const setter = (owner, key) => defineProperty(owner, key, {
               __proto__: null, configurable: true,
               set(value) {
                 look(this, key);
                 look(value, key);
                 defineProperty(this, key, { __proto__: null, value,
                   configurable: true, enumerable: true, writable: true });
               },
             });
             const keys = ['0', '1', 'a', 'at', 'list', 'map', 'f', 'value'];
             for (const key of keys) setter(Object.prototype, key);
             isOn = true;
             const caught = [];
             const attempt = (f) => {
               try { return f(); } catch (why) { caught[caught.length] = why; }
             };
             const got = [secret.get(), await secret.later()];
             attempt(secret.throws);
             try { await secret.never(); } catch (why) {
               caught[caught.length] = why;
             }
             secret.give((it) => { got[got.length] = it; });
             attempt(() => secret.give(() => { throw new Error('page'); }));
             attempt(() => secret.give(() => document.body));
             isOn = false;
             for (const key of keys) delete Object.prototype[key];
             const walk = (it) => {
               if (Object(it) !== it) return;
               look(it, 'given');
               for (const key of Reflect.ownKeys(it)) walk(it[key]);
               if (it instanceof Map || it instanceof Set)
                 it.forEach((value, key) => { walk(value); walk(key); });
             };
             for (const it of got) walk(Array.isArray(it) ? [...it] : it);
             for (const it of caught) look(it, 'thrown');
             return [[...seen], got.length, caught.length];",
        );
        assert_eq!(seen, json!([[], 3, 4]));
    }

    #[test]
    fn a_page_that_breaks_everything_breaks_no_crossing() {
        let app = start();
        let page = app.page();
        page.run(REPLACE);
        let seen = page.run(
            "const its = [new Map([[1, 2]]), new Set([1]), new RangeError('a')];
             const date = new Date(5);
             const cross = async () => {
               const f = () => 1;
               const cycle = { list: [f, date, [null]], f, its };
               cycle.cycle = cycle;
               const copy = takes.itself(cycle);
               if (copy.list[0] !== f || copy.cycle !== copy) return 'copy';
               if (copy.its[0].size !== 1 || copy.its[1].size !== 1) return 'its';
               if (copy.its[2].message !== 'a') return 'error';
               if (results.aFunction() !== results.aFunction()) return 'same';
               if (takes.call((it) => it + 1, 1) !== 2) return 'call';
               try { secret.throws(); return 'error'; } catch (why) {
                 if (why.message !== 'marked') return why.message;
               }
               if (await results.promise() !== 'promised') return 'promise';
               return 'all';
             };
             const wrong = [];
             const { defineProperty, getOwnPropertyDescriptor } = Object;
             const { String } = window;
             for (const [owner, key] of methods) {
               const kept = getOwnPropertyDescriptor(owner, key);
               for (const value of [undefined, () => { throw 1; }, () => 'a']) {
                 defineProperty(owner, key, { ...kept, value });
                 let seen;
                 try { seen = await cross(); } catch (why) { seen = why; }
                 defineProperty(owner, key, kept);
                 if (seen !== 'all') wrong.push([String(key), String(seen)]);
               }
             }
             const names = ['0', '1', 'at', 'kind', 'id', 'ref', 'value', 'get',
               'set', 'items', 'failed', 'key', 'type', 'args', 'error'];
             for (const name of names) {
               defineProperty(Object.prototype, name, {
                 __proto__: null, configurable: true,
                 get() { throw 1; }, set() { throw 1; },
               });
               let seen;
               try { seen = await cross(); } catch (why) { seen = why; }
               delete Object.prototype[name];
               if (seen !== 'all') wrong.push([name, String(seen)]);
             }
             return [wrong, methods.length > 200];",
        );
        assert_eq!(seen, json!([[], true]));
    }
}
