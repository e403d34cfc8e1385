// The page of a hall: what is entered shows at once and is kept in this browser until the server has taken it.
// Without this script every form of the page is sent by itself.
"use strict";
(() => {
  const hall = document.getElementById("hall");
  if (!hall) return;
  const words = Object.fromEntries([...document.getElementById("hall-words").content.querySelectorAll("[data-word]")].map((one) => [one.dataset.word, one.textContent]));
  const say = (word, n = "") => words[word].replace("%n", n);
  const live = document.getElementById("hall-live");
  const rows = new Map([...hall.querySelectorAll("#roll li[data-person]")].map((row) => [row.dataset.person, row]));
  const name = (person) => (rows.has(person) ? rows.get(person).dataset.name : person);
  const WHOLE = new Set(["item", "agree", "against", "abstain", "spoilt", "not_cast"]);
  const LISTS = new Set(["people", "methods"]);
  const NOT_ENTRY = new Set(["csrfmiddlewaretoken", "key", "form"]);

  // from a form to an entry: as desk/meetings/reading.py reads it
  function entryOf(form, submitter) {
    const data = {};
    const fields = new FormData(form);
    if (submitter && submitter.name) fields.append(submitter.name, submitter.value);
    for (const [field, text] of fields) {
      const value = String(text).trim();
      if (NOT_ENTRY.has(field) || !value) continue;
      if (field === "pair") [data.people, data.proxy] = [[value.split("|")[0]], value.split("|")[1]];
      else if (LISTS.has(field)) (data[field] ||= []).push(value);
      else data[field] = WHOLE.has(field) && /^[0-9]{1,6}$/.test(value) ? Number(value) : value;
    }
    return data;
  }

  function sentence(data, label, form) {
    const parts = data.item ? [say("item", data.item)] : [];
    parts.push(label.trim());
    const people = [...(data.people || []), ...(data.person ? [data.person] : [])];
    if (data.proxy) parts.push(words.by.replace("%a", name(people[0])).replace("%b", name(data.proxy)));
    else if (people.length) parts.push(people.slice(0, 6).map(name).join("、") + (people.length > 6 ? "…" : ""));
    if (form && data.kind === "counted") parts.push(form.querySelector("legend").firstChild.textContent.trim(), ...[...form.querySelectorAll(".hall-figures label")].map((one) => `${one.firstChild.textContent.trim()} ${one.querySelector("input").value || 0}`));
    if (form && data.kind === "opened") parts.push(...[...form.querySelectorAll("input:checked")].map((one) => one.parentElement.textContent.trim()));
    if (data.text) parts.push(data.text.slice(0, 30));
    if (data.reason) parts.push(data.reason.slice(0, 30));
    return parts.filter(Boolean).join("　");
  }

  // who is here: what the server said last, and on top of it what it has not heard yet
  let base = new Map([...rows].filter(([, row]) => row.dataset.way).map(([person, row]) => [person, [row.dataset.way, ""]]));
  const stated = new Map([...rows].map(([person, row]) => [person, row.querySelector(".hall-state").textContent]));
  const here = () => after(base, queue.unseen());
  function after(before, entries) {
    const now = new Map(before);
    for (const { data } of entries) {
      for (const person of data.people || []) {
        if (data.kind === "came") now.set(person, [data.way || "in_person", data.proxy || ""]);
        if (data.kind === "left") now.delete(person);
      }
    }
    return now;
  }

  function showRoll(now) {
    const unsent = new Set(queue.waiting().filter((one) => ["came", "left"].includes(one.data.kind)).flatMap((one) => one.data.people || []));
    for (const [person, row] of rows) {
      const [way, proxy] = now.get(person) || ["", ""];
      const shown = `${way} ${proxy} ${unsent.has(person)}`;
      if (row.dataset.shown === shown) continue;
      row.dataset.shown = shown;
      row.classList.toggle("here", Boolean(way));
      row.classList.toggle("unsent", unsent.has(person));
      const box = row.querySelector("input");
      [box.checked, box.disabled] = [Boolean(way), Boolean(way) || busy()];
      const known = way && way !== "proxy" ? words[way === "remote" ? "remote" : "came"] : proxy ? `${words.proxy}${name(proxy)}` : way ? stated.get(person) || words.proxy : "";
      row.querySelector(".hall-state").textContent = known + (unsent.has(person) ? ` · ${words.waiting}` : "");
      row.querySelector("button")?.remove();
      if (way) row.append(button(words.left, () => enter({ kind: "left", people: [person] }, words.left), "quiet-button", row.dataset.name));
    }
  }

  function showGauges(now) {
    const homes = new Set([...now.keys()].map((person) => rows.get(person)?.dataset.household));
    for (const gauge of hall.querySelectorAll(".hall-gauge")) {
      const part = (what) => gauge.querySelector(`[data-show=${what}]`);
      const present = gauge.dataset.unit === "household" ? homes.size : now.size;
      const lacking = Math.max(0, Number(gauge.dataset.needed) - present);
      part("present").textContent = present;
      part("lacking").textContent = lacking;
      part("lacks").hidden = lacking === 0;
      part("enough").hidden = lacking > 0;
      part("bar").setAttribute("width", Math.min(1000, Math.floor((present * 1000) / Math.max(1, Number(gauge.dataset.entitled)))));
    }
    for (const shown of hall.querySelectorAll("[data-way]:not(li)")) shown.textContent = [...now.values()].filter(([way]) => way === shown.dataset.way).length;
  }

  function showPairs(now) {
    const select = document.getElementById("pair");
    if (!select) return;
    const homes = new Map();
    for (const [person, [way]] of now) {
      const home = rows.get(person)?.dataset.household;
      if (way === "in_person" && home) homes.set(home, [...(homes.get(home) || []), person]);
    }
    const options = [...rows].filter(([person]) => !now.has(person)).flatMap(([person, row]) => (homes.get(row.dataset.household) || []).map((stands) => new Option(words.by.replace("%a", name(person)).replace("%b", name(stands)), `${person}|${stands}`)));
    select.replaceChildren(select.options[0], ...options);
  }

  // items: what is not sent yet is listed with its item, and opens the forms that come next
  const stage = (item) => item.dataset.now || item.dataset.stage;
  const busy = () => [...live.querySelectorAll(".hall-item")].some((item) => stage(item) === "voting");
  function showItems(now) {
    for (const item of live.querySelectorAll(".hall-item")) {
      const mine = queue.unseen().filter((one) => one.data.item === Number(item.dataset.item));
      const aside = new Set(item.dataset.aside.split(" "));
      item.dataset.now = item.dataset.stage;
      const counts = {};
      for (const { data } of mine) {
        if (data.kind === "opened") [item.dataset.now, item.dataset.methods] = ["voting", data.methods.join(" ")];
        if (data.kind === "closed") item.dataset.now = "decided";
        if (data.kind === "dropped") item.dataset.now = "dropped";
        if (data.kind === "stood_aside") aside.add(data.person);
        if (data.kind === "amended") item.querySelector("[data-show=motion]").textContent = data.text;
        if (data.kind === "counted") counts[data.method] = data;
      }
      item.querySelector(".hall-pending").replaceChildren(...mine.filter((one) => one.state === "waiting").map((one) => line(`${one.said} · ${words.waiting}`)));
      for (const part of item.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== stage(item);
      if (stage(item) !== "voting") continue;
      if (item.dataset.stage === "waiting") {
        item.dataset.voters = [...now.keys()].filter((person) => !aside.has(person)).length;
        const methods = item.dataset.methods.split(" ");
        for (const way of item.querySelectorAll("[data-method]")) way.hidden = !methods.includes(way.dataset.method);
      }
      for (const [method, data] of Object.entries(counts)) fill(item.querySelector(`[data-method=${method}] form`), data);
      showSums(item);
    }
    const told = hall.querySelector("[data-show=busy]");
    told.hidden = !busy();
  }

  // the minutes: once they are written those who are here can check them, and the meeting can end
  function showMinutes(now) {
    const checks = live.querySelector("[data-show=checks]");
    if (!checks) return;
    const unseen = queue.unseen();
    if (unseen.some((one) => one.data.kind === "minuted")) checks.hidden = false;
    const end = live.querySelector("[data-show=end]");
    if (end && now.size) end.hidden = unseen.some((one) => one.data.kind === "ended");
    const [list, select] = [checks.querySelector("ul"), checks.querySelector("select")];
    const known = new Set([...list.children].map((one) => one.dataset.checker));
    for (const [person, [way]] of now) {
      if (way === "proxy" || known.has(person) || !rows.has(person)) continue;
      const row = rows.get(person).cloneNode(true);
      row.querySelector("button")?.remove();
      row.querySelector(".hall-state").textContent = "";
      [row.className, row.dataset.checker] = ["", person];
      const box = row.querySelector("input");
      [box.checked, box.disabled] = [false, false];
      list.append(row);
      select.append(new Option(name(person), person));
    }
    const said = new Map(unseen.filter((one) => one.data.kind === "approved").flatMap((one) => one.data.people || []).map((person) => [person, true]));
    for (const row of list.children) {
      if (!said.has(row.dataset.checker)) continue;
      const box = row.querySelector("input");
      [box.checked, box.disabled] = [true, true];
      row.querySelector(".hall-state").textContent = words.waiting;
    }
  }

  function showSums(item) {
    const forms = [...item.querySelectorAll("[data-method]:not([hidden]):not([data-method=written]) .hall-figures")];
    const counted = forms.flatMap((form) => [...form.querySelectorAll("input")]).reduce((sum, one) => sum + (Number(one.value) || 0), 0);
    const missing = Number(item.dataset.voters) - counted;
    const end = missing > 0 ? say("short", missing) : missing < 0 ? say("over", -missing) : words.exact;
    const shown = item.querySelector("[data-show=sums]");
    shown.textContent = `${words.sums.replace("%a", counted).replace("%b", item.dataset.voters)}，${end}`;
    shown.classList.toggle("bad", missing < 0);
  }

  function fill(form, data) {
    for (const field of form ? form.elements : []) {
      if (!(field.name in data) || field.type === "hidden" || field === document.activeElement) continue;
      if (field.type === "checkbox") field.checked = [].concat(data[field.name]).includes(field.value);
      else field.value = data[field.name];
    }
  }

  // the state of sending, and what was refused with its ways out
  const bar = document.getElementById("hall-queue");
  function showQueue() {
    const unsent = queue.waiting().length;
    const refused = queue.all().filter((one) => one.state === "refused");
    const others = queue.all().filter((one) => one.state === "waiting" && one.me !== queue.me);
    const states = { sending: words.sending, session: words.session, failed: words.failed, offline: words.offline };
    const net = navigator.onLine ? states[queue.state] || "" : words.offline;
    const parts = [unsent ? say("unsent", unsent) : touched && !refused.length ? words.sent : "", unsent || !navigator.onLine ? net : "", refused.length ? say("refused", refused.length) : ""];
    bar.querySelector(".hall-net").textContent = parts.filter(Boolean).join("　");
    const badge = hall.querySelector(".hall-badge");
    [badge.hidden, badge.textContent] = [!unsent, say("badge", unsent)];
    bar.hidden = !parts.some(Boolean) && !others.length;
    bar.classList.toggle("pressing", Boolean(refused.length) || queue.state === "session");
    bar.querySelector("[data-do=send]").hidden = !unsent || queue.state === "sending";
    bar.querySelector("[data-do=sign-in]").hidden = queue.state !== "session";
    bar.querySelector(".hall-kept").replaceChildren(...refused.map(refusedLine), ...others.map((one) => line(`${one.said} · ${say("other", one.who)}`, [button(words.discard, () => discard(one), "button secondary", one.said)])));
  }

  function refusedLine(one) {
    const ways = [button(words.again, () => { queue.retry(one.key); show(); queue.send(); }, "button secondary", one.said)];
    const form = formOf(one.data);
    if (form) ways.push(button(words.fix, () => { form.closest("details")?.setAttribute("open", ""); fill(form, one.data); form.dataset.instead = one.key; form.querySelector("input:not([type=hidden]), textarea, select")?.focus(); }, "button secondary", one.said));
    ways.push(button(words.discard, () => discard(one), "button secondary", one.said));
    const said = line(one.said, []);
    const why = document.createElement("strong");
    why.textContent = `${one.refusal}。${one.remedy || ""}`;
    said.append(why, ...ways);
    return said;
  }

  function formOf(data) {
    return [...live.querySelectorAll(`form[data-form=${data.kind}]`)].find((form) => {
      const value = (field) => form.elements.namedItem(field)?.value;
      const shown = form.querySelector("input:not([type=hidden]), textarea, select");
      return shown && (!data.item || value("item") === String(data.item)) && (!data.method || value("method") === data.method);
    });
  }

  function discard(one) {
    if (!confirm(words.surely)) return;
    queue.drop(one.key);
    show();
  }

  function line(text, ways = []) {
    const made = document.createElement("li");
    const said = document.createElement("span");
    said.textContent = text;
    made.append(said, ...ways);
    return made;
  }

  function button(text, act, looks, about) {
    const made = document.createElement("button");
    [made.type, made.className, made.textContent] = ["button", looks, text];
    const whose = document.createElement("span");
    [whose.className, whose.textContent] = ["visually-hidden", about];
    made.append(whose);
    made.addEventListener("click", act);
    return made;
  }

  let touched = false;
  function show() {
    const now = here();
    showItems(now);
    showRoll(now);
    showGauges(now);
    showPairs(now);
    showMinutes(now);
    showQueue();
  }

  function enter(data, label, form) {
    if (!queue.add(data, sentence(data, label, form))) {
      alert(words.full);
      return false;
    }
    touched = true;
    if (form?.dataset.instead) queue.drop(form.dataset.instead);
    show();
    queue.send();
    return true;
  }

  // the part that the server draws anew; what somebody is typing stays, and so does what is open
  const place = (field) => `${field.form?.dataset.form} ${field.form?.elements.namedItem("form")?.value} ${field.form?.elements.namedItem("method")?.value || ""} ${field.name} ${field.type === "checkbox" ? field.value : ""}`;
  const fields = () => [...live.querySelectorAll("form:not([data-sent]) :is(input:not([type=hidden]):not([type=file]), textarea, select)")];
  const changed = (field) => (field.type === "checkbox" ? field.checked !== field.defaultChecked : field.tagName === "SELECT" ? field.selectedIndex > 0 : field.value !== field.defaultValue);
  const folds = () => new Map([...live.querySelectorAll("details")].map((one) => [`${one.closest("[data-item]")?.dataset.item} ${one.querySelector("summary").textContent}`, one]));
  function redraw(text) {
    const focus = document.activeElement?.form ? place(document.activeElement) : "";
    const typed = new Map(fields().filter(changed).map((field) => [place(field), field.type === "checkbox" ? field.checked : field.value]));
    const open = new Set([...folds()].filter(([, one]) => one.open).map(([which]) => which));
    const chosen = [...live.querySelectorAll("input[type=file]")].filter((one) => one.files.length).map((one) => [one.id, one]);
    live.replaceChildren(document.createRange().createContextualFragment(text));
    for (const field of fields()) {
      const was = typed.get(place(field));
      if (was !== undefined) field[field.type === "checkbox" ? "checked" : "value"] = was;
      if (focus && place(field) === focus) field.focus();
    }
    for (const [which, one] of folds()) if (open.has(which)) one.open = true;
    for (const [id, field] of chosen) document.getElementById(id)?.replaceWith(field);
  }

  const queue = new MeetingQueue(hall, (changed) => {
    if (changed.answer) {
      touched = true;
      base = changed.answer.here ? new Map(Object.entries(changed.answer.here)) : after(base, changed.answer.taken);
      if (changed.answer.live !== null) redraw(changed.answer.live);
    }
    show();
  });

  hall.classList.add("scripted");
  const find = hall.querySelector(".hall-find");
  find.hidden = false;
  find.addEventListener("input", () => {
    const [asked, absent] = [document.getElementById("hall-find").value.trim(), document.getElementById("hall-absent").checked];
    for (const row of rows.values()) row.hidden = (asked && !row.dataset.name.includes(asked) && row.dataset.household !== asked) || (absent && row.classList.contains("here"));
    if (asked || absent) for (const part of hall.querySelectorAll(".hall-names")) part.open = Boolean(part.querySelector("li:not([hidden])"));
  });
  if (hall.dataset.may !== "1") return;

  hall.addEventListener("change", (event) => {
    const row = event.target.closest("#roll li[data-person]");
    if (!row || !event.target.checked) return;
    const way = row.closest("form").querySelector("input[name=way]:checked")?.value || "in_person";
    if (!enter({ kind: "came", people: [row.dataset.person], way }, words[way === "remote" ? "remote" : "came"])) event.target.checked = false;
  });
  hall.addEventListener("input", (event) => {
    const item = event.target.closest(".hall-figures")?.closest(".hall-item");
    if (item) showSums(item);
  });
  hall.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.form) return;
    event.preventDefault();
    const data = entryOf(form, event.submitter);
    if (form.dataset.form === "roll" || (data.kind === "approved" && !data.people)) return;
    if (enter(data, event.submitter?.textContent || "", form)) form.dataset.sent = "1";
    if (data.kind === "came") form.reset();
  });
  bar.querySelector("[data-do=send]").addEventListener("click", () => queue.send());
  addEventListener("online", () => queue.send());
  addEventListener("offline", show);
  addEventListener("storage", show);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) queue.send(); });

  // the page itself is kept for when there is no network, until the meeting is over or somebody signs out
  const over = ["ended", "cancelled"].includes(hall.dataset.over);
  if ("serviceWorker" in navigator && !over) {
    navigator.serviceWorker.register(hall.dataset.worker);
    navigator.serviceWorker.ready.then((worker) => {
      const files = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((one) => one.href || one.src);
      worker.active.postMessage({ keep: [location.pathname, ...files] });
    });
  }
  function forget() {
    navigator.serviceWorker?.getRegistration(location.pathname).then((worker) => worker?.active?.postMessage({ forget: true }));
  }
  if (over && !queue.waiting().length) forget();
  document.querySelector("form[action$='/sign-out/']")?.addEventListener("submit", (event) => {
    if (queue.waiting().length && !confirm(words.leave)) event.preventDefault();
    else forget();
  });
  show();
  queue.send();
})();
