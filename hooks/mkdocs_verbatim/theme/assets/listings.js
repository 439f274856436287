/* listings.js: chooses among all quotations (quotes.py), and lights what a link into a source means
   (excerpts.py). Without it the list is whole, and the choices lead to headings and pages. */
(() => {
  const NAMES = ["speaker", "source", "page", "words"];
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toLowerCase();
  const asked = () => new URLSearchParams(location.search);

  const fits = (entry, wanted) => {
    const { speaker, source } = entry.querySelector(".quotation").dataset;
    const has = { speaker: [speaker], source: [source], page: entry.dataset.pages.split(" ") };
    const text = plain(entry.textContent);
    const found = (name) => !wanted.get(name) || has[name].includes(wanted.get(name));
    const words = plain(wanted.get("words") || "").split(/\s+/);
    return Object.keys(has).every(found) && words.every((word) => text.includes(word));
  };

  /* What the address would be with one choice made, or taken back where it is made already. */
  const address = (name, value) => {
    const wanted = asked();
    if (!value || wanted.get(name) === value) wanted.delete(name);
    else wanted.set(name, value);
    return `${location.pathname}?${wanted}`.replace(/\?$/, "");
  };

  const choose = (form) => {
    const wanted = asked();
    const entries = [...document.querySelectorAll(".quotes > li")];
    for (const entry of entries) entry.hidden = !fits(entry, wanted);
    const shown = entries.filter((entry) => !entry.hidden).length;
    for (const list of document.querySelectorAll(".quotes")) {
      list.previousElementSibling.hidden = list.hidden = !list.querySelector("li:not([hidden])");
    }
    for (const link of document.querySelectorAll(".quotes-facets a")) {
      const { name, value } = link.dataset;
      link.href = address(name, value);
      if (wanted.get(name) === value) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const count = document.querySelector(".quotes-count");
    const all = entries.length;
    const limited = NAMES.some((name) => wanted.get(name));
    count.textContent = limited ? `${shown} of ${all} quotations. ` : `${all} quotation${all === 1 ? "" : "s"}.`;
    if (limited) {
      const link = document.createElement("a");
      link.href = location.pathname;
      link.textContent = "Show all";
      count.append(link);
    }
    if (form.words !== document.activeElement) form.words.value = wanted.get("words") || "";
  };

  const start = () => {
    for (const piece of document.querySelectorAll("[data-passage]")) {
      piece.classList.toggle("lit", `#${piece.dataset.passage}` === location.hash);
    }
    const form = document.querySelector(".quotes-filter");
    if (!form || !document.querySelector(".quotes")) return;
    form.hidden = false;
    // On a narrow screen the choices would fill the first page.
    const chosen = NAMES.some((name) => name !== "words" && asked().get(name));
    if (!chosen && matchMedia("(max-width: 44.98em)").matches) {
      document.querySelector(".quotes-choice").open = false;
    }
    choose(form);
    const aim = document.getElementById(location.hash.slice(1));
    if (!aim?.closest("[hidden]")) return;
    // A link leads to what was not chosen: then all is shown.
    history.replaceState(null, "", location.pathname + location.hash);
    choose(form);
    aim.scrollIntoView();
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest(".quotes-filter");
    if (!form) return;
    const typed = form.words.value.trim() && form.words.value;
    // The same again would be taken back.
    if (typed !== asked().get("words")) history.replaceState(null, "", address("words", typed));
    choose(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches(".quotes-filter")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".quotes-facets a, .quotes-count a");
    const form = document.querySelector(".quotes-filter:not([hidden])");
    if (!link || !form || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // With instant navigation the theme would load the page.
    history.pushState(null, "", link.href);
    choose(form);
  }, true);
  addEventListener("popstate", start);
  addEventListener("hashchange", start);
  // The theme may show another page without loading one.
  if (window.document$) document$.subscribe(start);
  else start();
})();
