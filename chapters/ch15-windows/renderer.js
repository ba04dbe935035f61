'use strict';

document.getElementById('info').textContent =
  `This app is using WebView (v${window.versions.webview()}), ` +
  `wry (v${window.versions.wry()}), and tao (v${window.versions.tao()})`;

const find = (id) => document.getElementById(id);
const list = (numbers) => {
  find('notes').textContent = numbers.join(', ') || 'none';
};
window.electronAPI.onNotes(list);
window.electronAPI.notes().then(list);

find('new').addEventListener('click', async () =>
  list(await window.electronAPI.newNote()));

find('send').addEventListener('submit', async (event) => {
  event.preventDefault();
  try {
    await window.electronAPI.sendToAll(find('message').value);
    find('outcome').textContent = 'Sent';
  } catch ({ message }) {
    find('outcome').textContent = message;
  }
});
