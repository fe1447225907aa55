// Makes pages livelier; everything works without it.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const sleep = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** Runs `act` when nothing came for `ms`; what came late of an earlier run is dropped by `isLast`. */
function settled(ms, act) {
  let [timer, run] = [0, 0];
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => { const own = ++run; act(() => own === run); }, ms);
  };
}

// What was wrong with a form is read out first.
document.querySelector(".problem[tabindex]")?.focus();

// A second click while a form is on its way does nothing. Coming back to the page, it may be sent again: under its
// key it is done once.
for (const form of all("form.command")) {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => { delete form.dataset.sent; });
}

// What is entered survives a broken connection or a closed page, in this window only, until it has arrived. Numbers
// of documents and accounts are never kept.
const drafts = "draft:";
try {
  if (document.querySelector(".keep")) {
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith(drafts)) sessionStorage.removeItem(name);
    }
  }
  for (const form of all("form[data-draft]")) {
    const place = drafts + form.dataset.draft;
    const fields = all("input:not([type=hidden]):not([type=file]), textarea, select", form)
      .filter((field) => !["claimant.identity", "payee.account"].includes(field.name));
    const draft = JSON.parse(sessionStorage.getItem(place) ?? "{}");
    for (const field of fields) {
      if (!field.value && draft[field.name]) field.value = draft[field.name];
    }
    form.addEventListener("input", () => {
      sessionStorage.setItem(place, JSON.stringify(
        Object.fromEntries(fields.map((field) => [field.name, field.value]))));
    });
  }
} catch { /* no storage: nothing is kept */ }

// Files go one by one, each tried again by itself: what was kept need not be sent again, and what is entered stays.
for (const form of all("form[data-uploads]")) {
  const { uploading, uploaded, failed, again, goOn, tooLarge, sending } = form.dataset;
  const inputs = all("input[type=file]", form);
  const bare = () => {
    const data = new FormData(form);
    for (const input of inputs) data.delete(input.name);
    return data;
  };
  for (const input of inputs) {
    input.addEventListener("change", () => {
      const isTooLarge = [...input.files].some((file) => file.size > Number(form.dataset.uploads));
      input.setCustomValidity(isTooLarge ? tooLarge : "");
      if (isTooLarge) input.reportValidity();
    });
  }
  form.addEventListener("submit", async (event) => {
    const files = inputs.flatMap((input) => [...input.files].map((file) => (
      { file, kind: input.name === "file" ? form.elements.kind.value : input.name })));
    if (event.defaultPrevented || !files.length) return;
    event.preventDefault();
    let [home, place, csrf] = [location.href, form.action, form.elements.csrf?.value];
    if (form.dataset.draft) {
      // The complaint first, without them. Under its key it is filed once, however often it is sent.
      const filed = await fetch(form.action, { method: "POST", body: bare() }).catch(() => null);
      const page = filed && parse(await filed.text());
      if (!filed?.redirected) {
        delete form.dataset.sent;
        all(".problem").forEach((old) => old.remove());
        const problem = page?.querySelector(".problem") ?? Object.assign(
          document.createElement("p"), { className: "problem", tabIndex: -1, textContent: failed });
        form.before(problem);
        problem.focus();
        return;
      }
      home = filed.url;
      csrf = page.querySelector("input[name=csrf]")?.value;
      const { pathname, search } = new URL(home);
      place = `${pathname}/evidence${search}`;
    }
    const list = Object.assign(document.createElement("ul"), { className: "uploads" });
    list.setAttribute("role", "status");
    if (form.dataset.draft) list.append(Object.assign(document.createElement("li"), { textContent: sending }));
    form.replaceWith(list);
    for (const each of files) list.append(each.line = document.createElement("li"));
    await sendAll(files);

    async function sendAll(pending) {
      for (const each of pending) {
        const say = (word) => { each.line.textContent = `${each.file.name} · ${word}`; };
        say(uploading);
        each.isKept = await sendOne(each);
        say(each.isKept ? uploaded : each.why ?? failed);
      }
      const lost = pending.filter((each) => !each.isKept);
      if (!lost.length) { location.assign(home); return; }
      const button = Object.assign(document.createElement("button"), { textContent: again });
      const link = Object.assign(document.createElement("a"), { href: home, textContent: goOn });
      const line = document.createElement("li");
      line.append(button, " ", link);
      list.append(line);
      button.addEventListener("click", () => { line.remove(); sendAll(lost); });
    }

    async function sendOne(each) {
      const { file, kind } = each;
      for (const pause of [1_000, 3_000, 0]) {
        const data = new FormData();
        if (csrf) data.set("csrf", csrf);
        data.set("kind", kind);
        data.set("file", file, file.name);
        const answer = await fetch(place, { method: "POST", body: data }).catch(() => null);
        if (answer?.ok) return true;
        // What the office refuses it will refuse again.
        if (answer && answer.status < 500 && answer.status !== 429) {
          each.why = parse(await answer.text()).querySelector(".problem li, .problem p")?.textContent;
          return false;
        }
        await sleep(pause);
      }
      return false;
    }
  });
}

// Clocks go on by themselves, by the office's time.
const office = document.querySelector("[data-now]");
const skew = office ? Date.parse(office.dataset.now) - Date.now() : 0;

function span(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const units = office.dataset.units.split(",");
  const counts = [
    Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  const first = Math.max(0, counts.findIndex((count) => count > 0));
  return counts.slice(first, first + 2).map((count, at) => `${count}${units[first + at]}`)
    .join(office.dataset.join ?? "");
}

function tick() {
  for (const each of all("[data-due]")) {
    const left = Date.parse(each.dataset.due) - Date.now() - skew;
    const { late, soon, left: still } = office.dataset;
    const pace = left < 0 ? "late" : left < Number(each.dataset.whole) / 5 ? "soon" : "in-time";
    const word = { late, soon: `${soon} · ${still}`, "in-time": still }[pace];
    each.className = `${each.className.split(" ")[0]} ${pace}`;
    const mark = each.querySelector("[aria-hidden]");
    if (mark) mark.textContent = { late: "◆", soon: "▲", "in-time": "●" }[pace];
    each.lastChild.textContent = ` ${word} ${span(left)}`;
  }
}
if (office) {
  tick();
  setInterval(tick, 1000);
}

// When something has changed, the page asks for itself again and puts the parts that differ in place. Only how many
// are new is read out.
const live = document.querySelector("[data-live]");
if (live && window.EventSource) {
  const shown = new Map(all("[data-part]").map((part) => [part.id, part.innerHTML]));
  const rows = () => new Set(all("[data-part] td .case-number").map((link) => link.textContent));
  const refresh = settled(200, async (isLast) => {
    const answer = await fetch(location.href, { headers: { "X-Amends-Refresh": "1" } }).catch(() => null);
    if (!answer?.ok || !isLast()) return;
    const page = parse(await answer.text());
    const before = rows();
    for (const part of all("[data-part]")) {
      const fresh = page.getElementById(part.id);
      const active = part.contains(document.activeElement) ? document.activeElement : null;
      if (!fresh || fresh.innerHTML === shown.get(part.id) || active?.matches("input, select, textarea")) continue;
      shown.set(part.id, fresh.innerHTML);
      part.replaceChildren(...fresh.childNodes);
      const address = active?.getAttribute("href");
      if (address) part.querySelector(`[href="${CSS.escape(address)}"]`)?.focus();
    }
    if (office) tick();
    const arrived = document.getElementById("arrived");
    const count = [...rows()].filter((number) => !before.has(number)).length;
    if (arrived && count) arrived.textContent = `${count} ${arrived.dataset.text}`;
  });
  new EventSource(live.dataset.live).addEventListener("message", refresh);
}

// The desk: search and policy answer while one types.
const search = document.querySelector("form[data-search]");
if (search) {
  const [words, found] = [search.elements.q, document.getElementById("found")];
  const look = settled(250, async (isLast) => {
    const answer = await fetch(`${search.dataset.search}&q=${encodeURIComponent(words.value)}`).catch(() => null);
    if (answer?.ok && isLast()) found.innerHTML = await answer.text();
  });
  words.addEventListener("input", look);
  const phone = document.getElementById("claimant.phone");
  phone?.addEventListener("input", () => {
    if (phone.value.length < 6) return;
    words.value = phone.value;
    look();
  });
}
const policy = document.querySelector("[data-preview]");
const preview = document.getElementById("preview");
if (policy && preview) {
  const ask = settled(500, async (isLast) => {
    const data = new FormData(policy.form);
    for (const input of all("input[type=file]", policy.form)) data.delete(input.name);
    const answer = await fetch(policy.formAction, {
      method: "POST", body: data, headers: { "X-Amends-Refresh": "1" },
    }).catch(() => null);
    if (answer?.ok && isLast()) preview.innerHTML = await answer.text();
  });
  policy.form.addEventListener("input", ask);
  policy.addEventListener("click", (event) => { event.preventDefault(); ask(); });
}
for (const choice of all("form[data-choice] select")) {
  choice.addEventListener("change", () => { if (choice.value) choice.form.requestSubmit(); });
}

// Keys: each leads to the element that names it; `?` shows them.
const keys = document.getElementById("keys");
for (const button of all("[data-opens]")) {
  button.hidden = false;
  button.addEventListener("click", () => keys.showModal());
}
if (keys) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (document.activeElement?.matches("input, select, textarea")) {
      if (event.key === "Escape") document.activeElement.blur();
      return;
    }
    if (event.key === "?") { keys.showModal(); return; }
    const target = all("[data-key]").find((each) => each.dataset.key === event.key);
    if (!target) return;
    event.preventDefault();
    target.focus();
    if (target.matches("a, button")) target.click();
  });
}
