// The picture as something to work on: its steps are links over it, between them are places for new
// ones. Everything here is laid over the server's SVG and says by the keyboard what the pointer says.

import { say, state, whenever } from "./page.js";
import { send } from "./operations.js";
import { edit } from "./typing.js";

export const canvas = () => document.getElementById("canvas");
export const drawing = () => canvas()?.querySelector("svg.valuestream");
export const groupOf = (key) => drawing()?.querySelector(`[data-step="${CSS.escape(key)}"]`);
const links = () => [...canvas().querySelectorAll(".spots li[data-step] > a")];

// A box of the SVG as shares of the canvas, so that it stays right at every size.
export function put(element, box, whole = drawing().viewBox.baseVal) {
  // Of a thousand steps nearly all stay where they are.
  const said = [box.x, box.y, box.width, box.height, whole.width, whole.height].join(" ");
  if (element.laid === said) return;
  element.laid = said;
  const share = (value, of) => `${((100 * value) / of).toFixed(3)}%`;
  element.style.left = share(box.x, whole.width);
  element.style.top = share(box.y, whole.height);
  element.style.width = share(box.width, whole.width);
  element.style.height = share(box.height, whole.height);
}

function lay() {
  const svg = drawing();
  if (!svg) return;
  const chosen = state().dataset.step;
  const whole = svg.viewBox.baseVal;
  const all = links();
  const groups = new Map();
  for (const group of svg.querySelectorAll("[data-step]")) {
    if (!groups.has(group.dataset.step)) groups.set(group.dataset.step, group);
  }
  // All is read before anything is written: in between, a browser would work out every place anew.
  const boxes = all.map((link) => groups.get(link.parentElement.dataset.step)?.getBBox() ?? { x: 0, y: 0, width: 40, height: 40 });
  const dots = [...svg.querySelectorAll(".number-dot")].map((dot) => dot.cy.baseVal.value);
  if (chosen !== shown) bring(chosen, svg);
  for (const group of svg.querySelectorAll(".is-chosen")) group.classList.remove("is-chosen");
  groups.get(chosen)?.classList.add("is-chosen");
  all.forEach((link, at) => {
    const box = boxes[at];
    put(link, { x: box.x - 8, y: box.y - 8, width: box.width + 16, height: box.height + 16 }, whole);
  });
  for (const plus of canvas().querySelectorAll(".plus")) between(plus, boxes, dots, whole);
}

// Where the picture is wider than its room, the chosen step is brought into sight.
let shown = "";
function bring(key, svg) {
  shown = key;
  const room = document.getElementById("picture");
  const box = key && groupOf(key)?.getBBox();
  if (!box || room.scrollWidth <= room.clientWidth + 4) return;
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  room.scrollLeft = (box.x + box.width / 2) * scale - room.clientWidth / 2;
}

// A place for a new step: the room between two, or beside the first and the last one.
function between(plus, boxes, dots, whole) {
  const at = Number(plus.dataset.place);
  const [one, other] = [boxes[at - 1], boxes[at]];
  const sameRow = one && other && other.x > one.x + one.width / 2;
  const side = 60;
  let room;
  if (sameRow) {
    const [left, right] = [one.x + one.width, Math.max(other.x, one.x + one.width + 8)];
    const [top, bottom] = [Math.min(one.y, other.y), Math.max(one.y + one.height, other.y + other.height)];
    room = { x: left, y: top, width: right - left, height: bottom - top };
  } else if (one) room = { x: one.x + one.width, y: one.y, width: side, height: one.height };
  else if (other) room = { x: other.x - side, y: other.y, width: side, height: other.height };
  else return;
  put(plus, room, whole);
  // On a timeline, new steps come onto the waterline, below the waits that are written there.
  const line = plus.dataset.lift && dots[Math.min(at, dots.length - 1)] + 36;
  const middle = line ? (line - room.y) / room.height : 0.5;
  const height = `${(100 * middle).toFixed(2)}%`;
  if (plus.height !== height) plus.style.setProperty("--at", (plus.height = height));
}

document.addEventListener("keydown", async (event) => {
  const link = event.target.closest?.(".spots li[data-step] > a");
  if (!link) return;
  const all = links();
  const at = all.indexOf(link);
  const { handle } = link.dataset;
  const go = async (done, text) => {
    if ((await done) === "saved" && text) say(text);
    links().find((one) => one.dataset.handle === handle)?.focus();
  };
  const words = canvas().dataset;
  if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    event.preventDefault();
    const to = event.key === "ArrowLeft" ? at - 1 : at + 1;
    if (to < 0 || to >= all.length) return;
    const after = event.key === "ArrowLeft" ? all[at - 2]?.dataset.handle ?? null : all[at + 1].dataset.handle;
    await go(send({ operation: "MoveStep", element: handle, after }), words.moved.replace("{n}", to + 1));
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    event.preventDefault();
    all[event.key === "ArrowLeft" ? at - 1 : at + 1]?.focus();
  } else if (event.key === "Home" || event.key === "End") {
    event.preventDefault();
    all.at(event.key === "Home" ? 0 : -1).focus();
  } else if (event.key === "F2") {
    event.preventDefault();
    edit.first(link.parentElement.dataset.step);
  } else if (event.key === "Insert") {
    event.preventDefault();
    await add({ operation: "AddStep", after: handle, fields: {} }, at + 1);
  } else if (event.key === "Delete") {
    event.preventDefault();
    if ((await send({ operation: "RemoveStep", element: handle })) === "saved") say(words.removed);
    links()[Math.min(at, links().length - 1)]?.focus();
  }
});

// A new step is given its name at once.
async function add(operation, at) {
  if ((await send(operation)) === "saved") edit.first(links()[at]?.parentElement.dataset.step);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-add]");
  if (button) add(JSON.parse(button.dataset.add), Number(button.parentElement.dataset.place));
});

// A click on a step's card leads to its panel; one on a text is typed over in its place.
document.addEventListener("click", (event) => {
  const group = event.target.closest?.("#canvas svg.valuestream [data-step]");
  const text = event.target.closest?.("#canvas svg.valuestream text");
  if (canvas()?.dataset.dragged) return;
  if (text && edit.can(text)) edit.at(text);
  else if (group) links().find((link) => link.parentElement.dataset.step === group.dataset.step)?.click();
});

whenever(lay);
addEventListener("load", lay);
document.fonts?.ready.then(lay);
