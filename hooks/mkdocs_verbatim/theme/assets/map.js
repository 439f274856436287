/* map.js: says how much a filter leaves, and lights the lines of the statement under the pointer or
   the focus. The filter itself is map.css, and works without this. */

for (const map of document.querySelectorAll(".map")) {
  const status = map.querySelector(".map-status");
  const picture = map.querySelector(".map-picture");
  const entries = [...map.querySelectorAll(".map-entry")];
  const relations = [...map.querySelectorAll(".map-relation")];
  if (!status || !picture) continue;

  const isShown = (element) => element.offsetParent !== null;
  const count = (elements) =>
    new Set(elements.map(({ classList, dataset }) => [...classList, dataset.from, dataset.to].join())).size;

  map.addEventListener("change", () => {
    const statements = entries.filter(isShown).length;
    const drawn = count(relations.filter(isShown));
    status.textContent =
      `Shown: ${statements} of ${entries.length} statements, ${drawn} of ${count(relations)} relations.`;
  });

  const light = (node) => {
    picture.classList.toggle("map-lights", node !== null);
    for (const lit of picture.querySelectorAll(".map-lit")) lit.classList.remove("map-lit");
    if (node === null) return;
    const ids = new Set([node.dataset.node]);
    for (const line of picture.querySelectorAll("[data-from]")) {
      const { from, to } = line.dataset;
      if (from !== node.dataset.node && to !== node.dataset.node) continue;
      line.closest(".map-wire").classList.add("map-lit");
      ids.add(from).add(to);
    }
    for (const box of picture.querySelectorAll(".map-node")) {
      box.classList.toggle("map-lit", ids.has(box.dataset.node));
    }
  };
  for (const begins of ["pointerover", "focusin"]) {
    picture.addEventListener(begins, (event) => light(event.target.closest(".map-node")));
  }
  for (const ends of ["pointerleave", "focusout"]) picture.addEventListener(ends, () => light(null));
}
