const { contextBridge } = require('electron');
contextBridge.exposeInMainWorld('before', {});
const fs = require('fs');
contextBridge.exposeInMainWorld('files', { read: fs.readFileSync });
