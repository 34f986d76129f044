// Somebody was first: both are shown, and the person chooses. Nothing is lost in silence.

import { refresh } from "./page.js";

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
        const { send, undo } = await import("./operations.js");
        if (about.undo) return done(undo(true));
        // What they wrote was seen now.
        return done(send("base" in about ? about : { ...about, was: problem.theirs }));
      },
      { once: true },
    );
  });
}
