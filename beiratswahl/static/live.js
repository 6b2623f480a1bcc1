// Keeps a part of a page fresh: <div id="…" data-live="SECONDS">. Without scripts the page has a link to load it again.
"use strict";

(() => {
  const parser = new DOMParser();

  async function refresh(part) {
    const seconds = Number(part.dataset.live);
    if (!seconds) return;
    try {
      const answer = await fetch(window.location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      const fresh = answer.ok && parser.parseFromString(await answer.text(), "text/html").getElementById(part.id);
      if (fresh) {
        const inside = part.contains(document.activeElement);
        if (!inside) {
          part.replaceWith(fresh);
          part = fresh;
        }
      }
    } catch {
      // the network may be away for a while; the next turn tries again
    }
    window.setTimeout(() => refresh(part), seconds * 1000);
  }

  for (const part of document.querySelectorAll("[data-live]")) {
    window.setTimeout(() => refresh(part), Number(part.dataset.live) * 1000);
  }
})();
