// Tables in the order of a column: numbers, days and words of a scale by value, other words by the alphabet, what is missing last; a third press gives the first order back.

const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });

// What a cell sorts by: its data-value; else in a column of numbers the count it holds, and elsewhere its words. Null where there is nothing to sort by.
function valueOf(cell, numbers) {
  const text = cell?.textContent.trim() ?? "", value = cell?.dataset.value;
  if (value !== undefined) return value === "" ? null : Number(value);
  if (!numbers) return text === "–" ? null : text || null;
  return /^\d[\d\s.,'’]*$/.test(text) ? Number(text.replace(/\D/g, "")) : null;
}

const compared = (a, b) => typeof a === "number" && typeof b === "number" ? a - b : typeof a === typeof b ? collator.compare(a, b) : typeof a === "number" ? -1 : 1;

// The parts of a table that stay together: its row groups where it has several, else its rows; none where cells span several.
function groupsOf(table) {
  const bodies = [...table.tBodies];
  if (bodies.length > 1) return bodies.filter(body => body.rows.length);
  return bodies.length && !bodies[0].querySelector("[rowspan], [colspan]") ? [...bodies[0].rows] : [];
}

function makeSortable(table) {
  const groups = groupsOf(table);
  const head = table.tHead;
  if (groups.length < 3 || head?.rows.length !== 1 || head.querySelector("[colspan]")) return;
  const headers = [...head.rows[0].cells];
  headers.forEach((header, column) => {
    const keyed = groups.map(group => [valueOf((group.rows?.[0] ?? group).cells[column], header.classList.contains("number")), group]);
    if (keyed.every(([key]) => key === null)) return;
    const button = element("button", "", { type: "button", class: "sort" });
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const now = { none: "ascending", ascending: "descending", descending: "none" }[header.getAttribute("aria-sort") ?? "none"];
      for (const each of headers) each.removeAttribute("aria-sort");
      if (now !== "none") header.setAttribute("aria-sort", now);
      const turn = { none: 0, ascending: 1, descending: -1 }[now];
      const sorted = turn ? [...keyed].sort(([a], [b]) => (a === null) - (b === null) || (a === null ? 0 : turn * compared(a, b))) : keyed;
      groups[0].parentNode.append(...sorted.map(([, group]) => group));
    });
  });
}

document.querySelectorAll("table.sortable").forEach(makeSortable);

// What can be scrolled can be reached with keys, and nothing else.
const regions = document.querySelectorAll(".scroll, .chart");
const resized = new ResizeObserver(() => {
  const long = [...regions].map(each => each.scrollWidth > each.clientWidth);
  regions.forEach((each, number) => long[number] ? each.setAttribute("tabindex", "0") : each.removeAttribute("tabindex"));
});
for (const each of regions) resized.observe(each);
