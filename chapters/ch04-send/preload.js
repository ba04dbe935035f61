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
const post = (channel, args) =>
  window.ipc.postMessage(`[${json(channel)},[${args.map(json)}]]`);

// Electron: ipcRenderer.send
const send = (channel, ...args) => post(channel, args);

exposeInMainWorld('electronAPI', {
  setTitle: (title) => send('set-title', title),
});
