/* menu.js: closes a part of the menu on Escape, on a click elsewhere, and when focus leaves it. The
   parts open and close without it. */

(() => {
  const parts = document.querySelectorAll(".site-nav details");
  const wide = matchMedia("(min-width: 60em)");
  const close = (part) => {
    if (wide.matches) part.open = false;
  };
  for (const part of parts) {
    part.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !part.contains(relatedTarget)) close(part);
    });
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !part.open) return;
      close(part);
      part.querySelector("summary").focus();
    });
  }
  document.addEventListener("click", ({ target }) => {
    for (const part of parts) if (!part.contains(target)) close(part);
  });
})();
