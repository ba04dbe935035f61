const field = document.getElementById("title");
document.getElementById("set").addEventListener("click", () => {
  window.electronAPI.setTitle(field.value);
});
