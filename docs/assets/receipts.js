/* receipts.js: opens the note behind a number as a card, on a narrow screen as a sheet. The card is
   made of the note at the end of the page (receipt.py); without it the number leads there. */
(() => {
  if (!HTMLElement.prototype.showPopover) return;
  const narrow = matchMedia("(max-width: 44.98em)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let card, number, pinned, timer, pressed;

  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    element.append(...children);
    return element;
  };
  const isOpen = () => card?.matches(":popover-open");
  const hide = () => isOpen() && card.hidePopover();
  const quotation = (link) => document.getElementById(link.parentNode.id.slice("fnref:".length));

  /* What is seen of a quotation, between marks, behind the name of a speaker who is not the author. */
  const words = (quoted, note) => {
    const copy = quoted.cloneNode(true);
    for (const unseen of copy.querySelectorAll(".for-screen-readers")) unseen.remove();
    const lines = copy.matches("blockquote") ? [...copy.children] : [copy];
    const text = lines.map((line) => line.textContent.replace(/\s+/g, " ").trim()).join("\n\n");
    const [head, through] = note.querySelectorAll(".receipt-chain li");
    return `${through ? `${head.querySelector("b").textContent}: ` : ""}“${text}”`;
  };

  /* The page of the source has its references in every style. */
  const cited = async (style, quoted, note) => {
    const answer = await fetch(note.querySelector(".receipt-foot a").href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const entry = page.querySelector(`[data-style="${style}"]`);
    const { paragraphs, source } = quoted.dataset;
    const many = paragraphs.includes(" ");
    const form = style === "bibtex" ? `\\cite[para${many ? "s" : ""}. {}]{${source}}`
      : entry.dataset[many ? "paragraphs" : "paragraph"];
    const place = form.replace("{}", paragraphs.replace(/ (.* )?/, "–"));
    const said = words(quoted, note);
    // In Chicago a note says all; the others refer to a list.
    return style === "chicago" ? `${said}\n\n${place}` : `${said} ${place}\n\n${entry.textContent.trim()}`;
  };

  const copy = async (text, status) => {
    const type = "text/plain";
    const blob = text.then((found) => new Blob([found], { type }));
    try {
      await navigator.clipboard.write([new ClipboardItem({ [type]: blob })]);
      status.textContent = "Copied.";
    } catch {
      const found = await text.catch(() => "");
      status.textContent = found ? "To copy:" : "Not found; the page of the source says how to cite it.";
      if (!found) return;
      const box = make("textarea", { readonly: "", rows: 4, "aria-label": "To copy" }, found);
      status.after(box);
      box.select();
    }
  };

  const actions = (quoted, note) => {
    const status = make("p", { role: "status", class: "note-status" });
    const button = (name, text) => {
      const made = make("button", { type: "button" }, name);
      made.addEventListener("click", () => copy(text(), status));
      return made;
    };
    const label = "Copy quotation with citation";
    const group = make("p", { role: "group", "aria-label": label }, `${label}: `);
    for (const style of ["Chicago", "APA", "MLA", "BibTeX"]) {
      group.append(button(style, () => cited(style.toLowerCase(), quoted, note)), " ");
    }
    const address = async () => `${location.href.split("#")[0]}#${quoted.id}`;
    const link = make("p", {}, button("Link to this quotation", address));
    return make("div", { class: "note-actions" }, ...("sensitive" in note.dataset ? [] : [group]), link, status);
  };

  const fill = (link, note) => {
    const close = make("button", { type: "button", class: "note-close", "aria-label": "Close" }, "×");
    close.addEventListener("click", hide);
    const rank = (part) => (part.matches(".receipt-citation") ? 1 : part.matches(".receipt-foot") ? 2 : 0);
    const parts = [...note.cloneNode(true).children].sort((a, b) => rank(a) - rank(b));
    for (const part of parts) for (const back of part.querySelectorAll(".footnote-backref")) back.remove();
    const quoted = quotation(link);
    if (quoted) parts.push(actions(quoted, note));
    return make("div", {
      class: "note-card", popover: "auto", role: "dialog", tabindex: -1, "aria-label": `Note ${link.textContent}`,
    }, close, ...parts);
  };

  /* Below the number or above the words, so that it covers none; a sheet has the words moved. */
  const place = (link) => {
    const at = link.getBoundingClientRect();
    const around = (quotation(link) || link).getBoundingClientRect();
    const box = card.getBoundingClientRect();
    if (narrow.matches) {
      const hidden = Math.max(at.bottom, around.bottom) + 12 - box.top;
      if (hidden > 0) scrollBy({ top: hidden, behavior: still.matches ? "instant" : "smooth" });
      return;
    }
    const over = at.bottom + box.height + 16 > innerHeight && Math.min(at.top, around.top) > box.height + 80;
    const top = over ? Math.min(at.top, around.top) - box.height - 6 : at.bottom + 6;
    const left = Math.max(8, Math.min(at.left - 24, document.documentElement.clientWidth - box.width - 8));
    card.style.top = `${top + scrollY}px`;
    card.style.left = `${left + scrollX}px`;
  };

  const open = (link, pin) => {
    const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!note) return;
    hide();
    const made = fill(link, note);
    [card, number, pinned] = [made, link, pin];
    link.parentNode.after(made);
    made.addEventListener("toggle", (event) => {
      if (event.newState === "open") return;
      const lost = made.contains(document.activeElement) || document.activeElement === document.body;
      made.remove();
      if (pin && lost) link.focus({ preventScroll: true });
    });
    made.showPopover();
    place(link);
    if (pin) made.focus({ preventScroll: narrow.matches });
  };

  document.addEventListener("pointerdown", () => (pressed = isOpen() && pinned ? number : null), true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".footnote-ref");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    clearTimeout(timer);
    if (pressed !== link) open(link, true);
    pressed = null;
  }, true);
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || narrow.matches || (isOpen() && pinned)) return;
    const link = event.target.closest?.(".footnote-ref");
    clearTimeout(timer);
    if (link && !(isOpen() && link === number)) timer = setTimeout(open, 150, link, false);
    else if (!link && isOpen() && !card.contains(event.target)) timer = setTimeout(hide, 300);
  });

  /* On paper an address is read. */
  addEventListener("beforeprint", () => {
    for (const link of document.querySelectorAll(".receipt-foot a")) link.dataset.address = link.href;
  });
})();
