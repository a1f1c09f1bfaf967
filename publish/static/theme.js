// Runs before the page is painted: a reader's choice of light or dark, if there is one.
try {
  const chosen = localStorage.getItem("dateline-theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch { /* storage is switched off: the system decides */ }
