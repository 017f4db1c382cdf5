// The panel: what the page says of the node or link that was chosen in the diagram.

const panel = document.getElementById("panel");
let cameFrom = null;

// Copies of what the page tells of a node or link; above it, the ends of a link.
function told(id) {
  const entry = entries.get(id), link = linkOf.get(id), joined = element("ul");
  if (link) joined.append(...listOf([link.from, link.to]));
  if (!entry) return [joined];
  const copies = [...entry.querySelectorAll(":scope > summary > .tag, :scope > .inside")].map(each => each.cloneNode(true));
  for (const each of copies.flatMap(copy => [...copy.querySelectorAll("[id]")])) each.removeAttribute("id");
  return [joined, ...copies];
}

function choose(id) {
  for (const each of svg.querySelectorAll(".chosen")) each.classList.remove("chosen");
  drawn.get(id)?.classList.add("chosen");
}

function show(id) {
  if (panel.hidden || !panel.contains(document.activeElement)) cameFrom = document.activeElement;
  document.getElementById("panel-body").replaceChildren(element("h3", titles.get(id)), ...told(id));
  panel.hidden = false;
  panel.scrollTop = 0;
  choose(id);
  bringIntoView(id);
  panel.focus();
}

function closePanel() {
  panel.hidden = true;
  choose(null);
  if (cameFrom?.isConnected) cameFrom.focus({ preventScroll: true });
}

document.getElementById("panel-close").addEventListener("click", closePanel);
panel.parentElement.addEventListener("keydown", event => {
  if (event.key === "Escape" && !panel.hidden) closePanel();
});
document.addEventListener("click", event => {
  const asked = event.target.closest("[data-shows]")?.dataset.shows ?? entryMeant(event.target);
  if (!asked) return;
  event.preventDefault();
  show(asked);
});

// In the panel a reference to another node or link shows that one there, rather than jumping to the list.
function entryMeant(target) {
  const address = panel.contains(target) && target.closest("a")?.getAttribute("href");
  return address && document.getElementById(address.slice(1))?.closest(".entry")?.dataset.id;
}
