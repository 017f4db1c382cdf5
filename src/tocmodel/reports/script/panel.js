// The panel: what the page says of the node or link that was chosen in the diagram.

const panel = document.getElementById("panel");
let cameFrom = null;

// Copies of what the page tells of a node or link; above it, what it is and the ends of a link.
function details(id) {
  const entry = entries.get(id), link = linkOf.get(id), joined = element("ul");
  if (link) joined.append(...listOf([link.from, link.to]));
  const copies = entry ? [...entry.querySelectorAll(":scope > summary > .tag, :scope > .inside")].map(each => each.cloneNode(true)) : [];
  for (const each of copies.flatMap(copy => [...copy.querySelectorAll("[id]")])) each.removeAttribute("id");
  return [element("span", told.get(id).kind, { class: "tag" }), " ", ...copies.slice(0, -1), joined, ...copies.slice(-1)];
}

function choose(id) {
  for (const each of svg.querySelectorAll(".chosen")) each.classList.remove("chosen");
  drawn.get(id)?.classList.add("chosen");
}

function show(id) {
  if (panel.hidden || !panel.contains(document.activeElement)) cameFrom = document.activeElement;
  document.getElementById("panel-body").replaceChildren(named("h3", told.get(id), { id: "panel-title" }), ...details(id));
  panel.hidden = false;
  panel.scrollTop = 0;
  choose(id);
  stand(id);
  bringIntoView(id);
  panel.focus();
}

// The focus goes back to where it came from, or to what was shown where that is gone.
function closePanel() {
  const shown = svg.querySelector(".chosen");
  panel.hidden = true;
  choose(null);
  (cameFrom?.isConnected && cameFrom !== document.body ? cameFrom : shown)?.focus({ preventScroll: true });
}

document.getElementById("panel-close").addEventListener("click", closePanel);
for (const each of [panel.parentElement, document.getElementById("controls")]) {
  each.addEventListener("keydown", event => {
    if (event.key === "Escape" && !panel.hidden && event.target.id !== "find") closePanel();
  });
}
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
