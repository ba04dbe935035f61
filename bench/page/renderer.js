'use strict';

// The work, the same for every bridge. `window.host` is what a host gives the
// page: `plan`, `ready`, `ping`, `echo`, `send`, `tally` and `report`; where it
// carries bytes, `bytes` too. The clock steps by 1 ms, so what is timed is a
// batch, and a figure is microseconds for one of its operations.
// (A `const host` would collide with it.)
const bridge = window.host;

const oneByOne = async (times, call) => {
  for (let n = 0; n < times; n++) await call();
};
const atOnce = (times, call) =>
  Promise.all(Array.from({ length: times }, call));

// A host may keep no order, so the count is asked for until it is whole.
const arrived = async (count) => {
  while ((await bridge.tally()) < count);
};

// What is echoed is looked at: an answer of the right length is an answer.
const back = async (value, answer) => {
  if ((await answer).length !== value.length) throw new Error('a short echo');
};
const textOf = (length) => 'x'.repeat(length);
const bytesOf = (length) => new Uint8Array(length).fill(120);

const works = {
  ping: ({ times }) => oneByOne(times, bridge.ping),
  bursts: async ({ times, atOnce: number }) => {
    for (let n = 0; n < times; n += number) await atOnce(number, bridge.ping);
  },
  sends: async ({ times }) => {
    for (let n = 0; n < times; n++) bridge.send(n);
    await arrived(times);
  },
  text: ({ times, size }) => {
    const text = textOf(size);
    return oneByOne(times, () => back(text, bridge.echo(text)));
  },
  bytes: ({ times, size }) => {
    const bytes = bytesOf(size);
    return oneByOne(times, () => back(bytes, bridge.bytes(bytes)));
  },
};

const time = async (work) => {
  const begun = performance.now();
  await works[work.kind](work);
  return ((performance.now() - begun) * 1000) / work.times;
};

const run = async () => {
  const report = (it) => bridge.report(JSON.stringify(it));
  for (const work of JSON.parse(await bridge.plan())) {
    const { name } = work;
    try {
      report({ name, figure: await time(work) });
    } catch (why) {
      report({ name, failed: `${why}` });
    }
  }
};

// A bare window has no bridge. Main hears of a title, though.
document.title = 'ready';
if (bridge) {
  bridge.ready();
  run();
}
