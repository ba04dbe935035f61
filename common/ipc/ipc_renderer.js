// What a preload says to main, and hears from it: Electron's `ipcRenderer`.
// Chapter: ch11-values

// Each message of main's is for one document. What comes when the page has
// reloaded is for nobody.
const documentId = crypto.randomUUID();

const MAX_MESSAGE = 64 * 1024 * 1024;

const write = (call, channel, args, nameOf) => {
  const values = encode(args, nameOf);
  const text = `["${documentId}",${call},${channel},${values}]`;
  if (text.length > MAX_MESSAGE)
    throw new errors.RangeError(
      `a message of ${text.length} characters: at most ${MAX_MESSAGE}`);
  toMain(text);
};
const post = (call, channel, args) => {
  if (typeof channel !== 'string')
    throw new errors.TypeError('A channel is a string');
  write(call, stringText(channel, () => 'the channel'), args);
};

const send = (channel, ...args) => post(null, channel, args);

const calls = new OwnMap();
let lastCall = 0;
const invoke = (channel, ...args) =>
  new EnginePromise((resolve, reject) => {
    const id = ++lastCall;
    post(id, channel, args);
    calls.set(id, { resolve, reject });
  });

// A change makes a new set, so that a listener may go while all are called.
const OwnSet = ownClass(Set);
const listeners = new OwnMap();
const of = (channel) => listeners.get(channel) ?? new OwnSet();
const change = (channel, edit) => {
  const all = new OwnSet();
  of(channel).forEach((it) => all.add(it));
  edit(all);
  all.size ? listeners.set(channel, all) : listeners.delete(channel);
};
const add = (once) => (channel, listener) => {
  if (typeof listener !== 'function')
    throw new errors.TypeError(
      `The listener for '${channel}' is not a function`);
  change(channel, (all) => all.add({ listener, once }));
  isListenedTo(channel);
  return ipcRenderer;
};
const off = (channel, listener) => {
  let last;
  of(channel).forEach((it) => { if (it.listener === listener) last = it; });
  change(channel, (all) => all.delete(last));
  return ipcRenderer;
};
const removeAllListeners = (channel) => {
  channel === undefined ? listeners.clear() : listeners.delete(channel);
  return ipcRenderer;
};

const settle = (id, kind, value) => {
  const call = calls.get(id);
  calls.delete(id);
  if (call) kind === 'reply' ? fulfil(call.resolve, value) : call.reject(value);
  isSettled();
};
const { reportError } = window;
const emit = (channel, args) => {
  const event = only('event', { __proto__: null, sender: ipcRenderer });
  const its = list(args.length + 1, (at) => (at ? args[at - 1] : event));
  of(channel).forEach((it) => {
    if (it.once) change(channel, (all) => all.delete(it));
    try { apply(it.listener, ipcRenderer, its); } catch (why) {
      reportError(why);
    }
  });
};

// What comes is read by index: an iterator would be the page's. The number of a
// call is read first, so that an answer that cannot be made here rejects it.
const take = (text) => {
  const { 0: id, 1: kind, 2: payload } = json.parse(text);
  let value;
  try { value = revive(payload); } catch (why) {
    if (id === null) throw why;
    return settle(id, 'error', why);
  }
  kind === 'send' ? hear(value[0], value[1]) : settle(id, kind, value);
};
// Main calls this, and learns whether this is the document that it means. The
// page could call it as well, and would only fool itself. One text that cannot
// be read keeps no other from being taken.
const receive = (itsDocument, ...texts) => {
  if (itsDocument !== documentId) return false;
  each(texts, (text) => {
    try { take(text); } catch (why) { reportError(why); }
  });
  return true;
};
defineProperty(window, '__ipc', { __proto__: null, value: receive });
