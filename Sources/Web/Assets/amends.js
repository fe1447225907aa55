// Makes pages livelier; everything works without it.
"use strict";

// What was wrong with a form is read out first.
document.querySelector(".problem[tabindex]")?.focus();

// A form is sent once: a second click would only be told so.
for (const form of document.querySelectorAll("form.command")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-disabled", "true");
    }
    form.addEventListener("submit", (event) => event.preventDefault());
  }, { once: true });
}

// What is entered survives a broken connection or a closed page, on this device only, until it is sent.
for (const form of document.querySelectorAll("form[enctype]")) {
  const place = "draft:" + location.pathname + (new URLSearchParams(location.search).get("matter") ?? "");
  const fields = [...form.querySelectorAll("input:not([type=hidden]):not([type=file]), textarea, select")]
    .filter((field) => !["claimant.identity", "payee.account"].includes(field.name));
  try {
    const draft = JSON.parse(sessionStorage.getItem(place) ?? "{}");
    for (const field of fields) {
      if (!field.value && draft[field.name]) field.value = draft[field.name];
    }
    form.addEventListener("input", () => {
      sessionStorage.setItem(place, JSON.stringify(
        Object.fromEntries(fields.map((field) => [field.name, field.value]))));
    });
    form.addEventListener("submit", () => sessionStorage.removeItem(place));
  } catch { /* no storage: nothing is kept */ }
}
