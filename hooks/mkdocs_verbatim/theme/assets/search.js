/* search.js: fills the search dialog. The index is fetched when a reader first opens it. Pages come
   before their parts and before what the build lists; every word of the query must begin a word. */

(() => {
  const dialog = document.querySelector("dialog.search");
  if (!dialog) return;
  const query = dialog.querySelector("input");
  const list = dialog.querySelector("ol");
  const state = dialog.querySelector("[role=status]");
  const MOST = 20;
  const AROUND = 60;
  const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: "\u201d", "#39": "\u2019", nbsp: " " };
  let index = null;

  // The number of a note says nothing where the note is not.
  const plain = (html) =>
    html
      .replace(/<sup>.*?<\/sup>/g, "")
      .replace(/<[^>]*>/g, " ")
      .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name) => ENTITIES[name])
      .replace(/\s+/g, " ")
      .trim();

  // One character for one: what is found in the folded text stands at the same place in the text.
  const fold = (text) =>
    Array.from(text, (c) => {
      const folded = c.normalize("NFD").charAt(0).toLowerCase();
      return c.length === 1 && folded.length === 1 ? folded : c;
    })
      .join("")
      .replace(/[\u2018\u2019]/g, "'")
      .replace(/[\u2010-\u2015]/g, "-");

  const load = () =>
    (index ??= fetch(dialog.dataset.index)
      .then((answer) => answer.json())
      .then(({ docs }) => {
        const titles = new Map();
        return docs.map(({ location, title, text, boost = 1 }) => {
          const page = location.split("#")[0];
          const entry = { location, page, title: plain(title), text: plain(text), boost };
          if (!titles.has(page)) titles.set(page, entry.title);
          entry.of = titles.get(page);
          entry.folded = [fold(entry.title), fold(entry.text)];
          return entry;
        });
      })
      .catch((error) => {
        index = null;
        throw error;
      }));

  const places = (word, text) => {
    const found = [];
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])) found.push(at);
    }
    return found;
  };

  const score = (entry, words) => {
    let total = entry.location === entry.page ? 1 : 0;
    for (const word of words) {
      const [title, text] = entry.folded.map((part) => places(word, part).length);
      if (!title && !text) return 0;
      total += title * 10 + Math.min(text, 5);
    }
    return total * entry.boost;
  };

  const marked = (text, folded, words) => {
    const first = Math.min(...words.flatMap((word) => places(word, folded)), text.length);
    let start = Math.max(0, (first < text.length ? first : 0) - AROUND);
    if (start > 0) start = text.indexOf(" ", start) + 1;
    let end = Math.min(text.length, start + 3 * AROUND);
    if (end < text.length) end = text.lastIndexOf(" ", end);
    const spans = words
      .flatMap((word) => places(word, folded).map((at) => [at, at + word.length]))
      .filter(([from, to]) => from >= start && to <= end)
      .sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const parts = [start > 0 ? "… " : ""];
    let at = start;
    for (const [from, to] of spans) {
      if (from < at) continue;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      parts.push(text.slice(at, from), mark);
      at = to;
    }
    return [...parts, text.slice(at, end), end < text.length ? " …" : ""];
  };

  const shown = (entry, words) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = dialog.dataset.base + entry.location;
    link.textContent = entry.title;
    item.append(link);
    if (entry.title !== entry.of) {
      const page = document.createElement("span");
      page.className = "search__page";
      page.textContent = entry.of;
      item.append(" ", page);
    }
    if (entry.text) {
      const text = document.createElement("p");
      text.append(...marked(entry.text, entry.folded[1], words));
      item.append(text);
    }
    return item;
  };

  const search = async () => {
    const words = fold(query.value).split(/[^\p{L}\p{N}'-]+/u).filter(Boolean);
    const asked = query.value;
    try {
      const entries = words.length ? await load() : [];
      if (asked !== query.value) return;
      // What the build lists says less than a page: its weight is below 1, and it comes last.
      const found = entries
        .map((entry) => ({ entry, points: score(entry, words) }))
        .filter(({ points }) => points > 0)
        .sort((a, b) => (b.entry.boost >= 1) - (a.entry.boost >= 1) || b.points - a.points);
      list.replaceChildren(...found.slice(0, MOST).map(({ entry }) => shown(entry, words)));
      const count = found.length === 1 ? "1 result" : `${found.length || "No"} results`;
      state.textContent = words.length
        ? count + (found.length > MOST ? `, the first ${MOST} shown` : "")
        : "";
    } catch {
      list.replaceChildren();
      state.textContent = "The search index could not be loaded.";
    }
  };

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    query.select();
    load().catch(() => {});
  };

  query.addEventListener("input", search);
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (event.target === dialog || link || event.target.closest("[data-search-close]")) {
      dialog.close();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-search-open]")) open();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    open();
  });
})();
