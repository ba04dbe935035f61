const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('note', {
  read: () => ipcRenderer.invoke('read'),
  write: (text) => ipcRenderer.send('write', text),
  sendTo: (note, text) => ipcRenderer.invoke('send-to', note, text),
  onMessage: (listener) => {
    ipcRenderer.on('message', (_event, from, text) => listener(from, text));
  },
});
