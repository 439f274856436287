/* later.js: asks for all other scripts when the page has been read; asked for before, they would
   delay its first picture. */

(() => {
  const here = document.currentScript.src;
  const ask = () => {
    const script = document.createElement("script");
    script.src = new URL("site.js", here);
    document.head.append(script);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ask);
  else ask();
})();
