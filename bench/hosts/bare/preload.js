'use strict';

let resolveTally;
const host = {
  plan: async () => plan,
  // Main has it from the title.
  ready: () => {},
  send: (n) => window.ipc.postMessage(`${n}`),
  tally: () =>
    new Promise((resolve) => {
      resolveTally = resolve;
      window.ipc.postMessage('tally');
    }),
  report: (line) => window.ipc.postMessage(`report:${line}`),
};
Object.defineProperty(window, 'host', { value: Object.freeze(host) });
Object.defineProperty(window, 'tallied', { value: (n) => resolveTally(n) });
