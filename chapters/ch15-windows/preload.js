const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('versions', {
  webview: () => process.versions.webview,
  wry: () => process.versions.wry,
  tao: () => process.versions.tao,
});

contextBridge.exposeInMainWorld('electronAPI', {
  newNote: () => ipcRenderer.invoke('new-note'),
  notes: () => ipcRenderer.invoke('notes'),
  onNotes: (listener) => {
    ipcRenderer.on('notes', (_event, numbers) => listener(numbers));
  },
  sendToAll: (text) => ipcRenderer.invoke('send-to', null, text),
});
