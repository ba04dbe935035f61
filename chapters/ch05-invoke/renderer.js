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

document.getElementById('ask').addEventListener('click', () => {
  const list = document.getElementById('answers');
  const show = (text) =>
    list.appendChild(document.createElement('li')).append(text);
  const { missing, ping, repeat } = window.electronAPI;
  for (const call of [repeat('slow', 300), ping(), missing()])
    call.then(show, (error) => show(error.message));
});
