// What a preload asks for by name: `require('electron')` and `process`.
// Chapter: ch11-values

// What is not here says so by its name, where JavaScript would say undefined.
const fail = (what) => {
  throw new Error(`${what} is not here: ask main for it by ipcRenderer.invoke`);
};
// JavaScript itself asks for `then`, `toJSON` and symbols.
const isAsked = (key) => typeof key === 'symbol' || /^(then|toJSON)$/.test(key);
// The page may replace Proxy, and an inherited trap would be the page's.
const { Proxy } = window;
const only = (name, members) =>
  new Proxy(members, {
    __proto__: null,
    get: (it, key) =>
      key in it || isAsked(key) ? it[key] : fail(`${name}.${key}`),
  });

const ipcRenderer = only('ipcRenderer', {
  send, invoke, on: add(false), once: add(true),
  off, removeListener: off, removeAllListeners,
});
// As in Electron, a page that is handed it gets an empty object.
hollow.add(ipcRenderer);

const electron = only('electron', {
  contextBridge: only('contextBridge', contextBridge), ipcRenderer,
});
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
