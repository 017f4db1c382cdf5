// Finding nodes by title or id, and what is said of them and their links, whatever the case and the accents.

const MOST_FOUND = 200;
const find = document.getElementById("find");
const found = document.getElementById("found");
const foldedText = text => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLocaleLowerCase();
const searched = [
  ...data.nodes.map(([id, title, lang, kind]) => ({ where: id, title, lang, kind, text: foldedText(`${title} ${id}`) })),
  ...data.texts.map(([where, title, lang, kind]) => ({ where, title, lang, kind, text: foldedText(title) })),
].filter(({ where }) => drawn.has(where) || document.getElementById(where.slice(1)));  // the page may be too short for all

function hit(item) {
  const place = drawn.has(item.where) ? { href: "#diagram", "data-shows": item.where } : { href: item.where };
  const made = element("li");
  made.append(named("a", item, place), " ", element("span", item.kind, { class: "small" }));
  return made;
}

function search() {
  const terms = foldedText(find.value).split(/\s+/).filter(Boolean);
  const hits = terms.length ? searched.filter(({ text }) => terms.every(term => text.includes(term))) : [];
  found.replaceChildren(...hits.slice(0, MOST_FOUND).map(hit));
  document.getElementById("found-count").textContent = terms.length ? filled(hits.length > MOST_FOUND ? words.foundMore : words.found, { count: hits.length, shown: MOST_FOUND }) : "";
  for (const each of svg.querySelectorAll(".found")) each.classList.remove("found");
  for (const { where } of hits) drawn.get(where)?.classList.add("found");
}

find.addEventListener("input", search);
find.addEventListener("keydown", event => {
  if (event.key === "ArrowDown" && found.firstChild) {
    event.preventDefault();
    found.querySelector("a").focus();
  } else if (event.key === "Escape" && find.value) {
    event.preventDefault();
    find.value = "";
    search();
  }
});
found.addEventListener("keydown", event => {
  if (event.key === "Escape" && panel.hidden) find.focus();
  const side = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (!side) return;
  event.preventDefault();
  const next = event.target.closest("li")[side];
  if (next) next.querySelector("a").focus();
  else if (event.key === "ArrowUp") find.focus();
});
document.getElementById("find-form").addEventListener("submit", event => {
  event.preventDefault();
  found.querySelector("a")?.click();
});
