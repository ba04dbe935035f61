'use strict';

// Electron: contextBridge.exposeInMainWorld. What is defined like this stays.
const exposeInMainWorld = (key, api) =>
  Object.defineProperty(window, key, { value: Object.freeze(api) });

exposeInMainWorld('versions', {
  webview: () => given.versions.webview,
  wry: () => given.versions.wry,
  tao: () => given.versions.tao,
});

// Kept here, so that the page finds no such global.
const { core } = window.__TAURI__;
delete window.__TAURI__;

// A command refuses with `{ kind, message }`, Tauri itself with a text.
const invoke = (command, args) =>
  core.invoke(command, args).catch((why) => {
    const { kind = 'Error', message = why } = why;
    throw Object.assign(new Error(message), { name: kind });
  });

exposeInMainWorld('electronAPI', {
  // Electron: ipcRenderer.send. Nobody waits for the answer.
  setTitle: (title) => void invoke('set_title', { title }).catch(console.error),
  ping: () => invoke('ping'),
  openFile: () => invoke('open_file'),
});
