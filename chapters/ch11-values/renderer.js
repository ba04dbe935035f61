'use strict';

document.getElementById('info').textContent =
  `This app is using WebView (v${window.versions.webview()}), ` +
  `wry (v${window.versions.wry()}), and tao (v${window.versions.tao()})`;

const show = (value) => {
  const isList = value instanceof Map || ArrayBuffer.isView(value);
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  return `${kind}: ${isList ? [...value].join(', ') : value}`;
};

const samples = [
  undefined, NaN, 2n ** 64n, new Date(0), new Uint8Array([1, 2, 255]),
  new Map([['pi', 3.14], ['e', 2.72]]), new RangeError('out of reach'),
];

document.getElementById('echo').addEventListener('click', async () => {
  for (const sample of samples) {
    const item = document.createElement('li');
    item.textContent = show(await window.electronAPI.echo(sample));
    document.getElementById('values').append(item);
  }
});

const written = new Date(0);
const note = { title: 'Milk', written, tags: new Set(['errands']) };
const answers = {
  note: () => window.electronAPI.addNote(note),
  wrong: () => window.electronAPI.addNote({ ...note, written: 'today' }),
  function: () => window.electronAPI.echo({ list: [1, () => 2] }),
};
for (const [id, call] of Object.entries(answers))
  document.getElementById(id).addEventListener('click', async () => {
    const answer = await call().then(show, String);
    document.getElementById('answer').textContent = answer;
  });
