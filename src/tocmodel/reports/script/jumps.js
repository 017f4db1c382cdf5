// A jump to something folded unfolds it.

function unfold() {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.tagName === "DETAILS") target.open = true;
}

addEventListener("hashchange", unfold);
unfold();
