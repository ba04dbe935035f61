'use strict';

document.getElementById('info').textContent =
  `This app is using WebView (v${window.versions.webview()}), ` +
  `wry (v${window.versions.wry()}), and tao (v${window.versions.tao()})`;
