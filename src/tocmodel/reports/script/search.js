// Finding nodes by title or id, whatever the case and the accents.

const MOST_FOUND = 8;
const find = document.getElementById("find");
const found = document.getElementById("found");
const foldedText = text => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLocaleLowerCase();
const searched = data.nodes.map(([id, title]) => [id, foldedText(`${title} ${id}`)]);

function search() {
  const terms = foldedText(find.value).split(/\s+/).filter(Boolean);
  const hits = terms.length ? searched.filter(([, text]) => terms.every(term => text.includes(term))).map(([id]) => id) : [];
  found.replaceChildren(...listOf(hits.slice(0, MOST_FOUND)));
  document.getElementById("found-count").textContent = terms.length ? filled(hits.length > MOST_FOUND ? words.foundMore : words.found, { count: hits.length, shown: MOST_FOUND }) : "";
}

find.addEventListener("input", search);
find.addEventListener("keydown", event => {
  if (event.key === "ArrowDown" && found.firstChild) {
    event.preventDefault();
    found.querySelector("a").focus();
  }
});
found.addEventListener("keydown", event => {
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
