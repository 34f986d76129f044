// The system's picture: each stream and step is a link laid over it, which arrow keys walk.

import { whenever } from "./page.js";
import { put } from "./picture.js";

const system = () => document.getElementById("system");
const items = () => [...system().querySelectorAll(".spots [data-link]")];

function shapeOf(item, svg) {
  const own = (key) => svg.querySelector(`[data-step="${CSS.escape(key)}"]`);
  if (!item.hasAttribute("data-stream")) return own(item.dataset.link);
  const first = item.querySelector("[data-link]");
  return own(first?.dataset.link ?? "")?.closest(".vs-stream")?.querySelector(".stream-name, .stream-name-small");
}

function lay() {
  const svg = system()?.querySelector("svg.valuestream");
  if (!svg) return;
  for (const item of items()) {
    const box = shapeOf(item, svg)?.getBBox();
    if (!box) continue;
    const link = item.querySelector("a");
    put(link, { x: box.x - 5, y: box.y - 5, width: box.width + 10, height: box.height + 10 }, svg.viewBox.baseVal);
    // Streams are what Tab goes to; arrow keys go on from there.
    if (!item.hasAttribute("data-stream")) link.tabIndex = -1;
  }
}

document.addEventListener("keydown", (event) => {
  const item = system() && event.target.closest?.("#system .spots [data-link]");
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!item || !step) return;
  event.preventDefault();
  const all = items();
  let at = all.indexOf(item) + step;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    while (all[at] && !all[at].hasAttribute("data-stream")) at += step;
  }
  all[at]?.querySelector("a").focus();
});

whenever(lay);
addEventListener("load", lay);
document.fonts?.ready.then(lay);
