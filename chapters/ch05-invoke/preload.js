'use strict';

// Electron: contextBridge.exposeInMainWorld. A property that is defined like
// this cannot be replaced or removed.
const exposeInMainWorld = (key, api) =>
  Object.defineProperty(window, key, { value: Object.freeze(api) });

exposeInMainWorld('versions', {
  webview: () => main.versions.webview,
  wry: () => main.versions.wry,
  tao: () => main.versions.tao,
});

// Only text crosses, so an envelope is JSON.
const { ipc } = window;
const post = (...envelope) => ipc.postMessage(JSON.stringify(envelope));

// Electron: ipcRenderer.send
const send = (channel, ...args) => post(null, channel, args);

// Electron: ipcRenderer.invoke
const calls = new Map();
let lastId = 0;
const invoke = (channel, ...args) =>
  new Promise((reply, reject) => {
    post(++lastId, channel, args);
    calls.set(lastId, { reply, error: (why) => reject(new Error(why)) });
  });

// Main calls this. The page could as well, and would only fool itself.
const settle = (json) => {
  const [id, kind, value] = JSON.parse(json);
  calls.get(id)?.[kind](value);
  calls.delete(id);
};
Object.defineProperty(window, '__settle', { value: settle });

exposeInMainWorld('electronAPI', {
  setTitle: (title) => send('set-title', title),
  ping: () => invoke('ping'),
  repeat: (text, delay) => invoke('repeat', text, delay),
  missing: () => invoke('missing'),
});
