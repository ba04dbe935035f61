"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
var electron = require("electron"), ipcRenderer = electron.ipcRenderer;
var send = ipcRenderer.send;

electron.contextBridge.exposeInMainWorld("electronAPI", {
  setTitle: function (title) { send("set-title", title); },
});
// The end, without a line break behind it.