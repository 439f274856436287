/* receipts.js: opens the note behind a number as a card, on a narrow screen as a sheet. The card is
   made of the note at the end of the page (receipt.py); without it the number leads there. */
(() => {
  if (!HTMLElement.prototype.showPopover) return;
  const narrow = matchMedia("(max-width: 44.98em)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let card, number, pinned, pressed, timer;

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const button = (text, onclick, more) => make("button", { type: "button", onclick, ...more }, text);
  const isOpen = () => card?.matches(":popover-open");
  const hide = () => isOpen() && card.hidePopover();
  const numberAt = (event) => event.target.closest?.(".footnote-ref");
  const quotedBy = (link) => document.getElementById(link.parentNode.id.replace("fnref:", ""));

  /* What is seen of a quotation, after the name of a speaker who is not the source's author. */
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
    const many = paragraphs.includes(" ") ? "s" : "";
    const form = style === "bibtex" ? `\\cite[para${many}. {}]{${source}}` : entry.dataset[`paragraph${many}`];
    const place = form.replace("{}", paragraphs.replace(/ (.* )?/, "–"));
    // A note may say all; a citation in the text refers to a list.
    if ("inNotes" in entry.dataset) return `${words(quoted, note)}\n\n${place}`;
    return `${words(quoted, note)} ${place}\n\n${entry.textContent.trim()}`;
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
      const box = make("textarea", { value: found, readOnly: true, rows: 4, ariaLabel: "To copy" });
      status.append(box);
      box.select();
    }
  };

  const actions = (quoted, note) => {
    const status = make("p", { role: "status" });
    const label = "Copy quotation with citation";
    const group = make("p", { role: "group", ariaLabel: label }, `${label}: `);
    for (const each of note.closest("[data-styles]").dataset.styles.split("; ")) {
      const [style, name] = each.split(": ");
      group.append(button(name, () => copy(cited(style, quoted, note), status)), " ");
    }
    const address = () => copy(Promise.resolve(`${location.href.split("#")[0]}#${quoted.id}`), status);
    const link = make("p", {}, button("Link to this quotation", address));
    return make("div", { className: "note-actions" }, ..."sensitive" in note.dataset ? [] : [group], link, status);
  };

  const fill = (link, note) => {
    const rank = (part) => part.matches(".receipt-citation") + 2 * part.matches(".receipt-foot");
    const parts = [...note.cloneNode(true).children].sort((a, b) => rank(a) - rank(b));
    for (const part of parts) for (const back of part.querySelectorAll(".footnote-backref")) back.remove();
    const close = button("×", hide, { className: "note-close", ariaLabel: "Close" });
    const made = make("div", { className: "note-card", popover: "auto", role: "dialog", tabIndex: -1 }, close, ...parts);
    made.ariaLabel = `Note ${link.textContent}`;
    if (quotedBy(link)) made.append(actions(quotedBy(link), note));
    return made;
  };

  /* Below the number or above the words, so that it covers none; over a sheet the words are moved. */
  const place = (link) => {
    const at = link.getBoundingClientRect(), box = card.getBoundingClientRect();
    const around = quotedBy(link)?.getBoundingClientRect() || at;
    if (narrow.matches) {
      const hidden = Math.max(at.bottom, around.bottom) + 12 - box.top;
      if (hidden > 0) scrollBy({ top: hidden, behavior: still.matches ? "instant" : "smooth" });
      return;
    }
    const first = Math.min(at.top, around.top) - box.height - 6;
    const top = first > 60 && at.bottom + box.height + 16 > innerHeight ? first : at.bottom + 6;
    const left = Math.min(at.left - 24, document.documentElement.clientWidth - box.width - 8);
    card.style.top = `${top + scrollY}px`;
    card.style.left = `${Math.max(8, left) + scrollX}px`;
  };

  const open = (link, pin) => {
    const note = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    hide();
    const made = fill(link, note);
    [card, number, pinned] = [made, link, pin];
    made.ontoggle = (event) => {
      if (event.newState === "open") return;
      // A click on running text puts the focus on what holds it.
      const lost = document.activeElement.matches("body, main") || made.contains(document.activeElement);
      made.remove();
      if (pin && lost) link.focus({ preventScroll: true });
    };
    link.parentNode.after(made);
    made.showPopover();
    place(link);
    if (pin) made.focus({ preventScroll: narrow.matches });
  };

  document.addEventListener("pointerdown", () => (pressed = isOpen() && pinned && number), true);
  document.addEventListener("click", (event) => {
    const link = numberAt(event);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // With instant navigation the theme would go to the note.
    clearTimeout(timer);
    // What closes the card by its own number does not open it again.
    if (pressed !== link) open(link, true);
    pressed = null;
  }, true);
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || narrow.matches || (isOpen() && pinned)) return;
    const link = numberAt(event);
    clearTimeout(timer);
    if (link && !(isOpen() && link === number)) timer = setTimeout(open, 150, link, false);
    else if (!link && isOpen() && !card.contains(event.target)) timer = setTimeout(hide, 300);
  });

  /* On paper an address is read. */
  addEventListener("beforeprint", () => {
    for (const link of document.querySelectorAll(".receipt-foot a")) link.setAttribute("data-address", link.href);
  });
})();
