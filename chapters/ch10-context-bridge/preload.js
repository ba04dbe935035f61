const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('versions', {
  webview: () => process.versions.webview,
  wry: () => process.versions.wry,
  tao: () => process.versions.tao,
});

contextBridge.exposeInMainWorld('electronAPI', {
  setTitle: (title) => ipcRenderer.send('set-title', title),
  ping: () => ipcRenderer.invoke('ping'),
  openFile: () => ipcRenderer.invoke('dialog:openFile'),
  onUpdateCounter: (listener) => {
    ipcRenderer.on('update-counter', (_event, value) => listener(value));
  },
  counterValue: (value) => ipcRenderer.send('counter-value', value),
});
