// What crosses as text: all that JSON has as JSON, and what it lacks as an
// object with one key that begins with `$`. In Rust, this is special.rs.
// Chapter: ch11-values

// In Rust, they are the constants of the same names.
const MAX_DEPTH = 100;
const MAX_VALUES = 4 * 1024 * 1024;

// `place()` says where in the arguments: `argument 1, .list[3]`.
const refuse = (place, why) => {
  throw new makes.Error(`An object could not be cloned: ${place()} ${why}`);
};

const stringText = (it, place) => {
  if (!apply(isWellFormed, it, [])) refuse(place, 'has half a surrogate pair');
  return json.text(it);
};
const isOurs = (key) => apply(startsWith, key, ['$']);
const keyText = (key, place) =>
  stringText(isOurs(key) ? `$${key}` : key, place);
const numberText = (it) => {
  const digits = it === 0 && 1 / it < 0 ? '-0' : `${it}`;
  const isInJson = it - it === 0 && digits !== '-0';
  return isInJson ? digits : `{"$number":"${digits}"}`;
};
const texts = {
  __proto__: null,
  undefined: () => '{"$undefined":null}',
  null: () => 'null',
  boolean: (it) => `${it}`,
  number: numberText,
  string: stringText,
  bigint: (it) => `{"$bigint":"${it}"}`,
  date: (it) => `{"$date":${json.text(apply(probes.date, it, []))}}`,
  bytes: (it) => `{"$bytes":"${toBase64(bytesOf(it))}"}`,
};

// A container adds its parts: a value and, below it, its place. What stands
// before the value in the text is the key.
const containers = {
  __proto__: null,
  array: (it, add) => {
    for (let at = 0; at < it.length; at++) // Of a hole, prototypes are asked.
      add(hasOwn(it, at) ? it[at] : undefined, () => `[${at}]`);
  },
  object: (it, add) =>
    each(keys(it), (key) => add(it[key], () => spell(key), key)),
  map: (it, add, count = 0) =>
    apply(eachOfMap, it, [(value, key) => {
      const at = count++;
      add(key, () => `<key ${at}>`);
      add(value, () => `<value ${at}>`);
    }]),
  set: (it, add, count = 0) =>
    apply(eachOfSet, it, [(part) => {
      const at = count++;
      add(part, () => `<value ${at}>`);
    }]),
  error: (it, add) => {
    const { name, message } = said(it);
    add(name, () => '.name');
    add(message, () => '.message');
  },
};
const framed = {
  __proto__: null,
  array: (text) => `[${text}]`,
  object: (text) => `{${text}}`,
  map: (text) => `{"$map":[${text}]}`,
  set: (text) => `{"$set":[${text}]}`,
  error: (text) => `{"$error":[${text}]}`,
};

// `up` is what a container is in, with its own `up`. The first is the array of
// the arguments, which is not counted. `all` counts the values of a message.
const containerText = (kind, it, place, up) => {
  if (up.depth === MAX_DEPTH) refuse(place, `is inside ${MAX_DEPTH} others`);
  for (let at = up; at; at = at.up)
    if (at.it === it) refuse(place, 'is a cycle');
  const here = { it, up, depth: up.depth + 1, all: up.all };
  const divider = up.up ? '' : ', ';
  let text = '';
  containers[kind](it, (part, step, key) => {
    const itsPlace = () => `${place()}${divider}${step()}`;
    const before = key === undefined ? '' : `${keyText(key, itsPlace)}:`;
    const comma = text === '' ? '' : ',';
    text += `${comma}${before}${textOf(part, itsPlace, here)}`;
  });
  return framed[kind](text);
};

const textOf = (it, place, up) => {
  if (++up.all.values > MAX_VALUES)
    throw new makes.Error(`more than ${MAX_VALUES} values in a message`);
  const kind = kindOf(it);
  if (kind in containers) return containerText(kind, it, place, up);
  if (kind in texts) return texts[kind](it, place);
  return refuse(place, `is ${named(kind)}`);
};

const encode = (args, nameOf = (at) => `argument ${at + 1}`) => {
  const top = { it: null, up: null, depth: 0, all: { values: 0 } };
  let text = '';
  each(args, (arg, at) => {
    text += `${at ? ',' : ''}${textOf(arg, () => nameOf(at), top)}`;
  });
  return `[${text}]`;
};

const special = {
  __proto__: null,
  $undefined: () => undefined,
  $number: (digits) => +digits,
  $bigint: (digits) => makeBigInt(digits),
  $date: (ms) => new makes.Date(ms ?? NaN),
  $bytes: (text) => fromBase64(text),
  $map: (items) => {
    const map = new makes.Map();
    for (let at = 0; at < items.length; at += 2)
      apply(setInMap, map, [revive(items[at]), revive(items[at + 1])]);
    return map;
  },
  $set: (items) => {
    const set = new makes.Set();
    each(items, (item) => apply(addToSet, set, [revive(item)]));
    return set;
  },
  $error: (parts) => errorOf(parts[0], parts[1]),
};
const errorOf = (name, message) => {
  const error = new (errors[name] ?? makes.Error)(message);
  if (!(name in errors)) put(error, 'name', name, false);
  return error;
};

// What is assigned to is there already, `__proto__` as well: no prototype is
// asked.
const revive = (it) => {
  if (typeof it !== 'object' || it === null) return it;
  if (isArray(it)) {
    each(it, (part, at) => { it[at] = revive(part); });
    return it;
  }
  const names = keys(it);
  if (names.length === 1 && names[0] in special)
    return special[names[0]](it[names[0]]);
  let escaped = false;
  each(names, (name) => {
    it[name] = revive(it[name]);
    escaped ||= isOurs(name);
  });
  return escaped ? unescaped(it, names) : it;
};
const unescaped = (it, names) => {
  const plain = {};
  each(names, (name) =>
    put(plain, isOurs(name) ? apply(slice, name, [1]) : name, it[name]));
  return plain;
};
