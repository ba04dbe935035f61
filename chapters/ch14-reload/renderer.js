'use strict';

document.getElementById('info').textContent =
  `This app is using WebView (v${window.versions.webview()}), ` +
  `wry (v${window.versions.wry()}), and tao (v${window.versions.tao()})`;

const show = (id, text) => { document.getElementById(id).textContent = text; };
const onClick = (id, act) =>
  document.getElementById(id).addEventListener('click', act);

onClick('ask', async () => {
  show('answer', '…');
  try {
    show('answer', await window.electronAPI.ask());
  } catch ({ message }) {
    show('answer', message);
  }
});
onClick('reply', () => window.electronAPI.answer());
onClick('reload', () => window.electronAPI.reload());

// Main has sent it before this script runs.
window.electronAPI.onWelcome((text) => show('welcome', text));
