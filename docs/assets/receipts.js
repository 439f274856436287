/* receipts.js: Escape closes the card behind a number. The theme opens the cards; without it the
   numbers lead to the notes at the end of the page. */

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const number of document.querySelectorAll(".footnote-ref")) {
    if (!number.matches(":hover, :focus") && !number.hasAttribute("aria-controls")) continue;
    number.dispatchEvent(new MouseEvent("mouseleave"));
    number.blur();
  }
});
