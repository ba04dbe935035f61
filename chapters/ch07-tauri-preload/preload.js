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
