// Keeps a part of a page fresh: <div id="…" data-live="SECONDS">, from this page or the one in data-live-from.
// Without scripts the page has a link to load it again.
"use strict";

(() => {
  const parser = new DOMParser();

  async function refresh(part) {
    const seconds = Number(part.dataset.live);
    if (!seconds) return;
    try {
      const answer = await fetch(part.dataset.liveFrom || window.location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (answer.status === 404 && !part.dataset.liveFrom) window.location.reload(); // the page is gone; say so instead of showing old numbers
      const fresh = answer.ok && parser.parseFromString(await answer.text(), "text/html").getElementById(part.id);
      if (fresh) {
        part.dataset.live = fresh.dataset.live || ""; // a part that is finished asks no more
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
