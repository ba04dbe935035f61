'use strict';

// Electron: contextBridge.exposeInMainWorld. What is defined like this stays.
const exposeInMainWorld = (key, api) =>
  Object.defineProperty(window, key, { value: Object.freeze(api) });

exposeInMainWorld('versions', {
  webview: () => main.versions.webview,
  wry: () => main.versions.wry,
  tao: () => main.versions.tao,
});
