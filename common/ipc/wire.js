// What crosses contextBridge: values become plain data, and on the other side
// the data become values again. Structured clone can copy all of the data, so
// the border of a world may lie between the sides.
//
// What has an identity is a node in a list. A primitive stands for itself, and
// anything else is `{ at }`, the place of its node: so two names of one object
// are two names of one copy, and a cycle is a cycle.
// Chapter: ch11-values

const { freeze, isExtensible } = Object;
const [asObject, arrayFrom, copyOf] = [Object, Array.from, structuredClone];
const EnginePromise = Promise;

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

// `bare()` is a list to which one may assign; `list` makes an ordinary array.
const bare = () => setPrototypeOf([], null);
const list = (length, make) => {
  switch (length) { // Most have one item or none.
    case 0: return [];
    case 1: return [make(0)];
    default: return arrayFrom({ __proto__: null, length }, (_, at) => make(at));
  }
};

// Most calls have primitives alone. This is the list of their nodes.
const none = freeze(bare());

// `document.all` says that it is undefined, and is an object.
const isPrimitive = (it) => {
  switch (typeof it) {
    case 'string': case 'number': case 'boolean': case 'bigint': return true;
    case 'undefined': return asObject(it) !== it;
    default: return it === null;
  }
};

// `resolve` asks an object for `then`. Where it has none of its own, the page
// would be asked, and so it has one meanwhile.
const fulfil = (resolve, it) => {
  const asks = !isPrimitive(it) && !hasOwn(it, 'then') && isExtensible(it);
  if (asks) put(it, 'then', undefined);
  resolve(it);
  if (asks) delete it.then;
};

// What an error says of itself. The engine's prototypes are the page's as well,
// and a getter there would be given the error: their names are taken here.
const getters = Object.getOwnPropertyDescriptors(DOMException.prototype);
const classes = new OwnMap();
each([...keys(errors), 'AggregateError'], (name) =>
  classes.set(window[name].prototype, name));
const saidBy = (it, key) => {
  if (passes(probes.error, it)) return apply(getters[key].get, it, []);
  for (let at = it; at && at !== ordinary; at = getPrototypeOf(at)) {
    if (classes.has(at)) return key === 'name' ? classes.get(at) : '';
    const found = own(at, key);
    if (found) return found.get ? apply(found.get, it, []) : found.value;
  }
};
const said = (it) => {
  const name = saidBy(it, 'name'), message = saidBy(it, 'message');
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : '',
  };
};

// `nameOf(at)` is what an error calls the value, and `refOf(it, kind)` what the
// other side is told of a function or a promise.
const pack = (values, nameOf, refOf) => {
  let nodes = none, seen;
  const slot = (value, place, depth) => {
    if (isPrimitive(value)) return value;
    if (nodes === none) { nodes = bare(); seen = new OwnMap(); }
    if (!seen.has(value)) {
      const at = nodes.length;
      seen.set(value, at);
      nodes[at] = null; // Its place, before its contents take theirs.
      nodes[at] = node(value, place, depth);
    }
    return { at: seen.get(value) };
  };
  const itemsOf = (kind, value, place, depth) => {
    if (depth === MAX_DEPTH) refuse(place, `is inside ${MAX_DEPTH} others`);
    const items = bare();
    const divider = depth === 0 ? ', ' : '';
    containers[kind](value, (part, step, key) => {
      const itsPlace = () => `${place()}${divider}${step()}`;
      if (key !== undefined) items[items.length] = key;
      items[items.length] = slot(part, itsPlace, depth + 1);
    });
    return items;
  };
  const node = (value, place, depth) => {
    if (hollow.has(value)) return { kind: 'object', items: bare() };
    const kind = kindOf(value);
    if (kind in containers)
      return { kind, items: itemsOf(kind, value, place, depth) };
    switch (kind) {
      case 'function': case 'promise': return { kind, ref: refOf(value, kind) };
      case 'date': case 'bytes': case 'regexp':
        return { kind: 'copy', copy: copyOf(value) };
      default: return refuse(place, `is ${named(kind)}`);
    }
  };
  const slotOf = (at) => slot(values[at], () => nameOf(at), 0);
  return { slots: list(values.length, slotOf), nodes };
};

const empty = {
  __proto__: null,
  array: () => [],
  object: () => ({}),
  map: () => new makes.Map(),
  set: () => new makes.Set(),
  error: ({ items }) => errorOf(items[0], items[1]),
  copy: ({ copy }) => copy,
  function: ({ ref }, find) => find.function(ref),
  promise: ({ ref }, find) => find.promise(ref),
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
// A typed array cannot be frozen, and a RegExp that is one finds nothing. A Map
// or a Set can be, and changes all the same.
const freezes = (kind) =>
  kind === 'array' || kind === 'object' || kind === 'error' ||
  kind === 'function';

// The other way. `find` has a function or a promise by what was told of it.
const unpack = ({ slots, nodes }, find, frozen) => {
  if (nodes.length === 0) return slots;
  const make = (node) => empty[node.kind](node, find);
  const made = list(nodes.length, (at) => make(nodes[at]));
  const value = (slot) => (isPrimitive(slot) ? slot : made[slot.at]);
  const itemsOf = ({ items }) => list(items.length, (at) => value(items[at]));
  each(nodes, (node, at) => {
    fill[node.kind]?.(made[at], itemsOf(node));
    if (frozen && freezes(node.kind)) freeze(made[at]);
  });
  return list(slots.length, (at) => value(slots[at]));
};
