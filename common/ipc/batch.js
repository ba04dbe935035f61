// What a page says within one turn crosses together.
// Chapter: ch13-push

// In every frame, a page can reach the pipe as well. What main accepts is the
// boundary.
const pipe = window.ipc ?? window.webkit.messageHandlers.ipc;
const cross = pipe.postMessage.bind(pipe);
const { queueMicrotask } = window;

// How many messages, and how many characters, cross together at most; one that
// is longer crosses alone. In Rust, both have the same names.
const MOST = 500;
const LONG = 1024 * 1024;

// The text of a message is JSON, which `json.text` has written without a line
// break. So one divides two messages.
const batch = { text: '', count: 0 };
const flush = () => {
  if (batch.count === 0) return;
  const { text } = batch;
  batch.text = '';
  batch.count = 0;
  cross(text);
};

// A turn ends with its microtasks: with what the page does at once when one of
// its promises is settled, too.
const toMain = (text) => {
  if (batch.text.length + text.length > LONG) flush();
  if (batch.count === 0) queueMicrotask(flush);
  batch.text += batch.count === 0 ? text : `\n${text}`;
  if (++batch.count === MOST) flush();
};
