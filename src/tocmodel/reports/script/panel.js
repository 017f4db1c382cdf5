// The panel: what the page says of the node or link that was chosen in the diagram.

const panel = document.getElementById("panel");
let cameFrom = null;

function show(id) {
  if (panel.hidden || !panel.contains(document.activeElement)) cameFrom = document.activeElement;
  const copies = [...entries.get(id).childNodes].map(each => each.cloneNode(true));
  document.getElementById("panel-body").replaceChildren(...copies);
  panel.hidden = false;
  panel.scrollTop = 0;
  for (const each of svg.querySelectorAll(".chosen")) each.classList.remove("chosen");
  drawn.get(id).classList.add("chosen");
  bringIntoView(id);
  panel.focus();
}

function closePanel() {
  panel.hidden = true;
  for (const each of svg.querySelectorAll(".chosen")) each.classList.remove("chosen");
  if (cameFrom?.isConnected) cameFrom.focus({ preventScroll: true });
}

document.getElementById("panel-close").addEventListener("click", closePanel);
panel.addEventListener("keydown", event => {
  if (event.key === "Escape") closePanel();
});
document.getElementById("theory").addEventListener("click", event => {
  const asked = event.target.closest("[data-shows]");
  if (!asked || asked.closest("[data-entry]")) return;
  event.preventDefault();
  show(asked.dataset.shows);
});
