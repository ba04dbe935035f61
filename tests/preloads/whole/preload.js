// For a test that asks for what is there, and for what is not.
const { contextBridge } = require('electron');

contextBridge.exposeInMainWorld('found', { require, process });
