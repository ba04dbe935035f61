'use strict';

document.getElementById('info').textContent =
  `This app is using WebView (v${window.versions.webview()}), ` +
  `wry (v${window.versions.wry()}), and tao (v${window.versions.tao()})`;

const show = (id, text) => { document.getElementById(id).textContent = text; };
const onClick = (id, act) =>
  document.getElementById(id).addEventListener('click', act);

const stop = window.electronAPI.onProgress((percent) =>
  show('progress', `${percent} %`));
window.electronAPI.onceDone((what) => show('done', `${what} are copied`));

onClick('copy', () => window.electronAPI.copy());
onClick('stop', () => {
  stop();
  show('progress', 'nobody listens');
});
onClick('count', async () => {
  for (let n = 1; n <= 1000; n++) window.electronAPI.count(n);
  show('answer', await window.electronAPI.tally());
});
