// Ballots on their way. Each one lies in this browser, encrypted, from the moment it is typed until the server has confirmed it. The key
// comes with the page and dies with the log-in: it stands in the session cookie, is held in memory only, and logging out throws it away.
// A reload without a network shows the browser's own error page; the ballots stay, and go out when the page can be loaded again. After a
// new log-in they can no longer be read: the page then names the marks on the papers that have to be typed again.
"use strict";

const ITEM = "beiratswahl.unsent.";
const NUMBERED = "beiratswahl.numbered.";
const DEVICE = "beiratswahl.device";
const COUNTER = "beiratswahl.counter";
const ANNOUNCED = "beiratswahl.announced.";
// no I and no O: they look like figures on paper
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const toBytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

// works without a secure context, unlike crypto.randomUUID
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// the number on the paper; only a second entry knows one before it is sent
function numberOf(item) {
  return item.fields.find(([name]) => name === "nummer")?.[1].trim();
}

class Outbox {
  constructor(district, key) {
    this.district = district;
    this.items = [];
    this.unreadable = [];
    // without https the browser has no encryption: then ballots wait in memory only
    this.secret = window.crypto?.subtle ? crypto.subtle.importKey("raw", toBytes(key), "AES-GCM", false, ["encrypt", "decrypt"]) : null;
  }

  get lasting() {
    return this.secret !== null;
  }

  get device() {
    let device = localStorage.getItem(DEVICE);
    if (!/^[A-Z]{2}$/.test(device ?? "")) {
      device = Array.from(crypto.getRandomValues(new Uint8Array(2)), (byte) => LETTERS[byte % LETTERS.length]).join("");
      localStorage.setItem(DEVICE, device);
    }
    return device;
  }

  // what the server has been told, and must be told to forget
  get announced() {
    return localStorage.getItem(ANNOUNCED + this.district) !== null;
  }

  set announced(told) {
    if (told) localStorage.setItem(ANNOUNCED + this.district, "1");
    else localStorage.removeItem(ANNOUNCED + this.district);
  }

  get left() {
    return this.items.length + this.unreadable.length;
  }

  get marked() {
    return this.items.filter((item) => item.mark);
  }

  // read what an earlier page of this log-in has left behind
  async load() {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(`${ITEM}${this.district}.`)).sort();
    for (const name of names) {
      const stored = JSON.parse(localStorage.getItem(name));
      try {
        const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: toBytes(stored.iv) }, await this.secret, toBytes(stored.data));
        const item = { name, id: stored.id, mark: stored.mark, refused: "", action: stored.action, fields: JSON.parse(new TextDecoder().decode(plain)) };
        if (!item.mark) await this.giveMark(item);
        this.items.push(item);
      } catch {
        this.unreadable.push({ name, mark: stored.mark || "ohne Zeichen" });
      }
    }
  }

  async keep(action, fields, mark) {
    const place = Number(localStorage.getItem(COUNTER) ?? "0") + 1;
    localStorage.setItem(COUNTER, String(place));
    const name = `${ITEM}${this.district}.${String(place).padStart(9, "0")}`;
    const item = { name, id: freshId(), mark: mark || "", refused: "", action, fields };
    this.items.push(item);
    await this.store(item);
    return item;
  }

  async store(item) {
    if (!this.lasting) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(item.fields));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.secret, plain);
    if (!this.items.includes(item)) return;
    try {
      localStorage.setItem(item.name, JSON.stringify({ id: item.id, mark: item.mark, action: item.action, iv: toText(iv), data: toText(data) }));
    } catch {
      this.secret = null; // no room: from now on in memory only, and the page says so
    }
  }

  // the number of the place, so that no mark is given twice on one device; a paper with a number needs no other mark
  async giveMark(item) {
    const number = numberOf(item);
    item.mark = number ? `Nr. ${number}` : `${this.device}-${Number(item.name.slice(-9))}`;
    await this.store(item);
  }

  remove(item) {
    this.items = this.items.filter((other) => other !== item);
    localStorage.removeItem(item.name);
  }

  forgetUnreadable() {
    for (const item of this.unreadable) localStorage.removeItem(item.name);
    this.unreadable = [];
  }

  get numbered() {
    return JSON.parse(localStorage.getItem(NUMBERED + this.district) ?? "[]");
  }

  number(mark, number) {
    localStorage.setItem(NUMBERED + this.district, JSON.stringify([...this.numbered, [mark, number]]));
  }

  forgetNumbered() {
    localStorage.removeItem(NUMBERED + this.district);
  }
}
