/* glossary.js: opens a word's entry of the glossary at the word, as a card like that of a number
   (receipts.js). Without it the word leads to its entry. */
(() => {
  if (!HTMLElement.prototype.showPopover) return;
  const glossary = /\/glossary(\/(index\.html)?|\.html)$/;
  const pages = new Map();

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const read = async (address) => {
    if (!pages.has(address)) {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(answer.statusText);
      pages.set(address, new DOMParser().parseFromString(await answer.text(), "text/html"));
    }
    return pages.get(address);
  };

  /* The definitions below a term, their numbers left out: these lead to notes of the glossary. */
  const entry = (page, id, address) => {
    const term = page.getElementById(id);
    if (!term?.matches("dt")) return null;
    const parts = [make("p", { className: "note-term" }, term.textContent.replace("¶", "").trim())];
    for (let next = term.nextElementSibling; next?.matches("dd"); next = next.nextElementSibling) {
      parts.push(make("div", {}, ...document.importNode(next, true).childNodes));
    }
    for (const part of parts) {
      for (const number of part.querySelectorAll("sup")) number.remove();
      for (const link of part.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), address);
      for (const named of part.querySelectorAll("[id]")) named.removeAttribute("id");
    }
    return parts;
  };

  const open = async (link) => {
    const parts = entry(await read(link.href.split("#")[0]), link.hash.slice(1), link.href);
    if (!parts) throw new Error("no such term");
    const close = make("button", { type: "button", className: "note-close", ariaLabel: "Close" }, "×");
    const all = make("p", {}, make("a", { href: link.href }, "Open in the glossary, with its sources"));
    const card = make("div", { className: "note-card", popover: "auto", role: "dialog", tabIndex: -1 }, close, ...parts, all);
    card.ariaLabel = `Meaning of ${link.textContent}`;
    close.onclick = () => card.hidePopover();
    card.ontoggle = (event) => {
      if (event.newState === "open") return;
      const lost = document.activeElement.matches("body, main") || card.contains(document.activeElement);
      card.remove();
      if (lost) link.focus({ preventScroll: true });
    };
    link.after(card);
    card.showPopover();
    if (!matchMedia("(max-width: 44.98em)").matches) {
      const at = link.getBoundingClientRect(), box = card.getBoundingClientRect();
      const left = Math.min(at.left, document.documentElement.clientWidth - box.width - 8);
      card.style.top = `${at.bottom + 6 + scrollY}px`;
      card.style.left = `${Math.max(8, left) + scrollX}px`;
    }
    card.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("main a[href]");
    if (!link?.hash || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!glossary.test(link.pathname) || link.closest("[popover]")) return;
    if (link.origin !== location.origin || link.pathname === location.pathname) return;
    event.preventDefault();
    open(link).catch(() => location.assign(link.href));
  });
})();
