const counter = document.getElementById('counter')

window.electronAPI.onUpdateCounter((value) => {
  const next = Number(counter.innerText) + value
  counter.innerText = next.toString()
  window.electronAPI.counterValue(next)
})
document.getElementById('stop').addEventListener('click', () => window.electronAPI.stop())
