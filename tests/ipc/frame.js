// The page says what its frame is to post: a text, or what is hostile by name.
window.addEventListener('message', ({ data: { text, name } }) => {
  if (name === undefined) window.webkit.messageHandlers.ipc.postMessage(text);
  else postHostile(name);
  window.parent.postMessage('posted', '*');
});
