// Arrows move between the rows' links, Enter opens: the browser's own focus, no round trip.
export function rowsByArrows(table) {
  if (!table || table.dataset.arrows) return;
  table.dataset.arrows = "on";
  table.addEventListener("keydown", e => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (!step || e.target.matches("input:not([type=checkbox]), select, textarea")) return;
    const links = [...table.querySelectorAll("a.order-link")];
    const row = e.target.closest("tr");
    const at = row ? links.findIndex(l => row.contains(l)) : -1;
    const next = links[at + step];
    if (!next) return;
    e.preventDefault();
    next.focus();
  });
}
