const { contextBridge, ipcRenderer } = require('electron')

ipcRenderer.once('update-counter', () => console.log('the first one'))

contextBridge.exposeInMainWorld('electronAPI', {
  onUpdateCounter: (callback) => ipcRenderer.on('update-counter', (_event, value) => callback(value)),
  counterValue: (value) => ipcRenderer.send('counter-value', value),
  stop: () => ipcRenderer.removeAllListeners('update-counter')
})
