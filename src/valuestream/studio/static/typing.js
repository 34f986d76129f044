// Typing on the picture: a field laid over the text it changes. Tab goes on to the next one.

import { streamName } from "./page.js";
import { drawing, groupOf, put } from "./picture.js";
import { save } from "./fields.js";

// Which field a text of the picture shows, by its style.
const FIELDS = {
  "step-name": "step",
  "map-name": "step",
  "step-by": "by",
  "map-by": "by",
  "step-does": "does",
  "value-text": "value.receives",
  "value-question": "value.receives",
  "map-value": "value.receives",
  "map-question": "value.receives",
  "chip-text": "value.receives",
  "chip-question": "value.receives",
  "promise-text": "value.promise",
};
const OF_STREAM = { title: "stream", "end-text": null };
const LISTS = new Set(["by"]);

const style = (text) => [...text.classList].find((name) => name in FIELDS || name in OF_STREAM);
const stepOf = (text) => text.closest("[data-step]")?.dataset.step;

function fieldOf(text) {
  const name = style(text);
  if (name === "end-text") return text.closest(".vs-request") ? "request" : text.closest(".vs-outcome") ? "outcome" : null;
  if (name === "promise-text" && !/^promise/.test(text.textContent)) return sibling(text) ? "value.promise" : null;
  if (!name) return null;
  return name in OF_STREAM ? OF_STREAM[name] : stepOf(text) ? FIELDS[name] : null;
}

// A second line of a promise follows the first; the goal at the right is no promise.
const sibling = (text) =>
  text.getAttribute("text-anchor") !== "end" && text.previousElementSibling?.classList.contains("promise-text");

const place = (text) => ({ step: stepOf(text), key: fieldOf(text) });
const same = (one, other) => one.step === other.step && one.key === other.key;

// All places where something can be typed, in the picture's order.
function places() {
  const found = new Map(typed().map((text) => [JSON.stringify(place(text)), place(text)]));
  const order = ["step", "value.receives", "value.promise", "by", "does"];
  const steps = new Map([...document.querySelectorAll(".spots li[data-step]")].map((item, at) => [item.dataset.step, at]));
  const rank = (at) => (at.step ? steps.get(at.step) * 10 + order.indexOf(at.key) : -1);
  return [...found.values()].sort((one, other) => rank(one) - rank(other));
}

const typed = () => [...drawing().querySelectorAll("text")].filter(fieldOf);

function textsOf(at) {
  return typed().filter((text) => same(place(text), at));
}

function boxOf(texts) {
  const boxes = texts.map((text) => text.getBBox());
  const x = Math.min(...boxes.map((b) => b.x));
  const y = Math.min(...boxes.map((b) => b.y));
  const right = Math.max(...boxes.map((b) => b.x + b.width));
  const bottom = Math.max(...boxes.map((b) => b.y + b.height));
  return { x, y, width: right - x, height: bottom - y };
}

// The card around the texts, whose width may be typed in.
function roomOf(texts, box) {
  const card = texts[0].closest(".vs-value, .vs-work, .vs-chip, [data-step]")?.querySelector("rect")?.getBBox();
  if (!card) return { ...box, x: box.x - 8, y: box.y - 6, width: Math.max(box.width + 60, 240), height: box.height + 12 };
  return { x: card.x + 6, y: box.y - 6, width: Math.max(card.width - 12, 150), height: box.height + 12 };
}

let open = null;

async function begin(at) {
  if (!(await finish())) return;
  const texts = textsOf(at);
  if (!texts.length) return;
  const handle = at.step ? document.querySelector(`.spots li[data-step="${CSS.escape(at.step)}"] > a`).dataset.handle : null;
  const asked = new URLSearchParams({ key: at.key, ...(handle ? { element: handle } : {}) });
  const answer = await fetch(`/api/v1/streams/${streamName().split("/").map(encodeURIComponent).join("/")}/field?${asked}`);
  if (!answer.ok) return;
  const { text, question, label } = await answer.json();
  const input = document.createElement("textarea");
  input.className = `typing is-${style(texts[0])}`;
  input.rows = 1;
  // A question that nobody has answered is asked, not to be typed over.
  input.value = question === null ? text : "";
  input.placeholder = question ?? "";
  Object.assign(input.dataset, { key: at.key, kind: LISTS.has(at.key) ? "list" : "text" });
  input.was = text;
  if (handle) input.dataset.element = handle;
  input.setAttribute("aria-label", label);
  input.setAttribute("hx-morph-skip", "");
  const canvas = document.getElementById("typing");
  canvas.replaceChildren(input);
  put(input, roomOf(texts, boxOf(texts)));
  const scale = drawing().getBoundingClientRect().width / drawing().viewBox.baseVal.width;
  const size = parseFloat(texts[0].getAttribute("font-size"));
  input.style.fontSize = `${Math.max(size * scale, 12)}px`;
  input.style.minHeight = input.style.height;
  input.style.height = "";
  open = { input, at, texts, isQuestion: question !== null };
  for (const one of texts) one.classList.add("is-typed");
  input.focus();
  input.select();
}

// Ends typing. What could not be saved stays open, as it was typed.
async function finish() {
  if (!open) return true;
  const ending = open;
  open = null;
  if (ending.isQuestion && !ending.input.value.trim()) ending.input.value = ending.input.was;
  const outcome = await save(ending.input);
  if (outcome === "refused" || outcome === "away") {
    open = ending;
    return false;
  }
  for (const text of ending.texts) text.classList.remove("is-typed");
  ending.input.remove();
  return true;
}

async function next(back) {
  const { at } = open;
  const all = places();
  const index = all.findIndex((one) => same(one, at)) + (back ? -1 : 1);
  const following = all[index];
  const link = document.querySelector(`.spots li[data-step="${CSS.escape(at.step ?? "")}"] > a`);
  const handle = following?.step && document.querySelector(`.spots li[data-step="${CSS.escape(following.step)}"] > a`)?.dataset.handle;
  if (!(await finish())) return;
  // Behind the last text is the place for another step.
  if (!following) return (back ? link : [...document.querySelectorAll(".plus button")].at(-1))?.focus();
  // A step that was renamed has another key in the picture, but the same handle.
  const now = handle && document.querySelector(`.spots a[data-handle="${CSS.escape(handle)}"]`)?.parentElement.dataset.step;
  await begin({ step: now || following.step, key: following.key });
}

document.addEventListener("keydown", (event) => {
  if (!open || event.target !== open.input || event.isComposing) return;
  if (event.key === "Tab") {
    event.preventDefault();
    next(event.shiftKey);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    event.stopPropagation();
    const { step } = open.at;
    const { element } = open.input.dataset;
    finish().then((done) => {
      if (!done) return;
      const link = element && document.querySelector(`.spots a[data-handle="${CSS.escape(element)}"]`);
      if (step) link?.focus();
    });
  } else if (event.key === "Escape") {
    event.stopPropagation();
    open.input.value = open.input.was;
    finish();
  }
}, true);

document.addEventListener("focusout", (event) => {
  if (open && event.target === open.input) {
    event.stopPropagation();
    finish();
  }
}, true);

export const edit = {
  can: (text) => Boolean(fieldOf(text)),
  at: (text) => begin(place(text)),
  first: (step) => groupOf(step) && begin({ step, key: "step" }),
};
