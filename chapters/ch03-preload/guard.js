// Runs the preload once, in our own page and not in its frames. What it asks
// cannot be replaced by a page, not even before `document.open()` runs it again.
(given, preload) => {
  'use strict';
  if (window !== top || location.origin !== given.origin) return;
  if ('__preloaded' in window) return;
  Object.defineProperty(window, '__preloaded', { value: true });
  preload(given);
}
