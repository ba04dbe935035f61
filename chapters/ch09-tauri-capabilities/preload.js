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
const { core, webviewWindow } = window.__TAURI__;
delete window.__TAURI__;

// Instrumentation: main does not see what Tauri refuses, so it is told.
const invoke = (command, args) =>
  core.invoke(command, args).catch((why) => {
    core.invoke('report', { why });
    throw new Error(why);
  });

// Electron: ipcRenderer.on. What it returns is Electron's `off`.
const on = (event, listener) => {
  const here = webviewWindow.getCurrentWebviewWindow();
  const unlisten = here.listen(event, ({ payload }) => listener(payload));
  return () => unlisten.then((off) => off());
};

exposeInMainWorld('electronAPI', {
  ping: () => invoke('ping'),
  // Electron: a MessagePort for all that comes before the answer.
  work: (steps, onProgress) =>
    invoke('work', { steps, progress: new core.Channel(onProgress) }),
  cancel: () => invoke('cancel'),
  onWork: (listener) => on('work', listener),
});
