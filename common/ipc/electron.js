// What a preload asks for by name: `require('electron')` and `process`.
// Chapter: ch11-values

// What is not here says so by its name, where JavaScript would say undefined.
const fail = (what) => {
  throw new makes.Error(
    `${what} is not here: ask main for it by ipcRenderer.invoke`);
};
// JavaScript itself asks for `then`, `toJSON` and symbols.
const isAsked = (key) =>
  typeof key === 'symbol' || key === 'then' || key === 'toJSON';
// The page may replace Proxy, and an inherited trap would be the page's.
const { Proxy } = window;
const only = (name, members) =>
  new Proxy(members, {
    __proto__: null,
    get: (it, key) =>
      key in it || isAsked(key) ? it[key] : fail(`${name}.${key}`),
  });

const ipcRenderer = only('ipcRenderer', {
  __proto__: null, send, invoke, on: add(false), once: add(true),
  off, removeListener: off, removeAllListeners,
});
// As in Electron, a page that is handed it gets an empty object.
hollow.add(ipcRenderer);

const electron = only('electron', {
  __proto__: null,
  contextBridge: only('contextBridge', contextBridge), ipcRenderer,
});
const require = only('require', (name) =>
  name === 'electron' || name === 'electron/renderer'
    ? electron : fail(`require('${name}')`));
const process = only('process', {
  __proto__: null, versions: Object.freeze(given.versions),
});

// Main adds the preload, as a function, with the `exports` that a compiler of
// TypeScript writes to. Where it fails, main prints why.
const run = (preload) => {
  try { preload(require, process, {}); } catch (why) {
    send('preload-error', String(why));
    throw why;
  }
};
