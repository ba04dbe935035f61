'use strict';

// Once in each page, and in no frame of it, as the chapters' preload.
if (window === top && !window.host) {
  const { invoke } = window.__TAURI__.core;
  const host = {
    plan: () => invoke('plan'),
    ready: () => void invoke('ready'),
    ping: () => invoke('ping'),
    echo: (text) => invoke('echo', { text }),
    // The body is the bytes themselves, and so is the answer's.
    bytes: async (bytes) => new Uint8Array(await invoke('bytes', bytes)),
    send: (n) => void invoke('count', { n }),
    tally: () => invoke('tally'),
    report: (line) => void invoke('report', { line }),
  };
  Object.defineProperty(window, 'host', { value: Object.freeze(host) });
}
