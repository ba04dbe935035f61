// The page is filled in from here, as a first Electron app does it.
function fillIn(id, text) {
  const element = document.getElementById(id);
  if (element) element.textContent = text;
}

window.addEventListener('DOMContentLoaded', () => {
  for (const part of ['webview', 'wry', 'tao', 'chrome']) {
    fillIn(`${part}-version`, process.versions[part]);
  }
});
