// The text beside the picture: what is typed is saved when one pauses, faults are said in their place.

import { refresh, state, warn, whenever } from "./page.js";
import { send } from "./operations.js";

const PAUSE_MS = 600;
let pausing = null;

const area = () => document.getElementById("text");

// What is not saved yet, and why: said where it is typed, until it is saved or as it was.
function refused(why) {
  const line = document.getElementById("text-refused");
  // The text was closed meanwhile.
  if (!line) return why && warn(why);
  line.textContent = why ? line.dataset.refused.replace("{why}", why) : "";
  line.hidden = !why;
  return undefined;
}

function number() {
  const text = area();
  if (!text) return;
  const lines = text.value.split("\n").length;
  const gutter = document.getElementById("text-lines");
  const said = [...document.querySelectorAll("#text-faults [data-line]")].reverse();
  const marks = new Map(said.map((one) => [Number(one.dataset.line), one]));
  gutter.replaceChildren(
    ...Array.from({ length: lines }, (_, at) => {
      const line = document.createElement("i");
      line.textContent = at + 1;
      const mark = marks.get(at + 1);
      if (mark) {
        line.className = mark.parentElement.className || "is-fault";
        line.title = mark.textContent.trim();
      }
      return line;
    }),
  );
}

async function write() {
  const text = area();
  if (!text) return;
  if (text.value === (text.was ?? text.defaultValue)) {
    refused("");
    // Nothing of one's own is in it any more.
    if (text.hasAttribute("hx-morph-skip")) await calm(text);
    return;
  }
  const written = text.value;
  const done = await send({ operation: "SetText", text: written, base: Number(text.dataset.base) }, refused);
  if (done === "saved") {
    refused("");
    text.was = written;
    text.dataset.base = state().dataset.version;
    // Nobody typed meanwhile: what others wrote may come in.
    if (text.value === written) await calm(text);
  }
}

async function calm(text) {
  text.removeAttribute("hx-morph-skip");
  await refresh();
  // What was typed meanwhile is still to be saved.
  if (text.hasAttribute("hx-morph-skip")) return;
  if (document.activeElement !== text) text.value = text.defaultValue;
  text.was = text.value;
}

document.addEventListener("input", (event) => {
  if (event.target !== area()) return;
  event.target.toggleAttribute("hx-morph-skip", true);
  number();
  clearTimeout(pausing);
  pausing = setTimeout(write, PAUSE_MS);
});

document.addEventListener("keydown", (event) => {
  const text = area();
  if (event.target !== text || !text) return;
  if (event.key === "Enter" && !event.ctrlKey) {
    const before = text.value.slice(0, text.selectionStart);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    const indent = line.match(/^(\s*)(- )?/);
    event.preventDefault();
    const deeper = /:\s*$/.test(line) ? "  " : "";
    document.execCommand("insertText", false, `\n${indent[1]}${indent[2] ? "  " : ""}${deeper}`);
  }
});

document.addEventListener("click", (event) => {
  const fault = event.target.closest("#text-faults [data-line]");
  if (!fault || !area()) return;
  const start = area().value.split("\n").slice(0, Number(fault.dataset.line) - 1).join("\n").length;
  area().focus();
  area().setSelectionRange(start + 1, start + 1);
});

whenever(number);
