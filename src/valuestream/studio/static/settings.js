// The reader's own settings: a name, day or night, a language. Kept as cookies of this browser.

import { cookie, remember } from "./page.js";

const dialog = document.getElementById("settings");

document.addEventListener("click", (event) => {
  if (event.target.closest("#settings-open")) {
    dialog.querySelector("[name=name]").value = cookie("name");
    dialog.showModal();
  }
  for (const open of document.querySelectorAll("details.filter[open]")) {
    if (!open.contains(event.target) || event.target.closest(".choices a")) open.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.filter[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

dialog?.addEventListener("change", (event) => {
  const { name, value } = event.target;
  remember(name, value.trim());
  if (name === "theme") {
    if (value) document.documentElement.dataset.theme = value;
    else delete document.documentElement.dataset.theme;
  }
  if (name === "language") location.reload();
});
