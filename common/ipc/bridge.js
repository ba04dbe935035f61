'use strict';
const hollow = new WeakSet();
const contextBridge = { exposeInMainWorld: (key, api) => Object.defineProperty(window, key, { value: api }) };
