// Somebody was first: both are shown, and the person chooses. Nothing is lost in silence.

import { refresh, state } from "./page.js";

const shown = (value) =>
  value === null || value === undefined ? "–" : typeof value === "string" ? value : JSON.stringify(value, null, 1);

export function choose(problem, about) {
  const dialog = document.getElementById("conflict");
  dialog.querySelector(".conflict-where").textContent = problem.detail;
  dialog.querySelector(".conflict-theirs").textContent = shown(problem.theirs);
  dialog.querySelector(".conflict-mine").textContent = shown(problem.mine);
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener(
      "close",
      async () => {
        const mine = dialog.returnValue === "mine";
        dialog.returnValue = "";
        if (!mine) {
          await refresh();
          return done("theirs");
        }
        const { again } = await import("./operations.js");
        if (about.undo) return done(again("undo?anyway=true", undefined, about));
        // What they wrote was seen now.
        await refresh();
        const seen = { ...about, ...("base" in about ? { base: Number(state().dataset.version) } : { was: problem.theirs }) };
        return done(again("operations", seen, seen));
      },
      { once: true },
    );
  });
}
