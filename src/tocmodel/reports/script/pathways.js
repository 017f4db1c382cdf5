// Following pathways: what lies on the way from an activity to an objective, what all of them pass, and where they are weakest.

const ways = document.getElementById("ways");

function badge(id, sign) {
  const shape = drawn.get(id).querySelector("path, polygon");
  const { x, y } = linkOf.has(id) ? shape.getPointAtLength(shape.getTotalLength() / 2) : shape.getBBox();
  const text = document.createElementNS(svg.namespaceURI, "text");
  text.textContent = sign;
  for (const [key, value] of Object.entries({ x, y: y + 3, class: "badge", "text-anchor": "middle", "aria-hidden": "true" })) text.setAttribute(key, value);
  drawn.get(id).append(text);
}

function part(sign, title, ids) {
  if (!ids.length) return [];
  const list = element("ul");
  list.append(...listOf(ids));
  const made = element("div");
  made.append(element("h3", `${sign} ${title}`), list);
  return [made];
}

function follow() {
  const [from, to] = ["ways-from", "ways-to"].map(id => document.getElementById(id).value);
  for (const each of svg.querySelectorAll(".badge")) each.remove();
  for (const each of drawn.values()) each.classList.remove("lit", "passed", "weak");
  svg.classList.toggle("traced", Boolean(from || to));
  const said = document.getElementById("way"), parts = document.getElementById("way-parts");
  said.textContent = "";
  parts.replaceChildren();
  if (!from && !to) return;

  const leading = new Set(to ? data.behind[to] : links.keys());
  const on = (from ? data.ahead[from] : [...links.keys()]).filter(number => leading.has(number)).map(number => links[number]);
  const onWay = nodesInOrder.filter(id => on.some(link => link.from === id || link.to === id));
  for (const id of [...onWay, ...on.map(link => link.id)]) drawn.get(id).classList.add("lit");
  if (!on.length) {
    said.textContent = words.none;
    return;
  }
  const pair = data.pairs[from]?.[to] ?? { nodes: [], links: [], weakest: [], why: [] };
  const passed = [...pair.nodes.map(number => nodes[number]), ...pair.links.map(number => links[number].id)];
  const weakest = pair.weakest.map(number => links[number].id);
  for (const id of passed) drawn.get(id).classList.add("passed");
  for (const id of weakest) drawn.get(id).classList.add("weak");
  for (const id of passed) if (!linkOf.has(id)) badge(id, "◆");
  for (const id of weakest) badge(id, "▲");
  const counts = [filled(words.ways, { nodes: onWay.length, links: on.length })];
  if (from && to) {
    counts.push(`${words.passed}: ${passed.length}.`, `${words.weakest}: ${weakest.length}.`);
  }
  said.textContent = counts.join(" ");
  parts.replaceChildren(
    ...part("◆", words.passed, passed),
    ...part("▲", `${words.weakest} (${pair.why.map(why => words[why]).join(", ")})`, weakest),
    ...part("", words.on, onWay),
  );
  fit(onWay, READABLE);
}

ways?.addEventListener("change", follow);
ways?.addEventListener("submit", event => event.preventDefault());
ways?.addEventListener("reset", event => {
  event.preventDefault();  // the browser would empty the choices only after this
  for (const choice of ways.querySelectorAll("select")) choice.value = "";
  follow();
});
