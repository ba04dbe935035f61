// What a preload may expose, for the tests in `ipc_context_bridge.rs`.
const { contextBridge, ipcRenderer } = require('electron');
const expose = contextBridge.exposeInMainWorld;

expose('aNumber', 123);
expose('aString', 'my words');
expose('aBoolean', true);
expose('anArray', [123, 'my words', [1]]);
expose('aNull', null);
expose('anUndefined', undefined);
expose('aFunction', () => 'returned');
expose('aPromise', Promise.resolve('resolved'));
expose('aRejection', Promise.reject(new TypeError('rejected')));
expose('bytes', new Uint8Array([1, 2]));
expose('pattern', /a/gi);
expose('recursion', (() => {
  const it = { value: 135 };
  it.it = it;
  return it;
})());
expose('nested', {
  number: 123,
  string: 'my words',
  boolean: true,
  array: [123, 'my words', [1]],
  values: [null, undefined, NaN, -0, 10n],
  promise: Promise.resolve('resolved'),
  rejection: Promise.reject(new TypeError('rejected')),
  bytes: new Uint8Array([1, 2]),
  pattern: /a/gi,
  map: new Map([['list', [1]]]),
  error: new RangeError('exposed'),
});
expose('numbered', { 1: 123, 2: 456, 10: 789 });

const errorOf = (call) => {
  try { return `no error: ${call()}`; } catch (error) { return String(error); }
};
expose('errors', {
  again: errorOf(() => expose('aNumber', 456)),
  fetch: errorOf(() => expose('fetch', () => 0)),
  symbol: errorOf(() => expose('refused', { list: [Symbol('a')] })),
});

class Pet {
  constructor() { this.name = 'Rex'; }
  bark() { return 'Woof'; }
}
const aFunction = () => 1;
let got = 0;
expose('results', {
  number: () => 123,
  boolean: () => false,
  promise: async () => 'promised',
  late: () => new Promise((it) => setTimeout(it, 20, 'late')),
  lateInside: () =>
    new Promise((it) => setTimeout(it, 20, Promise.resolve('inside'))),
  array: () => [[1]],
  pet: () => new Pet(),
  proto: () => JSON.parse('{"__proto__": {"polluted": true}, "a": 1}'),
  aFunction: () => aFunction,
  functions: () => [aFunction, aFunction],
  method: { get: () => ({ get: async () => ({ get: () => 'deep' }) }) },
  counted: () => ({ get count() { return ++got; } }),
  all: () => [undefined, NaN, -0, 10n, new Date(5), new Map([[{}, [1]]]),
    new Set([1]), new Uint8Array([7]), /b/m, new RangeError('it')],
  error: () => new Errand('an errand'),
});
class Errand extends Error {
  constructor(message) {
    super(message);
    this.name = 'Errand';
    this.secret = 1;
  }
}
expose('electron', {
  on: (listener) => ipcRenderer.on('a', listener),
  inside: () => ({ ipcRenderer, list: [ipcRenderer] }),
});
expose('throws', {
  error: () => { throw new TypeError('oh no'); },
  errand: () => { throw new Errand('an errand'); },
  string: () => { throw 'a string'; },
  object: () => { throw { an: 'object' }; },
  symbol: () => { throw Symbol('a'); },
  getter: () => ({ list: [{ get bad() { throw new RangeError('bad'); } }] }),
  message: () => {
    throw Object.defineProperty(new Error(), 'message', {
      get() { throw this; },
    });
  },
  result: () => ({ list: [1, 2, 3, Symbol('a')] }),
  body: () => document.documentElement,
  blob: () => [new Blob(['a'])],
  rejects: async () => { throw new Errand('later'); },
  rejectsSymbol: async () => { throw Symbol('a'); },
  resolvesSymbol: async () => ({ 'odd key': Symbol('a') }),
});

let listeners = [];
expose('takes', {
  itself: (it) => it,
  same: (a, b) => a === b,
  call: (f, a, b) => f(a, b),
  nothing: () => {},
  promise: async (it) => `${await it}!`,
  first: (second) => second((fourth) => fourth()),
  describe: (f) => [f.length, Object.getPrototypeOf(f) === Function.prototype],
  arity: function (...args) { return [args.length, this === undefined]; },
  errorOf: (f) => {
    try { return f(); } catch (why) { return [why.name, why.message]; }
  },
  rejectionOf: async (it) => {
    try { return await it; } catch (why) { return [why.name, why.message]; }
  },
  on: (it) => { listeners.push(it); },
  off: (it) => { listeners = listeners.filter((other) => other !== it); },
  emit: (value) => listeners.map((it) => it(value)),
  isFrozen: (it) => Object.isFrozen(it),
  change: (it) => { it.list.push(1); it.date.setTime(0); it.bytes[0] = 9; },
  keys: (it) => [Object.keys(it), Object.hasOwn(it, '__proto__'), it.polluted],
});

// Whether what crossed can be collected on this side.
const weak = [];
const made = (it) => {
  weak.push(new WeakRef(it));
  return it;
};
expose('memory', {
  lend: () => made(() => 1),
  refuse: () => [made(() => 1), Symbol('a')],
  promise: () => made(Promise.resolve(1)),
  pending: () => made(new Promise(() => {})),
  take: (it) => { made(it); },
  takeNothing: () => {},
  living: () => weak.filter((it) => it.deref()).length,
});

// What the page never gets: a copy has no property that is not enumerable.
const marked = (it) => Object.defineProperty(it, 'isPreloads', { value: true });
const secrets = marked({
  list: marked([marked([1]), marked({ a: 1 })]),
  holes: marked(Object.assign(new Array(4), { 0: 1, 3: 1 })),
  map: marked(new Map([[marked({}), marked([])]])),
  set: marked(new Set([marked({})])),
  f: marked(() => 1),
  date: marked(new Date()),
  bytes: marked(new Uint8Array(1)),
  pattern: marked(/a/),
});
const failure = marked(new RangeError('marked'));
const later = marked(Promise.resolve(secrets));
const never = marked(Promise.reject(failure));
never.catch(() => 0);
expose('secret', {
  get: () => secrets,
  later: () => later,
  never: () => never,
  throws: () => { throw failure; },
  give: (f) => { try { return f(secrets); } catch (why) { throw marked(why); } },
});
