const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('versions', {
  webview: () => process.versions.webview,
  wry: () => process.versions.wry,
  tao: () => process.versions.tao,
});

contextBridge.exposeInMainWorld('electronAPI', {
  ping: () => ipcRenderer.invoke('ping'),
  divide: (a, b) => ipcRenderer.invoke('divide', a, b),
  forget: () => ipcRenderer.invoke('forget'),
  multiply: (a, b) => ipcRenderer.invoke('multiply', a, b),
});
