//! `contextBridge` in a real window: Electron's cases, by the names that they
//! have in its own tests, and what else its page says of this one.
//!
//! What they call is exposed by `context_bridge/preload.js`.
#![cfg(target_os = "linux")]
use harness::App;
use serde_json::{Value, json};

fn start() -> App {
    App::start(env!("CARGO_BIN_EXE_ch10-context-bridge"))
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

/// `errorOf(f)` is what it throws, in words, and `show` keeps what JSON loses.
const HELPERS: &str = "
    window.errorOf = (f) => {
      try { return `no error: ${f()}`; } catch (error) {
        return Object.getPrototypeOf(error) === Error.prototype
          ? `${error.name}: ${error.message}`
          : `${error.name}: ${error.message} (${error?.constructor?.name})`;
      }
    };
    window.rejectionOf = async (promise) => {
      try { return `no error: ${await promise}`; } catch (error) {
        return errorOf(() => { throw error; });
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
        "const write = errorOf(() => { 'use strict'; aNumber = 456; });
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
        || {
            json!([
                123, false, false, false, [1], "exposed", true, true, true
            ])
        },
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
         return [errors.map((f) => errorOf(f).split(':')[0]), anArray]",
        || {
            let array = json!([123, "my words", [1]]);
            json!([["TypeError", "TypeError"], array])
        },
    ),
    (
        "should make nested arrays immutable",
        Passes,
        "return errorOf(() => nested.array.push(1)).split(':')[0]",
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
        "return errorOf(throws.error)",
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
           await takes.promise(late),
           await takes.rejectionOf(Promise.reject(new RangeError('no')))]",
        || json!(["now!", "later!", ["RangeError", "no"]]),
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
        "return [errors.symbol, errorOf(() => takes.itself(Symbol('a'))),
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
        "return errorOf(throws.result)",
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
        "return errorOf(throws.body)",
        || json!(format!("{CLONE} the result is a HTMLHtmlElement")),
    ),
    (
        "should handle DOM elements going backwards over the bridge",
        Differs("Data crosses here, and an element is none."),
        "return [errorOf(() => takes.itself(1, { 'a b': [document.body] })),
           errorOf(() => takes.call(() => document)),
           errorOf(() => takes.itself(document.all))]",
        || {
            json!([
                format!("{CLONE} argument 2, [\"a b\"][0] is a HTMLBodyElement"),
                format!("{CLONE} the result is a HTMLDocument"),
                format!("{CLONE} argument 1 is a HTMLAllCollection"),
            ])
        },
    ),
    (
        "should handle Blobs",
        Differs("Send its bytes: `await blob.arrayBuffer()`."),
        "return errorOf(throws.blob)",
        || json!(format!("{CLONE} the result, [0] is a Blob")),
    ),
    (
        "should handle Blobs going backwards over the bridge",
        Differs("Send its bytes: `await blob.arrayBuffer()`."),
        "return errorOf(() => takes.call(() => new Blob(['a'])))",
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
         return [errorOf(() => takes.nothing(deep(100))),
           errorOf(() => takes.nothing(deep(101))).replace(path, '…')]",
        || {
            let why = format!("{CLONE} argument 1, …[0] is inside 100 others");
            json!(["no error: undefined", why])
        },
    ),
    (
        "should copy thrown errors into the other context",
        Passes,
        "const thrown = ['errand', 'string', 'object', 'symbol', 'getter',
           'message'].map((name) => errorOf(throws[name]));
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
