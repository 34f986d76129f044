// The picture's steps as links that lie over it: for the pointer, the keyboard and a screen reader.

import { whenever } from "./page.js";

function lay() {
  const canvas = document.getElementById("canvas");
  const svg = canvas?.querySelector("svg.valuestream");
  if (!svg) return;
  const whole = svg.viewBox.baseVal;
  for (const item of canvas.querySelectorAll(".spots li")) {
    const group = svg.querySelector(`[data-step="${CSS.escape(item.dataset.step)}"]`);
    const link = item.firstElementChild;
    if (!group) {
      link.style.inset = "0 auto auto 0";
      continue;
    }
    const box = group.getBBox();
    const share = (value, of) => `${(100 * value) / of}%`;
    link.style.left = share(box.x - 6, whole.width);
    link.style.top = share(box.y - 6, whole.height);
    link.style.width = share(box.width + 12, whole.width);
    link.style.height = share(box.height + 12, whole.height);
  }
}

whenever(lay);
