// Who is here and where: above, and as a dot at the step in which they are.

import { pageId, state, streamName, whenever } from "./page.js";
import { drawing, groupOf, put } from "./picture.js";

const SHOWN = 8;
let everybody = [];
let told = null;

export function people({ people: here, more }) {
  everybody = here.filter((one) => one.id !== pageId);
  const list = document.getElementById("people");
  const rest = everybody.length + more - SHOWN;
  list.dataset.more = rest > 0 ? `+${rest}` : "";
  list.replaceChildren(...everybody.slice(0, SHOWN).map((one) => face("li", one)));
  mark();
}

function face(tag, one) {
  const item = document.createElement(tag);
  const step = stepOf(one);
  item.className = one.colour;
  item.textContent = [...one.name][0]?.toUpperCase() ?? "?";
  item.title = [one.name, one.stream !== streamName() && one.stream, step?.textContent.trim()].filter(Boolean).join(" · ");
  item.setAttribute("aria-label", item.title);
  return item;
}

const stepOf = (one) =>
  one.stream === streamName() && one.element
    ? document.querySelector(`.spots a[data-handle="${CSS.escape(one.element)}"]`)
    : null;

function mark() {
  const room = document.getElementById("others");
  if (!room || !drawing()) return;
  const seen = new Map();
  const dots = everybody.flatMap((one) => {
    const box = groupOf(stepOf(one)?.parentElement.dataset.step ?? "")?.getBBox();
    if (!box) return [];
    const before = seen.get(one.element) ?? 0;
    seen.set(one.element, before + 1);
    const dot = face("i", one);
    dot.setAttribute("aria-hidden", "true");
    put(dot, { x: box.x + box.width - before * 34, y: box.y, width: 0, height: 0 });
    dot.style.width = dot.style.height = "";
    return [dot];
  });
  room.replaceChildren(...dots);
}

// Says where this page is: at the chosen step, or at the field in which one stands.
export function tell(element, field) {
  const body = JSON.stringify({ page: pageId, stream: streamName(), element, field });
  if (body === told) return;
  told = body;
  fetch("/here", { method: "POST", headers: { "content-type": "application/json" }, body }).catch(() => {});
}

// A new line knows only the stream.
export function again() {
  told = null;
  if (streamName()) tell(chosen(), "");
}

export const chosen = () =>
  document.querySelector(`.spots li[data-step="${CSS.escape(state().dataset.step || "\u0000")}"] > a`)?.dataset.handle ?? null;

whenever(() => {
  mark();
  if (streamName() && !document.activeElement?.matches("textarea[data-key]")) tell(chosen(), "");
});
