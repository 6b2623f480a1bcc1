// What an entry page says of ballots on their way: their marks, what the server did not accept, and the numbers to write on the papers.
"use strict";

function element(tag, words, className) {
  const made = document.createElement(tag);
  made.textContent = words;
  if (className) made.className = className;
  return made;
}

function button(words, act) {
  const made = element("button", "", "kern-btn kern-btn--secondary");
  made.type = "button";
  made.append(element("span", words, "kern-label"));
  made.addEventListener("click", act);
  return made;
}

function link(words, address) {
  const made = element("a", words, "kern-link kern-link--no-visited-state");
  made.href = address;
  return made;
}

function showMark(mark) {
  const panel = element("div", "", "cz-number cz-number--warning");
  panel.append(
    element("p", paperNumber ? "Zweite Eingabe" : "Vorläufig auf das Papier schreiben", "cz-number__label"),
    element("p", mark, "cz-number__value cz-number__value--mark"),
    element("p", "Noch nicht gesendet. Geprüft wird, sobald die Verbindung wieder da ist.", "cz-number__verdict"),
  );
  byId("stand").replaceChildren(panel);
}

function listUnsent() {
  const parts = [];
  const waiting = outbox.marked.filter((item) => !item.refused);
  if (waiting.length) {
    parts.push(element("h2", `Noch nicht gesendet: ${waiting.length}`, "kern-heading-small"));
    parts.push(element("p", waiting.map((item) => item.mark).join(", "), "kern-body"));
  }
  for (const item of outbox.items.filter((each) => each.refused)) {
    parts.push(element("h2", `${item.mark} ist nicht erfasst`, "kern-heading-small"));
    parts.push(element("p", item.refused, "kern-body"));
    if (Boolean(numberOf(item)) !== Boolean(paperNumber)) parts.push(link(numberOf(item) ? "Zur Zweiteingabe" : "Zur ersten Eingabe", item.action));
    else if (wordsOf(item) !== undefined && typed) parts.push(button(`${item.mark} berichtigen`, () => correct(item, true)));
    else parts.push(button(`${item.mark} neu eingeben`, () => correct(item, false)));
  }
  const numbered = outbox.numbered;
  if (numbered.length && !waiting.length) {
    parts.push(element("h2", "Jetzt die endgültigen Nummern auf die Papiere schreiben", "kern-heading-small"));
    const list = element("ul", "", "cz-marks");
    for (const [mark, number] of numbered) list.append(element("li", `${mark} → ${number}`));
    parts.push(list, button("Die Nummern stehen auf den Papieren", () => { outbox.forgetNumbered(); listUnsent(); typed?.focus(); }));
  }
  if (outbox.unreadable.length) {
    const marks = outbox.unreadable.map((item) => item.mark).join(", ");
    parts.push(element("h2", "Stimmzettel einer früheren Anmeldung", "kern-heading-small"));
    parts.push(element("p", `Mit der Abmeldung ist ihr Schlüssel verloren; sie sind nicht erfasst: ${marks}. Suchen Sie die Papiere mit diesen Zeichen heraus und geben Sie sie neu ein.`, "kern-body"));
    parts.push(button("Diese Papiere sind neu eingegeben", () => { outbox.forgetUnreadable(); listUnsent(); announce(); }));
  }
  byId("ungesendet").replaceChildren(...parts);
  byId("ungesendet").hidden = parts.length === 0;
}

