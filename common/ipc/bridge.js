// Electron: contextBridge. Two sides, made alike, each with the functions that
// the other may call. What a side sends is data (see wire.js), and the answer
// comes at once: here by a call, and between two worlds by an event.
// Chapter: ch11-values

const { defineProperty: define } = Reflect;
const OwnWeakMap = ownClass(WeakMap);
const OwnWeakRef = ownClass(WeakRef);
const OwnRegistry = ownClass(FinalizationRegistry);

// To a promise with this constructor `await` listens by itself. It would call
// the `then` of any other, which may be the page's.
const awaitable = (promise) => {
  define(promise, 'constructor', { __proto__: null, value: EnginePromise });
  return promise;
};

// `send(message)` asks the other side, and `expose(key, value)` is called when
// the other side exposes something here.
const makeSide = (send, expose) => {
  // Ours, by id, for as long as the other side has a function that calls them.
  const lent = new OwnMap();
  const ids = new OwnWeakMap();
  // Theirs: a function that calls each, for as long as somebody here has it.
  const proxies = new OwnMap();
  const origins = new OwnWeakMap();
  let lastId = 0;

  const gone = new OwnRegistry((id) => {
    // It may have crossed again since, and have a new proxy.
    if (proxies.get(id)?.deref()) return;
    proxies.delete(id);
    send({ type: 'release', id });
  });
  const proxyOf = (id) => {
    const known = proxies.get(id)?.deref();
    if (known) return known;
    const proxy = (...args) => ask({ type: 'call', id, args: lend(args) });
    proxies.set(id, new OwnWeakRef(proxy));
    origins.set(proxy, id);
    gone.register(proxy, id);
    return proxy;
  };
  const functionOf = ({ id, isYours }) => isYours ? lent.get(id) : proxyOf(id);
  // What settles the promises that were made here for theirs, by id.
  const awaited = new OwnMap();
  const promiseOf = (id) => new EnginePromise((resolve, reject) => {
    awaited.set(id, { resolve, reject });
  });
  const find = { __proto__: null, function: functionOf, promise: promiseOf };
  const take = (data, frozen) => unpack(data, find, frozen);

  const refOf = {
    __proto__: null,
    function: (it, lending) => {
      if (origins.has(it)) return { id: origins.get(it), isYours: true };
      if (!ids.has(it)) ids.set(it, ++lastId);
      const id = ids.get(it);
      lending[lending.length] = () => lent.set(id, it);
      return { id, isYours: false };
    },
    promise: (it, lending) => {
      const id = ++lastId;
      lending[lending.length] = () => follow(it, id);
      return id;
    },
  };
  // A function is lent, and a promise awaited, only once all that goes with it
  // is known to cross.
  const lend = (values, nameOf = (at) => `argument ${at + 1}`) => {
    let lending = none;
    const data = pack(values, nameOf, (it, kind) => {
      if (lending === none) lending = bare();
      return refOf[kind](it, lending);
    });
    each(lending, (begin) => begin());
    return data;
  };
  // Of a promise that nobody can settle any more, nothing will come.
  const lost = new OwnRegistry(({ id, isSettled }) => {
    if (!isSettled) send({ type: 'forget', id });
  });
  // What comes of a promise crosses when it is there. What cannot is refused
  // here, by an error that can.
  const follow = async (promise, id) => {
    const its = { id, isSettled: false };
    lost.register(promise, its);
    const tell = (failed, it) => {
      its.isSettled = true;
      send({ type: 'settle', id, failed, args: lend([it]) });
    };
    try { tell(false, await awaitable(promise)); } catch (why) {
      try { tell(true, why); } catch (refusal) { tell(true, refusal); }
    }
  };

  const ask = (message) => {
    const { failed, data } = send(message);
    const value = take(data, false)[0];
    if (failed) throw value;
    return value;
  };
  // As in Electron, an error comes out of a call, whatever was thrown in it.
  const failure = (why) => {
    try {
      if (kindOf(why) === 'error') return lend([why]);
      if (isPrimitive(why)) return lend([new makes.Error(`${why}`)]);
    } catch {} // Its name or its message is a getter that throws.
    return lend([new makes.Error('What was thrown could not be cloned')]);
  };
  const deeds = {
    __proto__: null,
    // Neither `this` nor the number of parameters crosses.
    call: ({ id, args }) => apply(lent.get(id), undefined, take(args, false)),
    // Electron freezes what is exposed, and neither arguments nor results: only
    // what is exposed is there for every script of the page.
    expose: ({ key, args }) => expose(key, take(args, true)[0]),
    settle: ({ id, failed, args }) => {
      const { resolve, reject } = awaited.get(id);
      awaited.delete(id);
      const value = take(args, false)[0];
      failed ? reject(value) : fulfil(resolve, value);
    },
    forget: ({ id }) => { awaited.delete(id); },
    release: ({ id }) => { lent.delete(id); },
  };
  const receive = (message) => {
    try {
      const result = deeds[message.type](message);
      return { failed: false, data: lend([result], () => 'the result') };
    } catch (why) {
      return { failed: true, data: failure(why) };
    }
  };
  const exposeThere = (key, value) =>
    ask({ type: 'expose', key, args: lend([value], () => 'the API') });
  return { receive, expose: exposeThere };
};

const world = window;
const TAKEN =
  'Cannot bind an API on top of an existing property on the window object';
const pagesSide = makeSide(
  (message) => preloadsSide.receive(message),
  (key, value) => {
    if (key in world) throw new makes.Error(TAKEN);
    defineProperty(world, key, { __proto__: null, value, enumerable: true });
  },
);
const preloadsSide = makeSide((message) => pagesSide.receive(message));

const contextBridge = {
  __proto__: null,
  exposeInMainWorld: (key, api) => preloadsSide.expose(`${key}`, api),
};
