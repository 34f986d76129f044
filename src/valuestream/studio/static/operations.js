// Small named edits on their way to the studio, one after the other, and what comes back.

import { author, refresh, resource, say, state, warn } from "./page.js";
import { choose } from "./conflict.js";

let waiting = Promise.resolve();
let underway = 0;

const path = (end) => `${resource()}/${end}`;

// Does an operation and says what came of it: "saved" when it is on the disk; "refused" or "away" (the
// person was told why, in `told`); "theirs" where somebody was first and the person left it so.
export function send(operation, told = warn) {
  return post("operations", operation, operation, told);
}

export const undo = () => post("undo", undefined, { undo: true });
export const redo = () => post("redo", undefined, { redo: true });

function post(end, body, about, told) {
  status("saving");
  underway += 1;
  const sent = waiting.then(() => answered(end, body, about, told));
  waiting = sent.catch(() => {});
  return sent.finally(() => {
    underway -= 1;
  });
}

// What a person chose to do all the same. It takes the turn of what was refused.
export const again = (end, body, about) => answered(end, body, about);

async function answered(end, body, about, told = warn) {
  author();
  let answer;
  try {
    answer = await fetch(path(end), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    status("away");
    warn(texts().away);
    return "away";
  }
  const said = await answer.json();
  if (answer.ok) {
    if (underway <= 1) status("saved", said.saved);
    if (said.notes?.length) say(said.notes.join(" "));
    else if (about.undo) say(texts().undone);
    await refresh();
    return "saved";
  }
  status("saved", state().dataset.saved);
  if (answer.status === 409) return choose(said, about);
  told(capital(said.detail));
  return "refused";
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const texts = () => document.getElementById("saved")?.dataset ?? {};

function status(now, number) {
  const line = document.getElementById("saved");
  if (!line) return;
  line.classList.toggle("is-saving", now === "saving");
  line.classList.toggle("is-away", now === "away");
  const said = now === "saved" ? line.dataset.saved.replace("{n}", number) : line.dataset[now];
  line.querySelector("span").textContent = said;
}

// Undo and redo, wherever one is but in a text that is being typed.
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || !resource()) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  const typing = event.target.closest("input, textarea");
  if (typing && (typing.value !== typing.was || typing.was === undefined)) return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) redo();
  else undo();
});

// Buttons that do something: their operation stands on them.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-do], [data-undo], [data-redo]");
  if (!button) return;
  event.preventDefault();
  button.closest("details[open]")?.removeAttribute("open");
  if (button.hasAttribute("data-undo")) await undo();
  else if (button.hasAttribute("data-redo")) await redo();
  else if ((await send(JSON.parse(button.dataset.do))) === "saved" && button.dataset.said) say(button.dataset.said);
});

// Small forms that make an operation of what is chosen in them.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-operation]");
  if (!form) return;
  event.preventDefault();
  const operation = JSON.parse(form.dataset.operation);
  for (const [name, value] of new FormData(form)) {
    if (name === "names") operation.names = value.split("\n").map((n) => n.trim()).filter(Boolean);
    else if (value.trim()) operation[name] = value.trim();
  }
  form.closest("details[open]")?.removeAttribute("open");
  await send(operation);
});
