// What a preload says to main, and hears from it: Electron's `ipcRenderer`.
// Chapter: ch11-values

// An answer bears the name of the document whose call it answers. One that
// comes when the page has reloaded is for nobody.
const documentId = crypto.randomUUID();

// In every frame, a page can reach the pipe as well. What main accepts is the
// boundary.
const pipe = window.ipc ?? window.webkit.messageHandlers.ipc;
const MAX_MESSAGE = 64 * 1024 * 1024;

const post = (call, channel, args) => {
  if (typeof channel !== 'string')
    throw new TypeError('A channel is a string');
  const text = `["${documentId}",${call},${quote(channel)},${encode(args)}]`;
  if (text.length > MAX_MESSAGE)
    throw new RangeError(
      `a message of ${text.length} characters: at most ${MAX_MESSAGE}`);
  pipe.postMessage(text);
};

const send = (channel, ...args) => post(null, channel, args);

const calls = new Map();
let lastCall = 0;
const invoke = (channel, ...args) =>
  new Promise((resolve, reject) => {
    const id = ++lastCall;
    post(id, channel, args);
    calls.set(id, { resolve, reject });
  });

// A change makes a new array, so that a listener may go while all are called.
const listeners = new Map();
const of = (channel) => listeners.get(channel) ?? [];
const add = (once) => (channel, listener) => {
  if (typeof listener !== 'function')
    throw new TypeError(`The listener for '${channel}' is not a function`);
  listeners.set(channel, [...of(channel), { listener, once }]);
  return ipcRenderer;
};
const drop = (channel, gone) => {
  const left = of(channel).filter((it) => it !== gone);
  left.length ? listeners.set(channel, left) : listeners.delete(channel);
};
const off = (channel, listener) => {
  drop(channel, of(channel).findLast((it) => it.listener === listener));
  return ipcRenderer;
};
const removeAllListeners = (channel) => {
  channel === undefined ? listeners.clear() : listeners.delete(channel);
  return ipcRenderer;
};

const settle = (id, kind, value) => {
  const call = calls.get(id);
  calls.delete(id);
  kind === 'reply' ? call?.resolve(value) : call?.reject(value);
};
const emit = (channel, args) => {
  const event = only('event', { sender: ipcRenderer });
  for (const it of of(channel)) {
    if (it.once) drop(channel, it);
    try { it.listener(event, ...args); } catch (why) { reportError(why); }
  }
};

// Main calls this. The page could as well, and would only fool itself.
const receive = (text) => {
  const [itsDocument, id, kind, payload] = decode(text);
  if (kind === 'send') emit(...payload);
  else if (itsDocument === documentId) settle(id, kind, payload);
};
Object.defineProperty(window, '__ipc', { value: receive });
