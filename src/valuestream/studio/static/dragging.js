// Dragging a step to another place. What the pointer does here, Alt with an arrow does by the keyboard.

import { canvas, drawing, groupOf } from "./picture.js";
import { send } from "./operations.js";

const FAR = 7;
let drag = null;

const spots = () =>
  [...canvas().querySelectorAll(".spots li[data-step]")].map((item) => ({
    key: item.dataset.step,
    handle: item.firstElementChild.dataset.handle,
    box: groupOf(item.dataset.step)?.getBBox(),
  })).filter((spot) => spot.box);

function inPicture(event) {
  const frame = drawing().getBoundingClientRect();
  const scale = drawing().viewBox.baseVal.width / frame.width;
  return { x: (event.clientX - frame.left) * scale, y: (event.clientY - frame.top) * scale };
}

document.addEventListener("pointerdown", (event) => {
  if (canvas()) delete canvas().dataset.dragged;
  const group = event.target.closest?.("#canvas svg.valuestream [data-step]");
  if (!group || event.button !== 0 || event.pointerType === "touch") return;
  drag = { key: group.dataset.step, from: inPicture(event), moving: false };
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const to = inPicture(event);
  const [dx, dy] = [to.x - drag.from.x, to.y - drag.from.y];
  if (!drag.moving && Math.hypot(dx, dy) < FAR) return;
  drag.moving = true;
  event.preventDefault();
  const group = groupOf(drag.key);
  if (!group) return stop();
  canvas().classList.add("is-dragging");
  group.classList.add("is-dragged");
  // What is drawn last lies on top.
  if (!drag.next) {
    drag.next = { group, before: group.nextSibling, within: group.parentNode };
    group.parentNode.append(group);
  }
  group.setAttribute("transform", `translate(${dx.toFixed(1)} ${dy.toFixed(1)})`);
  drag.after = target(to);
  mark(drag.after);
});

// Behind which step the pointer is: rows first, then from left to right.
function target(to) {
  const others = spots().filter((spot) => spot.key !== drag.key);
  const row = others.reduce((best, spot) => {
    const away = Math.abs(spot.box.y + spot.box.height / 2 - to.y);
    return !best || away < best.away - 1 ? { away, y: spot.box.y } : best;
  }, null);
  const before = others.filter(
    (spot) => spot.box.y < row.y - 1 || (Math.abs(spot.box.y - row.y) <= 40 && spot.box.x + spot.box.width / 2 < to.x),
  );
  return before.at(-1) ?? null;
}

function mark(after) {
  const place = canvas().querySelector(".drop") ?? canvas().appendChild(Object.assign(document.createElement("i"), { className: "drop" }));
  const whole = drawing().viewBox.baseVal;
  const first = spots().find((spot) => spot.key !== drag.key)?.box;
  const box = after?.box ?? first;
  const x = after ? box.x + box.width + 20 : box.x - 20;
  place.style.left = `${(100 * x) / whole.width}%`;
  place.style.top = `${(100 * box.y) / whole.height}%`;
  place.style.height = `${(100 * box.height) / whole.height}%`;
}

function stop() {
  if (!drag) return;
  canvas()?.classList.remove("is-dragging");
  canvas()?.querySelector(".drop")?.remove();
  const group = groupOf(drag.key);
  group?.classList.remove("is-dragged");
  group?.removeAttribute("transform");
  back();
  drag = null;
}

// Whatever changes in the picture meanwhile finds all in its place; the next move draws it out again.
function back() {
  if (drag?.next) drag.next.within.insertBefore(drag.next.group, drag.next.before);
  if (drag) drag.next = null;
}
document.addEventListener("htmx:after:request", back);

document.addEventListener("pointerup", async () => {
  if (!drag?.moving) {
    drag = null;
    return;
  }
  const { key, after } = drag;
  const all = spots();
  const at = all.findIndex((spot) => spot.key === key);
  canvas().dataset.dragged = "yes";
  const stays = (all[at - 1]?.key ?? null) === (after?.key ?? null);
  const { handle } = all[at];
  stop();
  if (!stays) await send({ operation: "MoveStep", element: handle, after: after?.handle ?? null });
});
document.addEventListener("pointercancel", stop);
document.addEventListener("keydown", (event) => event.key === "Escape" && stop());
