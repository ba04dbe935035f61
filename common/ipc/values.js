const quote = (t) => JSON.stringify(t);
const encode = (args) => JSON.stringify(args);
const decode = (t) => JSON.parse(t);
