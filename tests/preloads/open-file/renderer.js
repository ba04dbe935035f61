document.getElementById('open').onclick = async () => {
  const path = await window.electronAPI.openFile()
  document.getElementById('path').innerText = path
}
