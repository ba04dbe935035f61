// What tests/ipc_values.rs does in the page.

const show = (it) => {
  const all = (items) => [...items].map(show).join(', ');
  const pair = ([key, value]) => `${show(key)}=>${show(value)}`;
  const at = Object.getPrototypeOf(Object(it ?? {}));
  if (Object.is(it, -0)) return '-0';
  if (typeof it === 'string') return JSON.stringify(it);
  if (typeof it === 'bigint') return `${it}n`;
  if (typeof it !== 'object' || it === null) return String(it);
  switch (at) {
    case Array.prototype: return `[${all(it)}]`;
    case Map.prototype: return `Map{${[...it].map(pair).join(', ')}}`;
    case Set.prototype: return `Set{${all(it)}}`;
    case Date.prototype: return `Date(${it.getTime()})`;
    case Uint8Array.prototype: return `Uint8Array[${it}]`;
    case Object.prototype: break;
    default: return `${at.constructor.name}(${it.name}, ${it.message})`;
  }
  const entry = ([key, value]) => `${JSON.stringify(key)}: ${show(value)}`;
  return `{${Object.entries(it).map(entry).join(', ')}}`;
};
const said = ({ name, message }) => `${name}: ${message}`;

const nest = (times, make) => {
  let it = 1;
  for (let i = 0; i < times; i++) it = make(it);
  return it;
};
const deep = {
  array: (it) => [it],
  object: (it) => ({ it }),
  key: (it) => new Map([[it, 0]]),
  value: (it) => new Map([[0, it]]),
  set: (it) => new Set([it]),
};

// Names that the table has.
class Point {
  constructor() { this.x = 1; }
  get y() { return 2; }
  toJSON() { return 'no'; }
  get [Symbol.toStringTag]() { return 'Date'; }
}
class Mine extends Map {}
class Fail extends TypeError {}
const fault = new RangeError('own');
// No traps, not even inherited ones.
const none = Object.create(null);
const twice = (it) => [it, it, { it }];
const cycle = () => {
  const it = { b: [0] };
  it.b[1] = it;
  return it;
};
const mapCycle = () => {
  const it = new Map();
  return it.set('k', new Set([it]));
};
const itsOwnCause = () => {
  const it = new Error();
  return Object.assign(it, { cause: it });
};
const frameOf = () => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  return frame.contentWindow;
};

// Runs a function while all that a script is made of is the page's. Gives the
// names of what was called of it.
const poisoned = (run) => {
  const typed = Object.getPrototypeOf(Uint8Array.prototype);
  let called = '';
  const spots = [];
  const spot = (it, key, kind) => {
    const owner = typeof it === 'function' ? it : it.constructor;
    const name = `${owner.name}.${String(key)} `;
    const bad = function () {
      called += name;
      throw 'poison';
    };
    // Without a prototype, or it would be read through a poisoned one.
    const rest = { __proto__: null, configurable: true };
    const its = {
      accessor: { ...rest, __proto__: null, get: bad, set: bad },
      getter: { ...rest, __proto__: null, get: bad },
      setter: { ...rest, __proto__: null, set: bad },
      method: { ...rest, __proto__: null, value: bad, writable: true },
    }[kind];
    const own = Object.getOwnPropertyDescriptor(it, key);
    spots.push({ it, key, its, own: own && { __proto__: null, ...own } });
  };
  for (const it of [
    JSON, Object, Reflect, Array, ArrayBuffer, Error, Math, Uint8Array, String,
    Number, BigInt, typed, ArrayBuffer.prototype, Array.prototype,
    BigInt.prototype, Boolean.prototype, DataView.prototype, Date.prototype,
    Function.prototype, Map.prototype, Number.prototype, Object.prototype,
    RegExp.prototype, Set.prototype, String.prototype, Uint8Array.prototype,
  ])
    for (const key of Reflect.ownKeys(it)) {
      const own = Object.getOwnPropertyDescriptor(it, key);
      if (!own.configurable || key === 'constructor') continue;
      if (own.get) spot(it, key, 'getter');
      else if (typeof own.value === 'function') spot(it, key, 'method');
    }
  for (const key of [
    'Array', 'ArrayBuffer', 'BigInt', 'Date', 'Error', 'Map', 'Object', 'Set',
    'String', 'Symbol', 'TypeError', 'Uint8Array', 'atob', 'btoa',
    'structuredClone',
  ]) spot(window, key, 'method');
  for (const key of [
    'a', 'all', 'array', 'depth', 'enumerable', 'get', 'it',
    'map', 'object', 'set', 'toJSON', 'up', 'value', 'values', 'writable',
    '$date',
  ]) spot(Object.prototype, key, 'accessor');
  // Where an array has a hole, and an error no text of its own.
  for (const key of ['0', '1', '5']) spot(Object.prototype, key, 'accessor');
  spot(Array.prototype, '2', 'accessor');
  for (const key of ['name', 'message'])
    for (const it of [Error, TypeError, RangeError, DOMException, Object])
      spot(it.prototype, key, 'accessor');
  spot(Object.prototype, 'then', 'accessor');
  const define = Object.defineProperty;
  const remove = Reflect.deleteProperty;
  const { length } = spots;
  for (let i = 0; i < length; i++)
    define(spots[i].it, spots[i].key, spots[i].its);
  let thrown = '';
  try { run(); } catch (why) { thrown = why; } finally {
    for (let i = length - 1; i >= 0; i--) {
      const { it, key, own } = spots[i];
      if (own) define(it, key, own);
      else remove(it, key);
    }
  }
  return `${called}${thrown}`;
};
