// Tables in the order of a column: numbers by value, words by the alphabet, what is missing last; a third press gives the first order back.

const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });

// What a cell sorts by: its data-value where it has one, else its words; null where it holds nothing.
function valueOf(cell) {
  const text = (cell?.dataset.value ?? cell?.textContent ?? "").trim();
  if (text === "" || text === "–") return null;
  return cell.dataset.value !== undefined && Number.isFinite(Number(text)) ? Number(text) : text;
}

function compared(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return collator.compare(a, b);
}

// The parts of a table that stay together: its row groups where it has several, else its rows; none where rows share cells.
function groupsOf(table) {
  const bodies = [...table.tBodies];
  if (bodies.length > 1) return bodies.filter(body => body.rows.length);
  return bodies.length && !bodies[0].querySelector("[rowspan]") ? [...bodies[0].rows] : [];
}

function makeSortable(table) {
  const groups = groupsOf(table);
  const head = table.tHead;
  if (groups.length < 3 || head?.rows.length !== 1 || head.querySelector("[colspan]")) return;
  const headers = [...head.rows[0].cells];
  headers.forEach((header, column) => {
    if (!header.textContent.trim() || header.querySelector(".hidden")) return;
    const button = element("button", "", { type: "button", class: "sort" });
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const now = { none: "ascending", ascending: "descending", descending: "none" }[header.getAttribute("aria-sort") ?? "none"];
      for (const each of headers) each.removeAttribute("aria-sort");
      if (now !== "none") header.setAttribute("aria-sort", now);
      const keyed = groups.map(group => [valueOf((group.rows?.[0] ?? group).cells[column]), group]);
      const turn = now === "descending" ? -1 : 1;
      if (now !== "none") keyed.sort(([a], [b]) => (a === null) - (b === null) || (a === null ? 0 : turn * compared(a, b)));
      groups[0].parentNode.append(...keyed.map(([, group]) => group));
    });
  });
}

document.querySelectorAll("table.sortable").forEach(makeSortable);
