// What main sends while the page's scripts still run, so that it need not know
// when they begin to listen.
// Chapter: ch14-reload

const MAX_EARLY = 1_000;

// By the channel, in order. What is listened to is not in it, but for a moment.
const kept = new OwnMap();
const early = { isLoaded: false, isOver: false, count: 0 };

// Listeners for `load` are called first, and a module may await answers.
const { setTimeout } = window;
const isSettled = () => {
  if (!early.isLoaded || early.isOver) return;
  setTimeout(() => {
    early.isOver = calls.size === 0;
    if (early.isOver) kept.clear();
  });
};
addEventListener('load', () => {
  early.isLoaded = true;
  isSettled();
});

const keep = (channel, args) => {
  if (early.count === MAX_EARLY)
    throw new errors.RangeError(
      `more than ${MAX_EARLY} messages to which nobody listens yet`);
  early.count++;
  if (!kept.has(channel)) kept.set(channel, new OwnSet());
  kept.get(channel).add(args);
};
const hear = (channel, args) => {
  const isAwaited = kept.has(channel) || of(channel).size === 0;
  !early.isOver && isAwaited ? keep(channel, args) : emit(channel, args);
};

// A listener may go with a message, and a message may bring another one.
const handOver = (channel) => {
  const its = kept.get(channel);
  its?.forEach((args) => {
    if (of(channel).size === 0) return;
    its.delete(args);
    early.count--;
    emit(channel, args);
  });
  if (its?.size === 0) kept.delete(channel);
};
// Who begins to listen goes on first.
const isListenedTo = (channel) => {
  if (kept.has(channel)) queueMicrotask(() => handOver(channel));
};
