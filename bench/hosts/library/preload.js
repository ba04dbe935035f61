const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('host', {
  plan: () => ipcRenderer.invoke('plan'),
  ready: () => ipcRenderer.send('ready'),
  ping: () => ipcRenderer.invoke('ping'),
  echo: (text) => ipcRenderer.invoke('echo', text),
  bytes: (bytes) => ipcRenderer.invoke('bytes', bytes),
  send: (n) => ipcRenderer.send('count', n),
  tally: () => ipcRenderer.invoke('tally'),
  report: (line) => ipcRenderer.send('report', line),
});
