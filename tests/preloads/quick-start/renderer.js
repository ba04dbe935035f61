document.body.dataset.ran = typeof window.process;
