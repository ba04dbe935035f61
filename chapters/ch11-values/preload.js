const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('versions', {
  webview: () => process.versions.webview,
  wry: () => process.versions.wry,
  tao: () => process.versions.tao,
});

contextBridge.exposeInMainWorld('electronAPI', {
  echo: (value) => ipcRenderer.invoke('echo', value),
  addNote: (note) => ipcRenderer.invoke('notes:add', note),
});
