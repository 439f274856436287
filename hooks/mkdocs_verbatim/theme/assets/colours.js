/* colours.js: light, dark, or as the system has it, which is so where no script runs. Of a choice
   other than the system's, the browser keeps one word. */

(() => {
  const NAMES = { system: "as the system", default: "light", slate: "dark" };
  const KEY = "colours";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let choice = "system";
  try {
    choice = localStorage.getItem(KEY) ?? choice;
  } catch {
    // A browser that keeps nothing has the system's colours on every page.
  }
  if (!Object.hasOwn(NAMES, choice)) choice = "system";

  const show = () => {
    const system = dark.matches ? "slate" : "default";
    root.setAttribute("data-md-color-scheme", choice === "system" ? system : choice);
    const button = document.querySelector("[data-colours]");
    if (button) button.setAttribute("aria-label", button.title = `Colours: ${NAMES[choice]}`);
  };

  const keep = () => {
    try {
      if (choice === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, choice);
    } catch {
      // Then the choice holds for this page.
    }
  };

  root.classList.replace("no-js", "js");
  show();
  dark.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-colours]")) return;
    const names = Object.keys(NAMES);
    choice = names[(names.indexOf(choice) + 1) % names.length];
    keep();
    show();
  });
})();
