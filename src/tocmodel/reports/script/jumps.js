// A jump to something folded, or inside something folded, unfolds it.

function unfold() {
  const target = document.getElementById(location.hash.slice(1));
  for (let each = target?.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
  target?.scrollIntoView();
}

addEventListener("hashchange", unfold);
document.addEventListener("click", event => {
  const address = event.target.closest("a")?.getAttribute("href");
  if (address === location.hash && !event.defaultPrevented) unfold();  // a second jump to the same place changes no address
});
unfold();
