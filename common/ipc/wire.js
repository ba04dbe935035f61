// What crosses contextBridge: values become plain data, and on the other side
// the data become values again. Structured clone can copy all of the data, so
// the border of a world may lie between the sides.
//
// What has an identity is a node in a list. A primitive stands for itself, and
// anything else is `{ at }`, the place of its node: so two names of one object
// are two names of one copy, and a cycle is a cycle.
// Chapter: ch11-values

// The page may replace what it likes, but later: what is used is taken here.
const { apply, defineProperty } = Reflect;
const { freeze, keys, setPrototypeOf } = Object;
const { forEach: eachOfMap, set: setInMap } = Map.prototype;
const { forEach: eachOfSet, add: addToSet } = Set.prototype;
const [asObject, arrayFrom, copyOf] = [Object, Array.from, structuredClone];
const makes = { Error, Map, Promise, Set };
const errors = {
  __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError,
  TypeError, URIError,
};
// A class whose objects find their methods where the page does not reach.
const ownClass = (Base) => {
  const Own = class extends Base {
    constructor(it) { super(it); } // The default one spreads, in WebKit.
  };
  const methods = Object.getOwnPropertyDescriptors(Base.prototype);
  setPrototypeOf(Object.defineProperties(Own.prototype, methods), null);
  return Own;
};
const OwnMap = ownClass(Map);

// What crosses as an object without members, as Electron's `ipcRenderer` does.
const hollow = new (ownClass(WeakSet))();

// An assignment would call a setter that the page has put into a prototype,
// and a spread or `for … of` the iterator.
const put = (it, key, value, enumerable = true) =>
  defineProperty(it, key, {
    __proto__: null, value, configurable: true, enumerable, writable: true,
  });
const list = (length, make) =>
  arrayFrom({ __proto__: null, length }, (_, at) => make(at));
const each = (items, use) => {
  for (let at = 0; at < items.length; at++) use(items[at], at);
};

// `document.all` says that it is undefined, and is an object.
const isPrimitive = (it) => asObject(it) !== it && typeof it !== 'symbol';

// What a container holds, in turn, and where. A getter is called once.
const contents = {
  __proto__: null,
  array: (it, add) => each(it, (item, at) => add(item, () => `[${at}]`)),
  object: (it, add) =>
    each(keys(it), (key) => {
      add(key);
      add(it[key], () => spell(key));
    }),
  map: (it, add, count = 0) =>
    apply(eachOfMap, it, [(value, key) => {
      const at = count++;
      add(key, () => `<key ${at}>`);
      add(value, () => `<value ${at}>`);
    }]),
  set: (it, add, count = 0) =>
    apply(eachOfSet, it, [(value) => {
      const at = count++;
      add(value, () => `<item ${at}>`);
    }]),
};
const spell = (key) =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)
    ? `.${key}`
    : `[${JSON.stringify(key)}]`;

// `nameOf(at)` is what an error calls the value, and `refOf(f)` what the other
// side is told of a function.
const pack = (values, nameOf, refOf) => {
  const nodes = setPrototypeOf([], null);
  const seen = new OwnMap();
  const slot = (value, place, depth) => {
    if (isPrimitive(value)) return value;
    if (!seen.has(value)) {
      const at = nodes.length;
      seen.set(value, at);
      nodes[at] = null; // Its place, before its contents take theirs.
      nodes[at] = node(value, place, depth);
    }
    return { at: seen.get(value) };
  };
  const node = (value, place, depth) => {
    const refuse = (why) => {
      throw new makes.Error(`An object could not be cloned: ${place()} ${why}`);
    };
    if (hollow.has(value)) return { kind: 'object', items: [] };
    const kind = kindOf(value);
    if (kind in contents) {
      if (depth === MAX_DEPTH) refuse(`is inside ${MAX_DEPTH} others`);
      const items = setPrototypeOf([], null);
      const path = depth ? place : () => `${place()}, `;
      contents[kind](value, (item, step) => {
        const its = () => path() + step();
        items[items.length] = slot(item, its, depth + 1);
      });
      return { kind, items };
    }
    switch (kind) {
      case 'function': return { kind, ref: refOf(value) };
      case 'promise': return { kind, ref: refOf(executorOf(value)) };
      case 'error': {
        const { name, message } = value;
        return { kind, name: `${name}`, message: `${message}` };
      }
      case 'date': case 'bytes': case 'regexp':
        return { kind: 'copy', value: copyOf(value) };
      default: return refuse(`is a ${kind}`);
    }
  };
  return {
    roots: list(values.length, (at) => slot(values[at], () => nameOf(at), 0)),
    nodes,
  };
};

const empty = {
  __proto__: null,
  array: () => [],
  object: () => ({}),
  map: () => new makes.Map(),
  set: () => new makes.Set(),
  function: ({ ref }, functionOf) => functionOf(ref),
  promise: ({ ref }, functionOf) => new makes.Promise(functionOf(ref)),
  copy: ({ value }) => value,
  error: ({ name, message }) => {
    const error = new (errors[name] ?? makes.Error)(message);
    if (!(name in errors)) put(error, 'name', name, false);
    return error;
  },
};
const eachPair = (items, use) =>
  each(items, (key, at) => at % 2 || use(key, items[at + 1]));
const fill = {
  __proto__: null,
  array: (it, items) => each(items, (item, at) => put(it, at, item)),
  object: (it, items) => eachPair(items, (key, item) => put(it, key, item)),
  map: (it, items) => eachPair(items, (...pair) => apply(setInMap, it, pair)),
  set: (it, items) => each(items, (item) => apply(addToSet, it, [item])),
};

// The other way. `functionOf(ref)` is the function that `ref` tells of.
const unpack = ({ roots, nodes }, functionOf, frozen) => {
  const make = (node) => empty[node.kind](node, functionOf);
  const made = list(nodes.length, (at) => make(nodes[at]));
  const value = (slot) => (isPrimitive(slot) ? slot : made[slot.at]);
  each(nodes, ({ kind, items }, at) => {
    fill[kind]?.(made[at], list(items.length, (i) => value(items[i])));
    if (frozen && kind !== 'copy') freeze(made[at]);
  });
  return list(roots.length, (at) => value(roots[at]));
};
