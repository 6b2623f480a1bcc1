// The counting door. Everything works without this script; with it the paper is drawn while somebody types, recording does not load the
// page anew, and an entry survives the loss of the network. The server alone reads and judges; nothing is decided here.
"use strict";

const ASK_AFTER_MS = 120;
const SEND_AGAIN_AFTER_MS = 3000;
const PARTS_AFTER_RECORDING = ["stand", "gelesen", "zeichnung", "letzte", "meldung"];

const byId = (id) => document.getElementById(id);
const form = byId("erfassung");
const typed = byId("eingabe");

// a kept answer of the server, put where it belongs
function put(page, ids) {
  for (const id of ids) {
    const old = byId(id);
    const fresh = page.getElementById(id);
    if (old && fresh) old.replaceChildren(...fresh.childNodes);
  }
}

function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

// works without a secure context, unlike crypto.randomUUID
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say(words) {
  const net = byId("netz");
  net.textContent = words;
  net.hidden = words === "";
}

let asking = null;
let timer = 0;
let sending = null;

function askSoon() {
  clearTimeout(timer);
  timer = setTimeout(ask, ASK_AFTER_MS);
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(form.dataset.check, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Part": "gelesen" },
      signal: asking.signal,
    });
    if (!answer.ok || answer.redirected || sending) return;
    const page = parsed(await answer.text());
    if (typed) put(page, ["gelesen", "zeichnung"]);
    else byId("gelesen").replaceChildren(...page.body.childNodes);
  } catch {
    // asking is a service only; recording says it when the network is gone
  }
}

function freeze(frozen) {
  if (typed) typed.readOnly = frozen;
  else byId("papier").inert = frozen;
}

async function send() {
  clearTimeout(timer);
  asking?.abort();
  sending = sending || new FormData(form);
  freeze(true);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: sending });
    if (answer.status >= 500) throw new Error(String(answer.status));
    settle(answer, parsed(await answer.text()));
  } catch {
    // the same id is sent again, so that it counts once however often it arrives
    say("Keine Verbindung zum Server. Dieser Stimmzettel ist noch nicht erfasst. Die Eingabe bleibt stehen und wird von selbst noch einmal gesendet. Schließen Sie dieses Fenster nicht.");
    setTimeout(send, SEND_AGAIN_AFTER_MS);
  }
}

function settle(answer, page) {
  sending = null;
  freeze(false);
  const known = page.getElementById("stand") && page.getElementById("erfassung");
  if (!known) {
    say(answer.url.includes("/anmelden")
      ? "Sie sind nicht mehr angemeldet. Der Stimmzettel ist nicht erfasst. Melden Sie sich in einem neuen Fenster an, laden Sie dann diese Seite neu und geben Sie ihn noch einmal ein."
      : "Der Server hat den Stimmzettel nicht angenommen. Er ist nicht erfasst. Laden Sie die Seite neu und geben Sie ihn noch einmal ein.");
    return;
  }
  say("");
  byId("kennung").value = freshId();
  if (answer.ok) {
    put(page, PARTS_AFTER_RECORDING);
    form.reset();
    history.replaceState(null, "", answer.url);
    if (typed) typed.value = "";
    else for (const tick of form.querySelectorAll("input[type=checkbox]")) tick.checked = false;
  } else {
    put(page, ["gelesen", "zeichnung", "meldung"]);
  }
  if (typed) typed.focus();
  else if (answer.ok) form.querySelector(".cz-tick")?.focus({ preventScroll: true });
}

function startEntry() {
  byId("kennung").value = freshId();
  form.addEventListener("input", askSoon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!sending) send();
  });
  window.addEventListener("beforeunload", (event) => {
    if (sending) event.preventDefault();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) byId("kennung").value = freshId();
  });
}

// sums that follow the typing
function amountOf(name) {
  const input = document.querySelector(`input[name="${CSS.escape(name)}"]`);
  const words = input ? input.value.trim().replaceAll(".", "") : "";
  return /^[0-9]{1,6}$/.test(words) ? Number(words) : 0;
}

function addUp() {
  for (const output of document.querySelectorAll("output[data-terms]")) {
    const terms = output.dataset.terms.split(" ");
    const sum = terms.reduce((total, term) => total + (term.startsWith("-") ? -amountOf(term.slice(1)) : amountOf(term)), 0);
    output.textContent = sum.toLocaleString("de-DE");
  }
}

document.querySelector(".bw-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
if (form) startEntry();
if (document.querySelector("output[data-terms]")) {
  document.addEventListener("input", addUp);
  document.addEventListener("focusin", (event) => event.target.dataset?.amount !== undefined && event.target.select());
}
