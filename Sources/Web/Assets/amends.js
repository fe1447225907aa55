// Makes pages livelier; everything works without it.
"use strict";

// What was wrong with a form is read out first.
document.querySelector(".problem[tabindex]")?.focus();

// A second click while a form is on its way does nothing. Coming back to the page, it may be sent again: under its
// key it is done once.
for (const form of document.querySelectorAll("form.command")) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
  });
  addEventListener("pageshow", () => { isSent = false; });
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
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const place = drafts + form.dataset.draft;
    const fields = [...form.querySelectorAll("input:not([type=hidden]):not([type=file]), textarea, select")]
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
