'use strict';

document.getElementById('info').textContent =
  `This app is using WebView (v${window.versions.webview()}), ` +
  `wry (v${window.versions.wry()}), and tao (v${window.versions.tao()})`;

document.getElementById('ping').addEventListener('click', async () => {
  const response = await window.electronAPI.ping();
  document.getElementById('answer').textContent = response;
  console.log(response);
});

const outcome = document.getElementById('outcome');
const tell = (what) => { outcome.textContent = what.message ?? what; };

document.getElementById('work').addEventListener('click', () => {
  const bar = document.getElementById('progress');
  const onProgress = (step) => { bar.value = step; };
  window.electronAPI.work(bar.max, onProgress).then(tell, tell);
});

document.getElementById('cancel').addEventListener('click', () => {
  window.electronAPI.cancel().catch(tell);
});

let stop = () => {};
document.getElementById('follow').addEventListener('change', ({ target }) => {
  const news = document.getElementById('news');
  const show = (what) => { news.textContent = `Its work: ${what}`; };
  if (target.checked) stop = window.electronAPI.onWork(show);
  else stop();
});
