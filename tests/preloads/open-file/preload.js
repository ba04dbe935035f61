const { contextBridge: bridge, ipcRenderer: main } = require('electron/renderer')

bridge.exposeInMainWorld('electronAPI', {
  openFile: async (...args) => await main.invoke('dialog:openFile', ...args)
})
