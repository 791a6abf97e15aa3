// What Blazor's own script leaves to the page.
(() => {
  const bar = document.getElementById('components-reconnect-modal');
  if (bar) {
    // a circuit the server no longer knows cannot be resumed: start again on the same address
    new MutationObserver(() => {
      if (bar.classList.contains('components-reconnect-rejected')) location.reload();
    }).observe(bar, { attributes: true, attributeFilter: ['class'] });
    document.getElementById('reconnect-now')?.addEventListener('click', async () => {
      if (!await Blazor.reconnect()) location.reload();
    });
  }
  document.addEventListener('keydown', e => {
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k') {
      const search = document.getElementById('hub-search');
      if (search) { e.preventDefault(); search.focus(); search.select(); }
    }
  });
})();
