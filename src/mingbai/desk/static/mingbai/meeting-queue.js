// What was entered at a meeting and may not have been sent yet. Each entry lies in this browser under its own key, from
// before it is sent until the page shows it: closing the browser loses nothing, and the key makes a second sending
// nothing new. An entry goes out only while the person who made it is signed in.
"use strict";
class MeetingQueue {
  constructor(hall, changed) {
    this.prefix = `mingbai/meeting/${hall.dataset.number}/`;
    this.address = hall.dataset.send;
    this.me = hall.dataset.me;
    this.who = hall.dataset.who;
    this.last = Number(hall.dataset.last);
    this.changed = changed;
    this.state = "idle";
    this.wait = 2000;
    this.forget(this.last);
  }

  all() {
    const found = [];
    for (let n = 0; n < localStorage.length; n += 1) {
      const key = localStorage.key(n);
      if (key.startsWith(this.prefix)) found.push(JSON.parse(localStorage.getItem(key)));
    }
    return found.sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1));
  }

  // True when the entry is kept; false when the browser has no room for it.
  add(data, said) {
    const before = this.all().map((one) => one.order);
    const entry = { key: MeetingQueue.key(), data, said, me: this.me, who: this.who, state: "waiting", order: Math.max(Date.now(), ...before.map((one) => one + 1)) };
    return this.put(entry);
  }

  put(entry) {
    try {
      localStorage.setItem(this.prefix + entry.key, JSON.stringify(entry));
    } catch (full) {
      return false;
    }
    return true;
  }

  drop(key) {
    localStorage.removeItem(this.prefix + key);
  }

  retry(key) {
    for (const one of this.all()) {
      if (one.key === key) this.put({ ...one, state: "waiting", refusal: "", remedy: "" });
    }
  }

  waiting() {
    return this.all().filter((one) => one.state === "waiting" && one.me === this.me);
  }

  // What the page does not show by itself: entries not sent, and those sent after what it shows.
  unseen() {
    return this.all().filter((one) => one.state === "waiting" || (one.state === "sent" && one.at > this.last));
  }

  // Entries that the server took as number `last` or before stand on the page as it was loaded. Until then they stay
  // here, because without a network an older copy of the page may be opened again.
  forget(last) {
    for (const one of this.all()) if (one.state === "sent" && one.at <= last) this.drop(one.key);
  }

  async send() {
    if (this.state === "sending") return;
    if (navigator.locks) await navigator.locks.request(this.prefix, () => this.sendAll());
    else await this.sendAll();
  }

  async sendAll() {
    for (let batch = this.waiting().slice(0, 50); batch.length; batch = this.waiting().slice(0, 50)) {
      this.tell("sending");
      const answer = await this.post(batch);
      if (!answer) return;
      this.take(batch, answer);
    }
    this.wait = 2000;
    this.tell("idle");
  }

  async post(batch) {
    const token = document.querySelector("#hall input[name=csrfmiddlewaretoken]");
    const entries = batch.map((one) => ({ key: one.key, data: one.data }));
    try {
      const answer = await fetch(this.address, {
        method: "POST", redirect: "manual", credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token ? token.value : "" },
        body: JSON.stringify({ entries, seen: this.last }),
      });
      if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) return this.stop("session");
      if (answer.status === 422) return this.refuse(batch, await answer.json());
      return answer.ok ? await answer.json() : this.stop("failed", true);
    } catch (gone) {
      return this.stop(navigator.onLine ? "failed" : "offline", true);
    }
  }

  // The whole batch was refused, nothing of it taken: another office must write, or this is no queue.
  refuse(batch, answer) {
    for (const one of batch) this.put({ ...one, state: "refused", refusal: answer.refusal, remedy: answer.remedy });
    return this.stop("idle");
  }

  stop(state, again = false) {
    this.tell(state);
    if (again) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), this.wait);
      this.wait = Math.min(this.wait * 2, 60000);
    }
    return null;
  }

  take(batch, answer) {
    for (const one of batch) {
      const result = answer.results.find((each) => each.key === one.key);
      if (result && result.taken) this.put({ ...one, state: "sent", at: answer.last });
      else if (result) this.put({ ...one, state: "refused", refusal: result.refusal, remedy: result.remedy });
    }
    this.last = answer.last;
    this.answer = { ...answer, taken: batch.filter((one) => answer.results.some((each) => each.key === one.key && each.taken)) };
    this.tell("sending");
    this.answer = null;
  }

  tell(state) {
    this.state = state;
    this.changed(this);
  }

  // A random UUID, where the page is not served safely enough for crypto.randomUUID too.
  static key() {
    if (crypto.randomUUID) return crypto.randomUUID();
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
  }
}
