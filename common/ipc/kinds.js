// What a value is, and all that the files after this one use of the page's.
// Chapter: ch11-values
'use strict';

// The page may replace what it likes, but later: what is used is taken here,
// and methods are called by `apply`. Where the page may have put something into
// a prototype, nothing is assigned to a new key, spread or iterated.
const { apply } = Reflect;
const { defineProperty, getPrototypeOf, keys, setPrototypeOf } = Object;
const { getOwnPropertyDescriptor: descriptorOf, hasOwn } = Object;
const [ordinary, promises] = [Object.prototype, Promise.prototype];
const json = { parse: JSON.parse, text: JSON.stringify };
const { charCodeAt, includes, isWellFormed, slice, startsWith } =
  String.prototype;
const { forEach: eachOfMap, set: setInMap } = Map.prototype;
const { forEach: eachOfSet, add: addToSet } = Set.prototype;
const { isArray } = Array;
const { isView } = ArrayBuffer;
const { exec } = RegExp.prototype;
const { toString: sourceOf } = Function.prototype;
const { toString: tagOf } = ordinary;
const binary = { from: atob, to: btoa, of: String.fromCharCode };
const makes = { __proto__: null, Date, Error, Map, Set, Uint8Array };
const makeBigInt = BigInt;
const { toStringTag: tagKey } = Symbol;
const errors = {
  __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError,
  TypeError, URIError,
};

const put = (it, key, value, enumerable = true) =>
  defineProperty(it, key, {
    __proto__: null, value, configurable: true, enumerable, writable: true,
  });
const each = (items, use) => {
  for (let at = 0; at < items.length; at++) use(items[at], at);
};
const own = (it, key) => {
  const found = descriptorOf(it, key);
  return found && setPrototypeOf(found, null);
};

// Names and prototypes can be anybody's. What an object is, is told by what
// only the engine can give it: each of these throws where that is missing.
const getter = (prototype, key) => descriptorOf(prototype, key).get;
const probes = {
  __proto__: null,
  bytes: getter(ArrayBuffer.prototype, 'byteLength'),
  date: Date.prototype.getTime,
  error: getter(DOMException.prototype, 'code'),
  map: getter(Map.prototype, 'size'),
  regexp: getter(RegExp.prototype, 'source'),
  set: getter(Set.prototype, 'size'),
};
const kinds = keys(probes);
const passes = (probe, it) => {
  try { apply(probe, it, []); return true; } catch { return false; }
};
// Engines from before 2025 tell it by a tag, which may be anybody's as well.
const isError = Error.isError ?? ((it) => {
  for (let at = it; at; at = getPrototypeOf(at))
    if (own(at, tagKey)) return false;
  return apply(tagOf, it, []) === '[object Error]';
});

// The engine's class that an object is of, or that its own class extends. One
// of its classes is known by its constructor, and one without by its tag. The
// last prototype is that of all objects, here or in another frame.
const engineClass = (it) => {
  for (let at = getPrototypeOf(it); at; at = getPrototypeOf(at)) {
    if (getPrototypeOf(at) === null) return undefined;
    const tag = own(at, tagKey);
    if (typeof tag?.value === 'string' && !tag.writable) return tag.value;
    const maker = own(at, 'constructor')?.value;
    if (typeof maker !== 'function') continue;
    if (apply(includes, apply(sourceOf, maker, []), ['[native code]']))
      return `${own(maker, 'name')?.value}`;
  }
};

const kindOfObject = (it) => {
  if (isArray(it)) return 'array';
  if (isView(it)) return 'bytes';
  if (isError(it)) return 'error';
  // Most are, and a probe that fails takes its time. (So a Date whose prototype
  // was replaced by one of these is an object, or a promise.)
  const prototype = getPrototypeOf(it);
  if (prototype === ordinary) return 'object';
  if (prototype === promises) return 'promise';
  for (let at = 0; at < kinds.length; at++)
    if (passes(probes[kinds[at]], it)) return kinds[at];
  const name = engineClass(it);
  if (name in makes) return `false ${name}`; // Around one is a Proxy.
  return name === 'Promise' ? 'promise' : name ?? 'object';
};

// `document.all` says that it is undefined, and is an object.
const kindOf = (it) => {
  if (it === undefined) return 'undefined';
  if (it === null) return 'null';
  const type = typeof it;
  return type === 'object' || type === 'undefined' ? kindOfObject(it) : type;
};

// How an error speaks of a kind, and of a property: `a Blob`, `.list`.
const isAn = /^([aeio]|HTML|SVG|XML)/i;
const named = (kind) => `${apply(exec, isAn, [kind]) ? 'an' : 'a'} ${kind}`;
const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const spell = (key) =>
  apply(exec, isName, [key]) ? `.${key}` : `[${json.text(key)}]`;

// The bytes of an ArrayBuffer, a typed array or a DataView, not copied.
const typed = getPrototypeOf(Uint8Array.prototype);
const tagOfTyped = getter(typed, tagKey);
const gettersOf = (prototype) => ({
  buffer: getter(prototype, 'buffer'),
  offset: getter(prototype, 'byteOffset'),
  length: getter(prototype, 'byteLength'),
});
const ofTyped = gettersOf(typed);
const ofDataView = gettersOf(DataView.prototype);
const bytesOf = (it) => {
  if (!isView(it)) return new makes.Uint8Array(it);
  const of = apply(tagOfTyped, it, []) ? ofTyped : ofDataView;
  const part = (get) => apply(get, it, []);
  const bytes = part(of.buffer);
  return new makes.Uint8Array(bytes, part(of.offset), part(of.length));
};

// Engines from before 2025 have no `toBase64`. Three bytes are four letters.
const native = {
  to: Uint8Array.prototype.toBase64, from: Uint8Array.fromBase64,
};
const toBase64 = (bytes) => {
  if (native.to) return apply(native.to, bytes, []);
  const end = apply(ofTyped.length, bytes, []);
  let text = '';
  for (let at = 0; at < end;) {
    let part = '';
    for (let i = 0; i < 3072 && at < end; i++) part += binary.of(bytes[at++]);
    text += apply(binary.to, undefined, [part]);
  }
  return text;
};
const fromBase64 = (text) => {
  if (native.from) return apply(native.from, makes.Uint8Array, [text]);
  const letters = apply(binary.from, undefined, [text]);
  const bytes = new makes.Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++)
    bytes[at] = apply(charCodeAt, letters, [at]);
  return bytes;
};
