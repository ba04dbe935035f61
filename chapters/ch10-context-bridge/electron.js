'use strict';

// What is not here says so by its name, where JavaScript would say undefined.
const fail = (what) => {
  throw new Error(`${what} is not here: ask main for it by ipcRenderer.invoke`);
};
// JavaScript itself asks for `then`, `toJSON` and symbols.
const isAsked = (key) => typeof key === 'symbol' || /^(then|toJSON)$/.test(key);
const only = (name, members) =>
  new Proxy(members, {
    get: (it, key) =>
      key in it || isAsked(key) ? it[key] : fail(`${name}.${key}`),
  });

// Only text crosses, so an envelope is JSON. It is put together from texts: an
// array made here would have the `toJSON` that a page may have given to all.
const json = (value) => JSON.stringify(value) ?? 'null';
const post = (id, channel, args) =>
  window.ipc.postMessage(`[${id},${json(channel)},[${args.map(json)}]]`);

const send = (channel, ...args) => post(null, channel, args);

const calls = new Map();
let lastId = 0;
const invoke = (channel, ...args) =>
  new Promise((resolve, reject) => {
    const id = ++lastId;
    post(id, channel, args);
    calls.set(id, { resolve, reject });
  });

// A change makes a new array, so that a listener may go while all are called.
const listeners = new Map();
const of = (channel) => listeners.get(channel) ?? [];
const add = (once) => (channel, listener) => {
  if (typeof listener !== 'function')
    throw new TypeError(`The listener for '${channel}' is not a function`);
  listeners.set(channel, [...of(channel), { listener, once }]);
  return ipcRenderer;
};
const drop = (channel, gone) =>
  listeners.set(channel, of(channel).filter((it) => it !== gone));
const off = (channel, listener) => {
  drop(channel, of(channel).findLast((it) => it.listener === listener));
  return ipcRenderer;
};
const removeAllListeners = (channel) => {
  channel === undefined ? listeners.clear() : listeners.delete(channel);
  return ipcRenderer;
};

const ipcRenderer = only('ipcRenderer', {
  send, invoke, on: add(false), once: add(true),
  off, removeListener: off, removeAllListeners,
});

// Main calls these two. The page could as well, and would only fool itself.
const settle = (json) => {
  const [id, kind, value] = JSON.parse(json);
  const call = calls.get(id);
  calls.delete(id);
  if (kind === 'reply') call?.resolve(value);
  if (kind === 'error') call?.reject(new Error(value));
};
const emit = (json) => {
  const [channel, args] = JSON.parse(json);
  const event = only('event', { sender: ipcRenderer });
  for (const it of of(channel)) {
    if (it.once) drop(channel, it);
    try { it.listener(event, ...args); } catch (why) { reportError(why); }
  }
};
Object.defineProperty(window, '__settle', { value: settle });
Object.defineProperty(window, '__emit', { value: emit });

const contextBridge = only('contextBridge', {
  exposeInMainWorld: (key, api) => {
    if (key in window) throw new Error(`window.${key} is there already`);
    Object.defineProperty(window, key, { value: Object.freeze(api) });
  },
});

const electron = only('electron', { contextBridge, ipcRenderer });
const require = only('require', (name) =>
  /^electron(\/renderer)?$/.test(name) ? electron : fail(`require('${name}')`));
const process = only('process', { versions: Object.freeze(given.versions) });

// Main adds the preload, as a function, with the `exports` that a compiler of
// TypeScript writes to. Where it fails, main prints why.
const run = (preload) => {
  try { preload(require, process, {}); } catch (why) {
    send('preload-error', String(why));
    throw why;
  }
};
