// Asks whether a result page has become old, and says so without moving what is being read:
// <div id="neues" role="status" data-state="…"> with its text in <template id="neues-text">. Without scripts nothing happens.
"use strict";

(() => {
  const EVERY_MS = 30_000;
  const parser = new DOMParser();
  const bar = document.getElementById("neues");
  const text = document.getElementById("neues-text");
  let seen = ""; // fingerprint of the last answer; the same one is not read again
  let asked = Date.now();
  let timer = 0;

  function tell() {
    bar.replaceChildren(text.content.cloneNode(true));
    bar.querySelector("button").addEventListener("click", () => window.location.reload()); // the reader stays where the page was read
  }

  async function ask() {
    window.clearTimeout(timer);
    asked = Date.now();
    try {
      // no-cache: the browser asks with If-None-Match for what it has, and a page that is still the newest is not sent again
      const answer = await fetch(window.location.pathname, { headers: { Accept: "text/html" }, cache: "no-cache", credentials: "same-origin" });
      const fingerprint = answer.headers.get("ETag") || "";
      if (answer.ok && (!fingerprint || fingerprint !== seen)) {
        seen = fingerprint;
        const now = parser.parseFromString(await answer.text(), "text/html").getElementById("neues");
        if (now && now.dataset.state !== bar.dataset.state) return tell();
      }
    } catch {
      // the network may be away for a while; the next turn tries again
    }
    timer = window.setTimeout(askIfSeen, EVERY_MS);
  }

  function askIfSeen() {
    if (document.visibilityState === "visible") ask();
  }

  // whoever comes back to the page learns at once, but not with every change of the window
  document.addEventListener("visibilitychange", () => {
    if (!bar.childElementCount && Date.now() - asked >= 5_000) askIfSeen();
  });
  if (bar && text) timer = window.setTimeout(askIfSeen, EVERY_MS);
})();
