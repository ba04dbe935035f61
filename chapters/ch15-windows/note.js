'use strict';

const find = (id) => document.getElementById(id);
const hear = (what) => { find('heard').textContent = what; };

// Main has kept it, where the page is loaded anew.
window.note.read().then((text) => { find('text').value = text; });
find('text').addEventListener('change', ({ target }) =>
  window.note.write(target.value));

window.note.onMessage((from, text) => hear(`${from}: ${text}`));
find('send').addEventListener('submit', async (event) => {
  event.preventDefault();
  const to = find('to').valueAsNumber;
  try {
    await window.note.sendTo(to, find('message').value);
    hear(`Sent to ${to}`);
  } catch ({ message }) {
    hear(message);
  }
});
