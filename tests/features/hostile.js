'use strict';
// What a page can post into the pipe and no preload would, by a name for each.
const hostile = {
  undefined: () => undefined,
  null: () => null,
  'a number': () => 1,
  NaN: () => NaN,
  Infinity: () => -Infinity,
  'a BigInt': () => 2n ** 4096n,
  'a symbol': () => Symbol('a'),
  'a function': () => () => 'text',
  'no toString': () => ({ toString: 0, valueOf: 0 }),
  'no toString, in an array': () => [{ toString: 0, valueOf: 0 }],
  'a toString that throws': () => ({ toString() { throw new Error('no'); } }),
  'no prototype': () => Object.create(null),
  'an own __proto__': () => JSON.parse('{"__proto__":{"toString":0}}'),
  'a getter that throws': () => ({ get a() { throw new Error('no'); } }),
  'a proxy': () => new Proxy({}, { get: () => 'text' }),
  'a proxy that throws': () =>
    new Proxy([], { get() { throw new Error('no'); } }),
  'a text in an object': () => new String('["hostile",1,"ping",[]]'),
  'a number in an object': () => new Number(1),
  '40 doubling arrays': () => {
    let it = [];
    for (let i = 0; i < 40; i++) it = [it, it];
    return it;
  },
  '40 doubling objects': () => {
    let it = {};
    for (let i = 0; i < 40; i++) it = { a: it, b: it };
    return it;
  },
  '1,000 nested arrays': () => {
    let it = [];
    for (let i = 0; i < 1_000; i++) it = [it];
    return it;
  },
  '1,000 nested maps': () => {
    let it = new Map();
    for (let i = 0; i < 1_000; i++) it = new Map([[it, it]]);
    return it;
  },
  'an array of nothing': () => new Array(10_000),
  'an array of many': () => new Array(10_000).fill(0),
  'a cyclic array': () => { const it = []; it.push(it); return it; },
  'a cyclic object': () => { const it = {}; it.it = it; return it; },
  'a Date': () => new Date(),
  'an invalid Date': () => new Date(NaN),
  'a Map': () => new Map([[{}, new Set([1])]]),
  'a Map that holds itself': () => {
    const it = new Map();
    return it.set(it, it);
  },
  'a RegExp': () => /(a+)+$/,
  'an Error': () => new RangeError('text'),
  'a Promise': () => Promise.reject().catch(() => 0),
  'a Blob': () => new Blob(['text']),
  'a File': () => new File(['text'], 'name'),
  'an ArrayBuffer': () => new ArrayBuffer(1 << 20),
  'a typed array': () => new Float64Array(10_000).fill(NaN),
  'a DataView': () => new DataView(new ArrayBuffer(8)),
  'memory of wasm': () => new WebAssembly.Memory({ initial: 1 }),
  'the buffer of wasm': () => new WebAssembly.Memory({ initial: 1 }).buffer,
  'a module of wasm': () => new WebAssembly.Module(
    new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
  'a rectangle': () => new DOMRect(1, 2, 3, 4),
  'an image': () => new ImageData(1, 1),
  'a port': () => new MessageChannel().port1,
  'an element': () => document.documentElement,
  'the window': () => window,
  'the pipe': () => window.webkit.messageHandlers.ipc,
  'no text': () => '',
  NUL: () => '\0',
  'a message behind NUL': () => '\0["hostile",1,"ping",[]]',
  'half a character': () => '\ud800',
  'half a character in a message': () => '["\udc00",1,"\ud800",[]]',
  'half a character, escaped': () => '["\\ud800",null,"\\udfff",[]]',
  'a false hello': () => '["hostile",null,null,"hello"]',
  'a hello among others': () => '["a",null,null,"hello"]\n["a",null,null,"b"]',
  'a result': () => '["hostile",1,null,[true,"text"]]',
  'a result that is none': () => '["hostile",1,null,{"$no":0}]',
  'no JSON': () => 'text',
  'a number of no end': () => '[1e999,null,"a",[]]',
  '100,000 [': () => '['.repeat(100_000),
  '100,000 [ in a message': () =>
    `["hostile",null,"a",${'['.repeat(100_000)}`,
  '100,000 nested arrays': () =>
    `["hostile",null,"a",${'['.repeat(100_000)}${']'.repeat(100_000)}]`,
  '100,000 {"a":': () => '{"a":'.repeat(100_000),
  '100,000 nested objects': () =>
    `["hostile",null,"a",[${'{"a":'.repeat(100_000)}0${'}'.repeat(100_000)}]]`,
  '100,000 nested $maps': () => {
    const [open, close] = ['{"$map":[', ']}'].map((it) => it.repeat(100_000));
    return `["hostile",null,"a",[${open}${close}]]`;
  },
  '100,000 parts': () => `[${'0,'.repeat(100_000)}0]`,
  '100,000 quotes': () => `["hostile",null,"${'\\"'.repeat(100_000)}",[]]`,
};
// Some of it cannot even be posted, which throws in the page.
const postHostile = (name, view = window) => {
  try { view.webkit.messageHandlers.ipc.postMessage(hostile[name]()); } catch {}
};
