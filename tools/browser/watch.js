'use strict';

// Runs before a page's own scripts and keeps what goes wrong in them.
window.watched = [];

// Capturing, because a picture or a script that cannot be loaded tells only
// itself, and the event does not bubble.
addEventListener('error', ({ message, filename, lineno, target }) => {
  const what = message
    ? `${message} (${filename}:${lineno})`
    : `cannot load ${target.src ?? target.href}`;
  window.watched.push(what);
}, true);

addEventListener('unhandledrejection', ({ reason }) => {
  window.watched.push(`unhandled rejection: ${reason}`);
});

for (const level of ['error', 'warn']) {
  const original = console[level];
  console[level] = (...words) => {
    window.watched.push(`console.${level}: ${words.join(' ')}`);
    original.apply(console, words);
  };
}

// print.html asks for a printer once it is loaded.
window.print = () => {};
