'use strict';
const quote = (t) => JSON.stringify(t);
const encode = (args) => JSON.stringify(args);
const decode = (t) => JSON.parse(t);
const MAX_DEPTH = 100;
const kindOf = (v) => v === null ? 'null' : typeof v !== 'object' ? typeof v : Array.isArray(v) ? 'array' : v instanceof Promise ? 'promise' : v instanceof Error ? 'error' : 'object';
