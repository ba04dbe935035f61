'use strict';

document.getElementById('info').textContent =
  `This app is using WebView (v${window.versions.webview()}), ` +
  `wry (v${window.versions.wry()}), and tao (v${window.versions.tao()})`;

// What no page should send: where wry makes text of it, the program ends.
const attack = () => {
  window.webkit.messageHandlers.ipc.postMessage({ toString: 0, valueOf: 0 });
  return 'sent';
};

const calls = {
  ping: () => window.electronAPI.ping(),
  divide: () => window.electronAPI.divide(7, 2),
  zero: () => window.electronAPI.divide(7, 0),
  overflow: () => window.electronAPI.divide(-(2 ** 31), -1),
  seven: () => window.electronAPI.divide('seven', 2),
  multiply: () => window.electronAPI.multiply(7, 2),
  forget: () => window.electronAPI.forget(),
  attack,
};

for (const [name, call] of Object.entries(calls)) {
  const button = document.getElementById(name);
  button.addEventListener('click', async () => {
    let answer;
    try { answer = await call(); } catch (why) { answer = String(why); }
    document.getElementById('answer').textContent = answer;
  });
}
