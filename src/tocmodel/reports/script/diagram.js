// The diagram: its size, moving over it, and walking along it with the arrow keys.

const SMALLEST = 0.1;
const LARGEST = 4;
const READABLE = 0.55;
const MARGIN = 24;
const natural = { width: svg.viewBox.baseVal.width * 4 / 3, height: svg.viewBox.baseVal.height * 4 / 3 };
let scale = 1;

// Draw at a size, and keep what lies at x, y of the view where it is.
function zoomTo(wanted, x = picture.clientWidth / 2, y = picture.clientHeight / 2) {
  const next = Math.min(Math.max(wanted, SMALLEST), LARGEST);
  const left = (picture.scrollLeft + x) / scale, top = (picture.scrollTop + y) / scale;
  scale = next;
  svg.style.width = `${natural.width * scale}px`;
  picture.scrollTo({ left: left * scale - x, top: top * scale - y, behavior: "instant" });
}

// Bring nodes or links to the middle of the view.
function bringIntoView(...ids) {
  const boxes = ids.map(id => drawn.get(id).getBoundingClientRect()), view = picture.getBoundingClientRect();
  const middle = (low, high) => (Math.min(...boxes.map(box => box[low])) + Math.max(...boxes.map(box => box[high]))) / 2;
  picture.scrollBy({ left: middle("left", "right") - view.x - view.width / 2, top: middle("top", "bottom") - view.y - view.height / 2 });
}

// Show nodes together, as large as they fit; where they would be too small for that, the first of them.
function fit(ids, smallest = SMALLEST) {
  const boxes = ids.map(id => drawn.get(id).getBBox());
  const extent = (at, size) => 4 / 3 * (Math.max(...boxes.map(box => box[at] + box[size])) - Math.min(...boxes.map(box => box[at]))) + 40;
  const fitting = Math.min(picture.clientWidth / extent("x", "width"), picture.clientHeight / extent("y", "height"), 1);
  zoomTo(Math.max(fitting, smallest));
  bringIntoView(...(fitting < smallest ? ids.slice(0, 1) : ids));
}

document.querySelector(".zoom").addEventListener("click", event => {
  const factor = event.target.closest("[data-zoom]")?.dataset.zoom;
  if (factor === "0") fit(nodesInOrder);
  else if (factor) zoomTo(scale * Number(factor));
});
picture.addEventListener("wheel", event => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const view = picture.getBoundingClientRect();
  zoomTo(scale * Math.exp(-event.deltaY / 300), event.clientX - view.x, event.clientY - view.y);
}, { passive: false });

// With a mouse the ground can be dragged; fingers and keys scroll it anyway.
let dragged = null;
picture.addEventListener("pointerdown", event => {
  if (event.pointerType !== "mouse" || event.button !== 0) return;
  dragged = { x: event.clientX, y: event.clientY, left: picture.scrollLeft, top: picture.scrollTop, held: true, moved: false };
});
addEventListener("pointermove", event => {
  if (!dragged?.held) return;
  const x = event.clientX - dragged.x, y = event.clientY - dragged.y;
  dragged.moved ||= Math.hypot(x, y) > 4;
  if (dragged.moved) picture.scrollTo({ left: dragged.left - x, top: dragged.top - y, behavior: "instant" });
});
addEventListener("pointerup", () => {
  if (dragged) dragged.held = false;
});

// Walking: right along a link to where it leads, left to where it comes from, up and down among neighbours.
const linkOf = new Map(links.map(link => [link.id, link]));
const centre = id => {
  const box = drawn.get(id).getBBox();
  return { x: Math.round(box.x + box.width / 2), y: box.y + box.height / 2 };
};
const places = new Map([...drawn.keys()].map(id => [id, centre(id)]));
const inOrder = [...drawn.keys()].sort((a, b) => places.get(a).x - places.get(b).x || places.get(a).y - places.get(b).y);
const nodesInOrder = inOrder.filter(id => !linkOf.has(id));

function neighbour(id, key) {
  const link = key === "Home" || key === "End" ? null : linkOf.get(id);
  const step = key === "ArrowDown" ? 1 : -1;
  const next = among => among[among.indexOf(id) + step];
  if (link) {
    if (key === "ArrowRight") return link.to;
    if (key === "ArrowLeft") return link.from;
    return next(inOrder.filter(other => linkOf.get(other)?.from === link.from));
  }
  if (key === "ArrowRight") return inOrder.find(other => linkOf.get(other)?.from === id);
  if (key === "ArrowLeft") return inOrder.find(other => linkOf.get(other)?.to === id);
  if (key === "Home") return nodesInOrder[0];
  if (key === "End") return nodesInOrder.at(-1);
  return next(nodesInOrder);
}

function stand(id) {
  svg.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
  drawn.get(id).setAttribute("tabindex", "0");
}

function walkTo(id) {
  stand(id);
  drawn.get(id).focus({ preventScroll: true });
  bringIntoView(id);
}

svg.addEventListener("keydown", event => {
  const id = event.target.closest("[data-id]")?.dataset.id;
  if (!id || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    show(id);
  } else if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") {
    event.preventDefault();
    const next = neighbour(id, event.key);
    if (next) walkTo(next);
  }
});
picture.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "+") zoomTo(scale * 1.25);
  else if (event.key === "-") zoomTo(scale * 0.8);
  else if (event.key === "0") fit(nodesInOrder);
});

svg.addEventListener("click", event => {
  const id = event.target.closest("[data-id]")?.dataset.id;
  if (!id || dragged?.moved) return;
  stand(id);
  drawn.get(id).focus({ preventScroll: true });
  show(id);
});

// What lies under the pointer or has the focus, with the links that meet there.
function approach(event) {
  const id = event.target.closest("[data-id]")?.dataset.id;
  for (const each of svg.querySelectorAll(".near")) each.classList.remove("near");
  if (!id) return;
  for (const link of links) {
    if (![link.id, link.from, link.to].includes(id)) continue;
    for (const near of [link.id, link.from, link.to]) drawn.get(near).classList.add("near");
  }
}

function leave() {
  for (const each of svg.querySelectorAll(".near")) each.classList.remove("near");
}

svg.addEventListener("pointerover", approach);
svg.addEventListener("focusin", approach);
svg.addEventListener("pointerleave", leave);
svg.addEventListener("focusout", leave);

for (const [id, each] of drawn) {
  each.setAttribute("role", "button");  // its title is its name
  each.setAttribute("tabindex", "-1");
  if (!linkOf.has(id)) continue;
  const wide = each.querySelector("path").cloneNode();  // a line is hard to hit
  wide.setAttribute("class", "hit");
  each.append(wide);
}
document.documentElement.classList.add("scripted");
for (const each of document.querySelectorAll("#controls, .zoom, #diagram-keys")) each.hidden = false;
if (nodesInOrder.length) stand(nodesInOrder[0]);
zoomTo(Math.min(Math.max((picture.clientWidth - MARGIN) / natural.width, READABLE), 1));
picture.scrollTo(0, 0);
