//! `contextBridge` in a real window: Electron's cases, by the names that they
//! have in its own tests, and what else its page says of this one.
//!
//! What they call is exposed by `context_bridge/preload.js`.
#![cfg(target_os = "linux")]
use harness::{App, Page};
use serde_json::json;

fn start() -> App {
    App::start(env!("CARGO_BIN_EXE_ipc-bridge"))
}

/// `thrownBy(f)` is what it throws, in words.
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

#[test]
fn what_is_exposed_is_read_as_electrons_is() {
    let app = start();
    let page = app.page();
    page.run(HELPERS);
    a_number_crosses(&page);
    a_global_is_read_only(&page);
    a_number_inside_crosses(&page);
    nothing_exposed_can_be_written(&page);
    a_string_crosses(&page);
    a_string_inside_crosses(&page);
    an_array_crosses(&page);
    an_array_inside_crosses(&page);
    an_array_is_frozen(&page);
    an_array_inside_is_frozen(&page);
    a_boolean_crosses(&page);
    a_boolean_inside_crosses(&page);
    number_keys_cross(&page);
    null_crosses(&page);
    undefined_crosses(&page);
    null_and_undefined_inside_cross(&page);
}

/// Electron: contextBridge: should proxy numbers
/// passes
fn a_number_crosses(page: &Page<'_>) {
    let seen = page.run("return aNumber");
    assert_eq!(seen, json!(123));
}

/// Electron: contextBridge: should make global properties read-only
/// passes
fn a_global_is_read_only(page: &Page<'_>) {
    let seen = page.run(
        "const write = thrownBy(() => { 'use strict'; aNumber = 456; });
         window.aNumber = 456;
         const { value, ...how } =
           Object.getOwnPropertyDescriptor(window, 'aNumber');
         return [write.split(':')[0], delete window.aNumber, aNumber, how];",
    );
    let how = json!({
        "configurable": false, "enumerable": true, "writable": false
    });
    assert_eq!(seen, json!(["TypeError", false, 123, how]));
}

/// Electron: contextBridge: should proxy nested numbers
/// passes
fn a_number_inside_crosses(page: &Page<'_>) {
    let seen = page.run("return nested.number");
    assert_eq!(seen, json!(123));
}

/// Electron: contextBridge: should make properties unwriteable
/// passes
fn nothing_exposed_can_be_written(page: &Page<'_>) {
    let seen = page.run(
        "nested.number = 456;
         nested.more = 1;
         aFunction.more = 1;
         nested.map.get('list')[0] = 2;
         nested.error.message = 'written';
         return [nested.number, 'more' in nested, 'more' in aFunction,
           delete nested.number, nested.map.get('list'), nested.error.message,
           Object.isFrozen(results), Object.isFrozen(results.number),
           Object.isFrozen(results.method)];",
    );
    assert_eq!(
        seen,
        json!([123, false, false, false, [1], "exposed", true, true, true])
    );
}

/// Electron: contextBridge: should proxy strings
/// passes
fn a_string_crosses(page: &Page<'_>) {
    let seen = page.run("return aString");
    assert_eq!(seen, json!("my words"));
}

/// Electron: contextBridge: should proxy nested strings
/// passes
fn a_string_inside_crosses(page: &Page<'_>) {
    let seen = page.run("return nested.string");
    assert_eq!(seen, json!("my words"));
}

/// Electron: contextBridge: should proxy arrays
/// passes
fn an_array_crosses(page: &Page<'_>) {
    let seen = page.run("return [anArray, Array.isArray(anArray)]");
    assert_eq!(seen, json!([[123, "my words", [1]], true]));
}

/// Electron: contextBridge: should proxy nested arrays
/// passes
fn an_array_inside_crosses(page: &Page<'_>) {
    let seen = page.run("return nested.array");
    assert_eq!(seen, json!([123, "my words", [1]]));
}

/// Electron: contextBridge: should make arrays immutable
/// passes
fn an_array_is_frozen(page: &Page<'_>) {
    let seen = page.run(
        "const errors = [() => anArray.push(1), () => anArray[2].push(1)];
         return [errors.map((f) => thrownBy(f).split(':')[0]), anArray]",
    );
    let array = json!([123, "my words", [1]]);
    assert_eq!(seen, json!([["TypeError", "TypeError"], array]));
}

/// Electron: contextBridge: should make nested arrays immutable
/// passes
fn an_array_inside_is_frozen(page: &Page<'_>) {
    let seen =
        page.run("return thrownBy(() => nested.array.push(1)).split(':')[0]");
    assert_eq!(seen, json!("TypeError"));
}

/// Electron: contextBridge: should proxy booleans
/// passes
fn a_boolean_crosses(page: &Page<'_>) {
    let seen = page.run("return aBoolean");
    assert_eq!(seen, json!(true));
}

/// Electron: contextBridge: should proxy nested booleans
/// passes
fn a_boolean_inside_crosses(page: &Page<'_>) {
    let seen = page.run("return nested.boolean");
    assert_eq!(seen, json!(true));
}

/// Electron: contextBridge: should proxy objects with number keys
/// passes
fn number_keys_cross(page: &Page<'_>) {
    let seen = page.run(
        "return [numbered[1], numbered[2], numbered['10'],
           Array.isArray(numbered), Object.keys(takes.itself({ 2: 1, 1: 1 }))]",
    );
    assert_eq!(seen, json!([123, 456, 789, false, ["1", "2"]]));
}

/// Electron: contextBridge: it should proxy null
/// passes
fn null_crosses(page: &Page<'_>) {
    let seen = page.run("return `${aNull}`");
    assert_eq!(seen, json!("null"));
}

/// Electron: contextBridge: it should proxy undefined
/// passes
fn undefined_crosses(page: &Page<'_>) {
    let seen = page.run("return [`${anUndefined}`, 'anUndefined' in window]");
    assert_eq!(seen, json!(["undefined", true]));
}

/// Electron: contextBridge: it should proxy nested null and undefined correctly
/// passes
fn null_and_undefined_inside_cross(page: &Page<'_>) {
    let seen = page.run(
        "return nested.values.map((it) => Object.is(it, -0) ? '-0' : `${it}`)",
    );
    assert_eq!(seen, json!(["null", "undefined", "NaN", "-0", "10"]));
}

#[test]
fn promises_and_functions_cross_as_electrons_do() {
    let app = start();
    let page = app.page();
    page.run(HELPERS);
    a_promise_crosses_and_resolves(&page);
    a_promise_inside_resolves(&page);
    a_promise_rejects(&page);
    a_promise_inside_rejects(&page);
    a_promise_resolves_later(&page);
    a_promise_for_a_promise_resolves(&page);
    what_the_page_makes_of_functions_is_not_used(&page);
    methods_can_be_called(&page);
    a_function_can_be_called(&page);
    a_function_comes_home_as_itself(&page);
    an_argument_that_is_there_twice_is_one(&page);
    what_a_function_throws_is_thrown(&page);
    a_method_can_be_called_again(&page);
    a_function_of_the_page_can_be_called(&page);
    a_promise_of_the_page_settles(&page);
    nothing_exposed_is_replaced(&page);
    functions_in_functions_cross(&page);
    methods_of_methods_cross(&page);
}

/// Electron: contextBridge: should proxy promises and resolve with the correct
/// value
/// passes
fn a_promise_crosses_and_resolves(page: &Page<'_>) {
    let seen = page.run("return [aPromise instanceof Promise, await aPromise]");
    assert_eq!(seen, json!([true, "resolved"]));
}

/// Electron: contextBridge: should proxy nested promises and resolve with the
/// correct value
/// passes
fn a_promise_inside_resolves(page: &Page<'_>) {
    let seen = page.run("return nested.promise");
    assert_eq!(seen, json!("resolved"));
}

/// Electron: contextBridge: should proxy promises and reject with the correct
/// value
/// passes
fn a_promise_rejects(page: &Page<'_>) {
    let seen = page.run("return rejectionOf(aRejection)");
    assert_eq!(seen, json!("TypeError: rejected (TypeError)"));
}

/// Electron: contextBridge: should proxy nested promises and reject with the
/// correct value
/// passes
fn a_promise_inside_rejects(page: &Page<'_>) {
    let seen = page.run("return rejectionOf(nested.rejection)");
    assert_eq!(seen, json!("TypeError: rejected (TypeError)"));
}

/// Electron: contextBridge: should proxy promises and resolve with the correct
/// value if it resolves later
/// passes
fn a_promise_resolves_later(page: &Page<'_>) {
    let seen = page.run("return results.late()");
    assert_eq!(seen, json!("late"));
}

/// Electron: contextBridge: should proxy nested promises correctly
/// passes
fn a_promise_for_a_promise_resolves(page: &Page<'_>) {
    let seen = page.run("return results.lateInside()");
    assert_eq!(seen, json!("inside"));
}

/// Electron: contextBridge: should proxy promises correctly when
/// Function.prototype has been overridden in the main world
/// one world: ch18
fn what_the_page_makes_of_functions_is_not_used(page: &Page<'_>) {
    let seen = page.run(
        "const seen = [];
         const names = ['apply', 'bind', 'call'];
         const kept = names.map((name) => Function.prototype[name]);
         for (const name of names)
           Function.prototype[name] = function () { seen.push(name, this); };
         const promise = results.promise();
         const value = await promise;
         names.forEach((name, i) => { Function.prototype[name] = kept[i]; });
         return [value, seen.length];",
    );
    assert_eq!(seen, json!(["promised", 0]));
}

/// Electron: contextBridge: should proxy methods
/// passes
fn methods_can_be_called(page: &Page<'_>) {
    let seen = page.run(
        "return [results.number(), results.boolean(), await results.promise()]",
    );
    assert_eq!(seen, json!([123, false, "promised"]));
}

/// Electron: contextBridge: should proxy functions
/// passes
fn a_function_can_be_called(page: &Page<'_>) {
    let seen = page.run("return aFunction()");
    assert_eq!(seen, json!("returned"));
}

/// Electron: contextBridge: should not double-proxy functions when they are
/// returned to their origin side of the bridge
/// passes
fn a_function_comes_home_as_itself(page: &Page<'_>) {
    let seen = page.run(
        "const f = () => 1;
         const given = results.aFunction();
         return [takes.itself(f) === f, takes.itself([f])[0] === f,
           takes.itself(given) === given, results.aFunction() === given,
           takes.same(f, f), takes.call((it) => it === f, f)];",
    );
    assert_eq!(seen, json!([true, true, true, true, true, true]));
}

/// Electron: contextBridge: should proxy function arguments only once
/// passes
fn an_argument_that_is_there_twice_is_one(page: &Page<'_>) {
    let seen = page.run(
        "const it = {};
         return [takes.same(it, it), takes.same({}, {})]",
    );
    assert_eq!(seen, json!([true, false]));
}

/// Electron: contextBridge: should properly handle errors thrown in proxied
/// functions
/// passes
fn what_a_function_throws_is_thrown(page: &Page<'_>) {
    let seen = page.run("return thrownBy(throws.error)");
    assert_eq!(seen, json!("TypeError: oh no (TypeError)"));
}

/// Electron: contextBridge: should proxy methods that are callable multiple
/// times
/// passes
fn a_method_can_be_called_again(page: &Page<'_>) {
    let seen = page.run("return [1, 2, 3].map(() => results.number())");
    assert_eq!(seen, json!([123, 123, 123]));
}

/// Electron: contextBridge: should proxy methods in the reverse direction
/// passes
fn a_function_of_the_page_can_be_called(page: &Page<'_>) {
    let seen = page.run(
        "const add = (n) => n + 1;
         return [takes.call(add, 123), takes.call(add, 1)]",
    );
    assert_eq!(seen, json!([124, 2]));
}

/// Electron: contextBridge: should proxy promises in the reverse direction
/// passes
fn a_promise_of_the_page_settles(page: &Page<'_>) {
    let seen = page.run(
        "const late = new Promise((it) => setTimeout(it, 20, 'later'));
         return [await takes.promise(Promise.resolve('now')),
           await takes.promise(late), await takes.promise(aPromise),
           await takes.promise(Object.freeze(Promise.resolve('frozen'))),
           await takes.rejectionOf(Promise.reject(new RangeError('no')))]",
    );
    assert_eq!(
        seen,
        json!(["now!", "later!", "resolved!", "frozen!", ["RangeError", "no"]])
    );
}

/// Electron: contextBridge: it should not let you overwrite existing exposed
/// things
/// passes
fn nothing_exposed_is_replaced(page: &Page<'_>) {
    let seen = page.run("return [errors.again, errors.fetch, aNumber]");
    let why = "Error: Cannot bind an API on top of an existing \
                       property on the window object";
    assert_eq!(seen, json!([why, why, 123]));
}

/// Electron: contextBridge: should work with complex nested methods and
/// promises
/// passes
fn functions_in_functions_cross(page: &Page<'_>) {
    let seen = page.run(
        "return takes.first((third) => third(() => Promise.resolve('value')))",
    );
    assert_eq!(seen, json!("value"));
}

/// Electron: contextBridge: should work with complex nested methods and
/// promises attached directly to the global
/// passes
fn methods_of_methods_cross(page: &Page<'_>) {
    let seen = page.run(
        "const { get } = results.method;
         return (await get().get()).get()",
    );
    assert_eq!(seen, json!("deep"));
}

#[test]
fn what_is_more_than_data_fares_as_the_cases_say() {
    let app = start();
    let page = app.page();
    page.run(HELPERS);
    a_symbol_is_refused(&page);
    a_symbol_inside_is_refused(&page);
    what_is_under_a_symbol_stays(&page);
    a_typed_array_crosses(&page);
    a_regexp_crosses(&page);
    typed_arrays_and_regexps_inside_cross(&page);
    a_cycle_crosses_as_one(&page);
    an_element_is_refused(&page);
    an_element_of_the_page_is_refused(&page);
    a_blob_is_refused(&page);
    a_blob_of_the_page_is_refused(&page);
    what_is_too_deep_is_refused(&page);
    a_thrown_error_is_copied(&page);
    no_prototype_leaks(&page);
}

/// Electron: contextBridge: should proxy symbols
/// differs: a symbol is no data that could cross between two worlds
fn a_symbol_is_refused(page: &Page<'_>) {
    let seen = page.run(
        "return [errors.symbol, thrownBy(() => takes.itself(Symbol('a'))),
           'refused' in window]",
    );
    let api = format!("{CLONE} the API, .list[0] is a symbol");
    let argument = format!("{CLONE} argument 1 is a symbol");
    assert_eq!(seen, json!([api, argument, false]));
}

/// Electron: contextBridge: should proxy symbols such that symbol equality
/// works
/// differs: a symbol is no data that could cross between two worlds
fn a_symbol_inside_is_refused(page: &Page<'_>) {
    let seen = page.run("return thrownBy(throws.result)");
    assert_eq!(
        seen,
        json!(format!("{CLONE} the result, .list[3] is a symbol"))
    );
}

/// Electron: contextBridge: should proxy symbols such that symbol key lookup
/// works
/// differs: what is under a symbol stays, as in a structured clone
fn what_is_under_a_symbol_stays(page: &Page<'_>) {
    let seen = page.run(
        "const it = { [Symbol.for('a')]: 1, b: 2 };
         return Reflect.ownKeys(takes.itself(it))",
    );
    assert_eq!(seen, json!(["b"]));
}

/// Electron: contextBridge: should proxy typed arrays
/// passes
fn a_typed_array_crosses(page: &Page<'_>) {
    let seen = page.run(
        "return [Object.getPrototypeOf(bytes) === Uint8Array.prototype,
           [...bytes]]",
    );
    assert_eq!(seen, json!([true, [1, 2]]));
}

/// Electron: contextBridge: should proxy regexps
/// passes
fn a_regexp_crosses(page: &Page<'_>) {
    let seen = page.run(
        "return [Object.getPrototypeOf(pattern) === RegExp.prototype,
           `${pattern}`, 'A-a'.replace(pattern, 'b')]",
    );
    assert_eq!(seen, json!([true, "/a/gi", "b-b"]));
}

/// Electron: contextBridge: should proxy typed arrays and regexps through the
/// serializer
/// passes
fn typed_arrays_and_regexps_inside_cross(page: &Page<'_>) {
    let seen = page.run("return [[...nested.bytes], `${nested.pattern}`]");
    assert_eq!(seen, json!([[1, 2], "/a/gi"]));
}

/// Electron: contextBridge: should handle recursive objects
/// passes
fn a_cycle_crosses_as_one(page: &Page<'_>) {
    let seen = page.run(
        "const list = [];
         list.push(list, new Map([[list, list]]));
         const copy = takes.itself(list);
         return [recursion.it.it.value, recursion.it === recursion,
           copy !== list, copy[0] === copy, copy[1].get(copy) === copy];",
    );
    assert_eq!(seen, json!([135, true, true, true, true]));
}

/// Electron: contextBridge: should handle DOM elements
/// differs: data crosses here, and an element is none
fn an_element_is_refused(page: &Page<'_>) {
    let seen = page.run("return thrownBy(throws.body)");
    assert_eq!(
        seen,
        json!(format!("{CLONE} the result is an HTMLHtmlElement"))
    );
}

/// Electron: contextBridge: should handle DOM elements going backwards over the
/// bridge
/// differs: data crosses here, and an element is none
fn an_element_of_the_page_is_refused(page: &Page<'_>) {
    let seen = page.run(
        "return [thrownBy(() => takes.itself(1, { 'a b': [document.body] })),
           thrownBy(() => takes.call(() => document)),
           thrownBy(() => takes.itself(document.all))]",
    );
    assert_eq!(
        seen,
        json!([
            format!("{CLONE} argument 2, [\"a b\"][0] is an HTMLBodyElement"),
            format!("{CLONE} the result is an HTMLDocument"),
            format!("{CLONE} argument 1 is an HTMLAllCollection"),
        ])
    );
}

/// Electron: contextBridge: should handle Blobs
/// differs: a Blob is refused; its bytes cross, `await blob.arrayBuffer()`
fn a_blob_is_refused(page: &Page<'_>) {
    let seen = page.run("return thrownBy(throws.blob)");
    assert_eq!(seen, json!(format!("{CLONE} the result, [0] is a Blob")));
}

/// Electron: contextBridge: should handle Blobs going backwards over the bridge
/// differs: a Blob is refused; its bytes cross, `await blob.arrayBuffer()`
fn a_blob_of_the_page_is_refused(page: &Page<'_>) {
    let seen =
        page.run("return thrownBy(() => takes.call(() => new Blob(['a'])))");
    assert_eq!(seen, json!(format!("{CLONE} the result is a Blob")));
}

/// Electron: contextBridge: should throw an error when recursion depth is
/// exceeded
/// differs: 100 levels may cross here, and 1,000 in Electron
fn what_is_too_deep_is_refused(page: &Page<'_>) {
    let seen = page.run(
        "const path = '[0]'.repeat(99);
         return [thrownBy(() => takes.nothing(deep(100))),
           thrownBy(() => takes.nothing(deep(101))).replace(path, '…')]",
    );
    let why = format!("{CLONE} argument 1, …[0] is inside 100 others");
    assert_eq!(seen, json!(["no error: undefined", why]));
}

/// Electron: contextBridge: should copy thrown errors into the other context
/// passes
fn a_thrown_error_is_copied(page: &Page<'_>) {
    let seen = page.run(
        "const thrown = ['errand', 'string', 'object', 'symbol', 'getter',
           'message'].map((name) => thrownBy(throws[name]));
         const rejected = [throws.rejects(), throws.rejectsSymbol(),
           throws.resolvesSymbol()].map(rejectionOf);
         const own = (f) => { try { f() } catch (it) { return it; } };
         return [...thrown, ...await Promise.all(rejected),
           Object.getOwnPropertyNames(own(throws.errand)).includes('secret')]",
    );
    let unknown = "Error: What was thrown could not be cloned";
    let resolved = format!("{CLONE} argument 1, [\"odd key\"] is a symbol");
    assert_eq!(
        seen,
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
    );
}

/// Electron: contextBridge: should not leak prototypes
/// one world: ch18
fn no_prototype_leaks(page: &Page<'_>) {
    let seen = page.run(
        "const pet = results.pet();
         const error = results.error();
         const [promise] = [results.promise()];
         const is = (it, { prototype }) =>
           Object.getPrototypeOf(it) === prototype;
         return [is(pet, Object), pet, 'bark' in pet, is(error, Error),
           `${error}`, is(promise, Promise), is(results.number, Function),
           is(nested, Object), is(nested.array, Array)];",
    );
    assert_eq!(
        seen,
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
    );
}

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
    a_listener_that_came_can_go(&page);
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

/// Electron: contextBridge: own `__proto__` keys
/// passes
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

/// Electron: contextBridge: throws instead of crashing on throwing getters in
/// arguments and results
/// passes
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
fn a_listener_that_came_can_go(page: &Page<'_>) {
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

/// Electron: contextBridge: should release the global hold on methods sent
/// across contexts
/// passes
///
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

/// Both bring a bridge of their own into the page.
#[test]
fn a_bridge_holds_what_it_lends_and_sends_data_alone() {
    let app = start();
    let page = app.page();
    page.run(HELPERS);
    the_end_of_one_proxy_is_not_the_end_of_the_next(&page);
    structured_clone_can_copy_all_that_goes_over_the_port(&page);
}

/// When a function crosses again before the end of its first proxy is told of,
/// that end is the first one's alone. The test says here what is collected.
fn the_end_of_one_proxy_is_not_the_end_of_the_next(page: &Page<'_>) {
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
fn structured_clone_can_copy_all_that_goes_over_the_port(page: &Page<'_>) {
    let mut bridge = BRIDGE.to_owned();
    for side in ["pagesSide", "preloadsSide"] {
        let call = format!("{side}.receive(message)");
        assert_eq!(bridge.matches(&call).count(), 1, "{call}");
        let copied = format!(
            "structuredClone({side}.receive(structuredClone(message)))"
        );
        bridge = bridge.replace(&call, &copied);
    }
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
             const asked = [
               ...[Error, RangeError, DOMException].flatMap(
                 ({ prototype }) => [[prototype, 'name'], [prototype, 'message']]),
               ...['then', Symbol.toStringTag, Symbol.toPrimitive].map(
                 (key) => [Object.prototype, key]),
               [Array.prototype, '2'],
             ].map(([owner, key]) =>
               [owner, key, Object.getOwnPropertyDescriptor(owner, key)]);
             for (const [owner, key] of asked)
               defineProperty(owner, key, {
                 __proto__: null, configurable: true,
                 get() {
                   if (!isOn) return;
                   look(this, `get ${String(key)}`);
                   // What it is asked of is a copy, whose place it could take.
                   if (key === 'then') apply(add, seen, [key]);
                 },
                 set(value) {
                   defineProperty(this, key, { __proto__: null, value,
                     configurable: true, enumerable: true, writable: true });
                 },
               });
             isOn = true;
             const caught = [];
             const attempt = (f) => {
               try { return f(); } catch (why) { caught[caught.length] = why; }
             };
             // With another one, `await` itself would ask for `then`.
             const later = defineProperty(secret.later(), 'constructor',
               { __proto__: null, value: Promise });
             const got = [secret.get(), await later];
             attempt(secret.throws);
             try { await secret.never(); } catch (why) {
               caught[caught.length] = why;
             }
             secret.give((it) => { got[got.length] = it; });
             attempt(() => secret.give(() => { throw new Error('page'); }));
             attempt(() => secret.give(() => document.body));
             isOn = false;
             for (const key of keys) delete Object.prototype[key];
             for (const [owner, key, old] of asked)
               if (old) defineProperty(owner, key, old);
               else delete owner[key];
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
