'use strict';

// The first letter of a message says what is asked for.
const { limit } = window.webkit.messageHandlers;
const host = {
  plan: () => limit.postMessage('plan'),
  ready: () => void limit.postMessage('ready'),
  ping: () => limit.postMessage('ping'),
  echo: (text) => limit.postMessage(`echo:${text}`),
  send: (n) => void limit.postMessage(`count:${n}`),
  tally: async () => Number(await limit.postMessage('tally')),
  report: (line) => void limit.postMessage(`report:${line}`),
};
Object.defineProperty(window, 'host', { value: Object.freeze(host) });
