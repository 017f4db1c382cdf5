// The theory as the page holds it: its data, what is drawn of it, and what is said of it. A page without a theory needs no more than its tables.

const picture = document.getElementById("diagram");
if (!picture) return;

const data = JSON.parse(document.getElementById("theory-data").textContent);
const words = data.words;
const svg = picture.querySelector("svg");
const drawn = new Map([...svg.querySelectorAll("[data-id]")].map(each => [each.dataset.id, each]));
const entries = new Map([...document.querySelectorAll(".entry[data-id]")].map(each => [each.dataset.id, each]));
const nodes = data.nodes.map(([id]) => id);
const told = new Map(data.nodes.map(([id, title, lang, kind]) => [id, { title, lang, kind }]));
const links = data.links.map(([id, from, to]) => ({ id, from: nodes[from], to: nodes[to] }));
for (const link of links) {
  const from = told.get(link.from), to = told.get(link.to);
  told.set(link.id, { title: `${from.title} → ${to.title}`, lang: from.lang === to.lang ? from.lang : "", kind: words.link });
}

// An element with text in it; the text of a model never becomes markup.
function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// What the page calls something of the model, in the language and the direction of its title.
const named = (name, { title, lang }, attributes = {}) => element(name, title, { dir: "auto", ...(lang && { lang }), ...attributes });

// A list of links, each of which shows a node or link of the theory in the panel.
function listOf(ids) {
  return ids.map(id => {
    const item = element("li");
    item.append(named("a", told.get(id), { href: "#diagram", "data-shows": id }));
    return item;
  });
}

// Words with values in their places; a value is put in as it is, whatever it holds.
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
