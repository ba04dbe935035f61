'use strict';

// Electron: contextBridge.exposeInMainWorld. What is defined like this stays.
const exposeInMainWorld = (key, api) =>
  Object.defineProperty(window, key, { value: Object.freeze(api) });

exposeInMainWorld('versions', {
  webview: () => given.versions.webview,
  wry: () => given.versions.wry,
  tao: () => given.versions.tao,
});

// Only text crosses, so an envelope is JSON. It is put together from texts: an
// array made here would have the `toJSON` that a page may have given to all.
const json = (value) => JSON.stringify(value) ?? 'null';
const post = (id, channel, args) =>
  window.ipc.postMessage(`[${id},${json(channel)},[${args.map(json)}]]`);

// Electron: ipcRenderer.send
const send = (channel, ...args) => post(null, channel, args);

// Electron: ipcRenderer.invoke
const calls = new Map();
let lastId = 0;
const invoke = (channel, ...args) =>
  new Promise((resolve, reject) => {
    const id = ++lastId;
    post(id, channel, args);
    calls.set(id, { resolve, reject });
  });

// Main calls this. The page could as well, and would only fool itself.
const settle = (json) => {
  const [id, kind, value] = JSON.parse(json);
  const call = calls.get(id);
  calls.delete(id);
  if (kind === 'reply') call?.resolve(value);
  if (kind === 'error') call?.reject(new Error(value));
};
Object.defineProperty(window, '__settle', { value: settle });

exposeInMainWorld('electronAPI', {
  setTitle: (title) => send('set-title', title),
  ping: () => invoke('ping'),
  openFile: () => invoke('dialog:openFile'),
});
