// Keeps a part of a page fresh: <div id="…" data-live="SECONDS">, of this page or of the one in data-live-from. Without scripts the page has a link to load it again.
"use strict";

(() => {
  const parser = new DOMParser();

  async function refresh(part) {
    const seconds = Number(part.dataset.live);
    if (!seconds) return;
    try {
      const answer = await fetch(part.dataset.liveFrom || window.location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      const fresh = answer.ok && parser.parseFromString(await answer.text(), "text/html").getElementById(part.id);
      if (fresh) {
        const inside = part.contains(document.activeElement);
        // the part itself stays, so that a screen reader announces what is new in it; nothing new is not announced
        if (!inside && part.innerHTML.trim() !== fresh.innerHTML.trim()) part.replaceChildren(...fresh.childNodes);
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
