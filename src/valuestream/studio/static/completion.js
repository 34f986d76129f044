// Completion in the text: what can be written where the caret stands, in a list below it.
// Arrows choose, Enter or Tab takes, Escape closes, Ctrl+Space opens.

import { streamName } from "./page.js";

const PAUSE_MS = 90;
const LIST = "completion";
let open = null;
let pausing = null;
let asked = 0;

const area = () => document.getElementById("text");
const points = (text) => Array.from(text);

async function ask(wanted) {
  const text = area();
  if (!text || text.selectionStart !== text.selectionEnd) return close();
  const turn = ++asked;
  const { value, selectionStart } = text;
  const path = streamName().split("/").map(encodeURIComponent).join("/");
  let answer;
  try {
    answer = await fetch(`/api/v1/streams/${path}/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: value, offset: points(value.slice(0, selectionStart)).length }),
    });
  } catch {
    return close();
  }
  if (!answer.ok || turn !== asked || text !== area() || text.value !== value || document.activeElement !== text) return close();
  const { start, end, suggestions } = await answer.json();
  const all = points(value);
  const from = all.slice(0, start).join("").length;
  const to = all.slice(0, end).join("").length;
  const typed = value.slice(from, selectionStart);
  const isNew = suggestions.length > 1 || (suggestions[0] && suggestions[0].shown !== typed.trim());
  // By itself only where something is being written: a list over an empty line would be in the way.
  if (!isNew || (!wanted && !typed.trim() && !/: $/.test(value.slice(0, selectionStart)))) return close();
  show(text, from, to, suggestions);
}

function show(text, from, to, suggestions) {
  // What somebody went to by an arrow stays chosen when the list comes anew.
  const kept = open?.moved && open.from === from ? open.suggestions[open.chosen].shown : null;
  close();
  const list = document.createElement("ul");
  list.id = LIST;
  list.className = "completion";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", text.dataset.completing ?? "");
  suggestions.forEach((one, at) => {
    const item = document.createElement("li");
    item.id = `${LIST}-${at}`;
    item.className = `is-${one.kind}`;
    item.setAttribute("role", "option");
    const name = document.createElement("b");
    name.textContent = one.shown;
    item.append(name);
    if (one.meaning) {
      const meaning = document.createElement("small");
      meaning.textContent = one.meaning;
      item.append(meaning);
    }
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take(at);
    });
    list.append(item);
  });
  document.body.append(list);
  open = { text, list, from, to, suggestions, chosen: 0, moved: kept !== null };
  text.setAttribute("aria-controls", LIST);
  put(text, list, from);
  choose(Math.max(0, suggestions.findIndex((one) => one.shown === kept)));
}

// Under the first letter of what is being typed; above it where there is no room.
function put(text, list, from) {
  const style = getComputedStyle(text);
  const before = text.value.slice(0, from).split("\n");
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontSize} ${style.fontFamily}`;
  const box = text.getBoundingClientRect();
  const height = parseFloat(style.lineHeight);
  const x = box.left + parseFloat(style.paddingLeft) + pen.measureText(before.at(-1)).width - text.scrollLeft;
  const y = box.top + parseFloat(style.paddingTop) + before.length * height - text.scrollTop;
  const { offsetWidth: wide, offsetHeight: high } = list;
  list.style.left = `${Math.max(8, Math.min(x, innerWidth - wide - 8))}px`;
  list.style.top = `${y + high + 8 > innerHeight && y - height - high > 0 ? y - height - high - 4 : y + 4}px`;
}

function choose(at) {
  const { list, text } = open;
  open.chosen = (at + list.children.length) % list.children.length;
  [...list.children].forEach((item, n) => item.setAttribute("aria-selected", n === open.chosen));
  const item = list.children[open.chosen];
  text.setAttribute("aria-activedescendant", item.id);
  item.scrollIntoView({ block: "nearest" });
}

function take(at) {
  const { text, from, to, suggestions } = open;
  const { written } = suggestions[at];
  close();
  text.focus();
  text.setSelectionRange(from, to);
  // As if it were typed: the browser's own undo takes it back, and what can follow is asked for.
  document.execCommand("insertText", false, written);
}

function close() {
  if (!open) return;
  open.list.remove();
  open.text.removeAttribute("aria-activedescendant");
  open.text.removeAttribute("aria-controls");
  open = null;
}

document.addEventListener("input", (event) => {
  if (event.target !== area()) return;
  clearTimeout(pausing);
  pausing = setTimeout(ask, PAUSE_MS, false);
});

// Before the text's own keys: Enter takes what is chosen and begins no line.
document.addEventListener("keydown", (event) => {
  if (event.target !== area() || event.isComposing) return;
  if (event.key === " " && event.ctrlKey) {
    event.preventDefault();
    ask(true);
    return;
  }
  if (!open) return;
  const does = {
    ArrowDown: () => choose(open.chosen + 1),
    ArrowUp: () => choose(open.chosen - 1),
    PageDown: () => choose(Math.min(open.chosen + 6, open.list.children.length - 1)),
    PageUp: () => choose(Math.max(open.chosen - 6, 0)),
    Enter: () => take(open.chosen),
    Tab: () => take(open.chosen),
    Escape: close,
  }[event.key];
  if (event.key.startsWith("Arrow") || event.key.startsWith("Page")) open.moved = true;
  if (does && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) {
    event.preventDefault();
    event.stopImmediatePropagation();
    does();
  } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
    close();
  }
}, true);

document.addEventListener("focusout", (event) => event.target === area() && close());
document.addEventListener("mousedown", (event) => open && !open.list.contains(event.target) && close());
addEventListener("scroll", (event) => open && !open.list.contains(event.target) && close(), true);
addEventListener("resize", close);
