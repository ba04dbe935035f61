const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('versions', {
  webview: () => process.versions.webview,
  wry: () => process.versions.wry,
  tao: () => process.versions.tao,
});

// The page gets what main sends, and no event. Who listens gets a function
// that ends that.
const on = (channel) => (listener) => {
  const hear = (_event, ...args) => listener(...args);
  ipcRenderer.on(channel, hear);
  return () => { ipcRenderer.off(channel, hear); };
};

contextBridge.exposeInMainWorld('electronAPI', {
  copy: () => ipcRenderer.send('copy'),
  onProgress: on('progress'),
  onceDone: (listener) => {
    ipcRenderer.once('done', (_event, what) => listener(what));
  },
  count: (n) => ipcRenderer.send('count', n),
  tally: () => ipcRenderer.invoke('tally'),
});
