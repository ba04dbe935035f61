'use strict';

document.getElementById('info').textContent =
  `This app is using WebView (v${window.versions.webview()}), ` +
  `wry (v${window.versions.wry()}), and tao (v${window.versions.tao()})`;

document.getElementById('title-form').addEventListener('submit', (event) => {
  event.preventDefault();
  window.electronAPI.setTitle(document.getElementById('title').value);
});

document.getElementById('ping').addEventListener('click', async () => {
  const response = await window.electronAPI.ping();
  document.getElementById('answer').textContent = response;
  console.log(response);
});

document.getElementById('btn').addEventListener('click', async () => {
  const path = await window.electronAPI.openFile().catch((why) => why.message);
  document.getElementById('filePath').textContent = path ?? 'No file chosen';
});

let count = 0;
window.electronAPI.onUpdateCounter((value) => {
  count += value;
  document.getElementById('counter').textContent = count;
  window.electronAPI.counterValue(count);
});
