// Entry of single ballots. Everything works without this script; with it the paper is drawn while somebody types, recording does not load the
// page anew, and typing goes on when the network is lost (unsent.js). The server alone reads and judges; nothing is decided here.
"use strict";

const ASK_AFTER_MS = 120;
const SEND_AGAIN_AFTER_MS = 3000;
const ANSWER_WITHIN_MS = 12000;
const PARTS_AFTER_RECORDING = ["stand", "gelesen", "zeichnung", "letzte", "meldung"];

const byId = (id) => document.getElementById(id);
const form = byId("erfassung");
const typed = byId("eingabe");
// the number on the paper: only the second entry asks for it
const paperNumber = byId("nummer");

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

function say(words) {
  const net = byId("netz");
  net.textContent = words;
  net.hidden = words === "";
}

let asking = null;
let timer = 0;
let outbox = null;
let draining = false;
let again = 0;
let correcting = "";
// a ballot is on its way; lines that Enter ends meanwhile wait here, each with the mark it corrects
let sending = false;
let ahead = [];

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
    if (!answer.ok || answer.redirected || draining) return;
    const page = parsed(await answer.text());
    if (typed) put(page, ["gelesen", "zeichnung"]);
    else byId("gelesen").replaceChildren(...page.body.childNodes);
  } catch (error) {
    if (error.name === "AbortError") return;
    const verdict = byId("urteil");
    if (verdict) {
      verdict.className = "cz-verdict cz-verdict--none";
      verdict.textContent = "Ohne Verbindung keine Prüfung; erfassen können Sie trotzdem.";
    }
  }
}

// the line stays open while a ballot is on its way: a figure typed ahead and dropped would make another vote of the rest
function hold() {
  sending = true;
  if (!typed) byId("papier").inert = true;
}

function ready() {
  sending = false;
  if (!typed) byId("papier").inert = false;
  const next = ahead.shift();
  if (next) send(...next);
}

// what stands below the line while nothing is typed
let blank = null;

function rememberBlank() {
  if (typed && typed.value !== "") return;
  blank = ["gelesen", "zeichnung"].map((id) => [byId(id), byId(id)?.cloneNode(true)]).filter(([old]) => old);
}

function clearForm() {
  if (typed?.value || paperNumber?.value) {
    ask(); // somebody types the next ballot already
    return;
  }
  form.reset();
  for (const [old, fresh] of blank ?? []) old.replaceChildren(...fresh.cloneNode(true).childNodes);
  emptyLine();
  for (const tick of form.querySelectorAll("input[type=checkbox]")) tick.checked = false;
  if (typed) return;
  form.querySelector(".cz-tick")?.focus({ preventScroll: true });
  // on a phone the button stands far below the number that belongs on the paper
  byId("stand").scrollIntoView({ block: "nearest" });
}

function emptyLine() {
  if (!typed) return;
  typed.value = "";
  if (paperNumber) paperNumber.value = "";
  (paperNumber ?? typed).focus();
}

function typedFields() {
  return [...new FormData(form)].filter(([name]) => name !== "csrf_token" && name !== "kennung");
}

function submit() {
  // Enter after the number goes on to the ballot
  if (paperNumber && document.activeElement === paperNumber && !typed.value.trim()) {
    typed.focus();
    return;
  }
  // Enter struck twice is one ballot
  if (sending && !typed?.value.trim()) return;
  const ballot = [typedFields(), correcting];
  correcting = "";
  emptyLine();
  if (sending) ahead.push(ballot);
  else send(...ballot);
}

async function send(fields, mark) {
  clearTimeout(timer);
  asking?.abort();
  hold();
  // it lies in the outbox before it is sent: a crash of this window loses nothing
  const item = await outbox.keep(form.getAttribute("action"), fields, mark);
  if (outbox.items.filter((each) => !each.refused).length > 1 || again) {
    // others wait already: this one takes its place behind them
    if (!item.mark) await outbox.giveMark(item);
    showMark(item.mark);
    clearForm();
    listUnsent();
    ready();
    if (!draining) drain();
    return;
  }
  await drain();
}

// sends what waits, in the order of typing; the same id is sent again, so that it counts once however often it arrives
async function drain() {
  if (draining) return;
  draining = true;
  clearTimeout(again);
  again = 0;
  try {
    for (const item of outbox.items.filter((each) => !each.refused)) {
      if (!(await deliver(item))) break;
    }
  } finally {
    draining = false;
    listUnsent();
    ready();
  }
  if (!again && outbox.items.some((item) => !item.refused)) drain();
}

async function deliver(item) {
  const body = new URLSearchParams([...item.fields, ["kennung", item.id], ["csrf_token", form.elements.csrf_token.value]]);
  if (item.mark || outbox.announced) {
    body.set("geraet", outbox.device);
    body.set("zeichen", item.mark);
    body.set("offen", String(outbox.left - 1));
  }
  let answer;
  let page;
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    answer = await fetch(item.action, { method: "POST", body, headers: { "X-Part": "stand" }, signal });
    if (answer.status >= 500) throw new Error(String(answer.status));
    page = parsed(await answer.text());
  } catch {
    await later(item, `Keine Verbindung zum Server. ${outbox.lasting ? "Sie können weiter eingeben: Jeder Stimmzettel liegt verschlüsselt auf diesem Gerät" : "Schließen Sie dieses Fenster nicht: Jeder Stimmzettel liegt nur darin"} und wird von selbst gesendet, sobald die Verbindung wieder da ist.${numberOf(item) ? "" : " Schreiben Sie das vorläufige Zeichen auf das Papier."}`);
    return false;
  }
  const number = answer.headers.get("X-Number");
  if (number) {
    arrived(item, number, page);
    return true;
  }
  if (answer.status === 422 && page.getElementById("meldung")) {
    refuse(item, page);
    return true;
  }
  await freshToken();
  await later(item, answer.url.includes("/anmelden") || answer.status === 400
    ? "Sie sind nicht mehr angemeldet; der Stimmzettel ist noch nicht erfasst. Lassen Sie dieses Fenster offen und melden Sie sich in einem neuen Fenster an. Dann wird alles von selbst gesendet."
    : "Der Server nimmt den Stimmzettel jetzt nicht an; er ist noch nicht erfasst. Lassen Sie dieses Fenster offen und rufen Sie den Wahlvorstand.");
  return false;
}

async function later(item, words) {
  say(words);
  const first = !item.mark;
  for (const each of outbox.items) if (!each.mark) await outbox.giveMark(each);
  if (first) {
    showMark(item.mark);
    clearForm();
  }
  announce();
  again = setTimeout(drain, SEND_AGAIN_AFTER_MS);
}

function arrived(item, number, page) {
  const alone = !item.mark;
  if (item.mark) {
    if (!numberOf(item)) outbox.number(item.mark, number);
    outbox.announced = outbox.left > 1;
  }
  outbox.remove(item);
  say("");
  const complete = page.querySelector("#stand [data-complete]");
  put(page, alone ? PARTS_AFTER_RECORDING : ["letzte"]);
  if (complete && !outbox.left && !ahead.length) {
    location.assign(location.pathname); // both entries are there: now the page shows where they differ
    return;
  }
  if (!alone) {
    // the paper with this mark is not the one in hand: the number goes into the list, and the panel sends people there
    const then = outbox.numbered.length ? " Schreiben Sie jetzt die Nummern aus der Liste auf die Papiere." : "";
    byId("stand").replaceChildren(element("p", outbox.left ? "Die Verbindung ist wieder da; es wird gesendet." : `Alles ist gesendet und erfasst.${then}`, "cz-number cz-number--success"));
    return;
  }
  history.replaceState(null, "", `${location.pathname}?nr=${number}`);
  clearForm();
}

function refuse(item, page) {
  if (!item.mark) {
    outbox.remove(item);
    put(page, ["gelesen", "zeichnung", "meldung"]);
    if (typed) giveBack(item);
    return;
  }
  const words = page.getElementById("meldung").textContent.trim() || page.getElementById("gelesen").textContent.trim();
  item.refused = words.replace(/\s+/g, " ");
}

function wordsOf(item) {
  return item.fields.find(([name]) => name === "eingabe")?.[1];
}

// a refused line stands in its place again; what was typed behind it is named, so that it is not taken for recorded
function giveBack(item) {
  const since = [...ahead.map(([fields]) => wordsOf({ fields })), typed.value].filter((line) => line.trim());
  ahead = [];
  putBack(item);
  if (since.length) say(`Danach getippt und nicht erfasst: ${since.map((line) => `„${line}“`).join(", ")}. Berichtigen Sie zuerst die Zeile, und geben Sie es dann noch einmal ein.`);
}

function putBack(item) {
  typed.value = wordsOf(item);
  if (paperNumber) paperNumber.value = numberOf(item);
  typed.focus();
}

// a page that was open while somebody logged in again has an old token
async function freshToken() {
  try {
    const answer = await fetch(location.pathname, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const token = parsed(await answer.text()).querySelector("#erfassung input[name=csrf_token]");
    if (token) form.elements.csrf_token.value = token.value;
  } catch {
    // the next attempt asks again
  }
}

// so that nobody closes the polling district while something waits here
async function announce() {
  const body = new URLSearchParams({ geraet: outbox.device, offen: String(outbox.left), csrf_token: form.elements.csrf_token.value });
  try {
    const answer = await fetch(form.dataset.device, { method: "POST", body, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    if (answer.status === 204) outbox.announced = outbox.left > 0;
  } catch {
    // it is told with the next ballot that arrives
  }
}

function correct(item, again) {
  outbox.remove(item);
  correcting = numberOf(item) ? "" : item.mark;
  listUnsent();
  announce();
  if (!typed) return;
  if (again) putBack(item);
  else emptyLine();
  ask();
}

async function startEntry() {
  outbox = new Outbox(form.dataset.district, form.dataset.key);
  delete form.dataset.key;
  rememberBlank();
  form.addEventListener("input", askSoon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!outbox.lasting && outbox.left) event.preventDefault();
  });
  window.addEventListener("online", drain);
  document.querySelector("form[action$='/abmelden']")?.addEventListener("submit", (event) => {
    const words = `Auf diesem Gerät liegen noch ${outbox.left} nicht gesendete Stimmzettel. Nach dem Abmelden kann sie niemand mehr lesen; sie müssen neu eingegeben werden. Trotzdem abmelden?`;
    if (outbox.left && !window.confirm(words)) event.preventDefault();
  });
  if (!outbox.lasting) return;
  await outbox.load();
  listUnsent();
  if (outbox.unreadable.length) announce();
  if (outbox.items.length) drain();
}

if (form) startEntry();
