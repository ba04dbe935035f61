const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('versions', {
  webview: () => process.versions.webview,
  wry: () => process.versions.wry,
  tao: () => process.versions.tao,
});

contextBridge.exposeInMainWorld('electronAPI', {
  onWelcome: (listener) => {
    ipcRenderer.on('welcome', (_event, text) => listener(text));
  },
  ask: () => ipcRenderer.invoke('ask'),
  answer: () => ipcRenderer.send('answer'),
  reload: () => ipcRenderer.send('reload'),
  ping: () => ipcRenderer.invoke('ping'),
});
