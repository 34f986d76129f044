// Hears what happens and fetches what has changed; says whether the studio can be reached.

import { page, pageId, refresh, state, streamName } from "./page.js";
import { again, people } from "./presence.js";

let line = null;
let away = false;

function connect() {
  const stream = streamName();
  const asked = new URLSearchParams({ page: pageId, ...(stream ? { stream } : {}) });
  line = new EventSource(`/live?${asked}`);
  line.addEventListener("hello", () => {
    // What happened before the line was there was told to nobody here; mostly it is nothing.
    refresh();
    again();
    reached(true);
  });
  line.addEventListener("measured", refresh);
  line.addEventListener("acts", refresh);
  line.addEventListener("committed", refresh);
  line.addEventListener("changed", changed);
  line.addEventListener("here", (event) => people(JSON.parse(event.data)));
  line.addEventListener("error", () => reached(false));
}

function changed(event) {
  const { stream, to, version } = JSON.parse(event.data);
  const here = stream === streamName();
  if (here && to) location.assign(`/streams/${to.split("/").map(encodeURIComponent).join("/")}`);
  else if (!here || version > Number(state().dataset.version)) refresh();
}

function reached(yes) {
  const status = document.getElementById("saved");
  if (!status || yes === !away) return;
  away = !yes;
  status.classList.toggle("is-away", away);
  const saved = status.dataset.saved.replace("{n}", state().dataset.saved);
  status.querySelector("span").textContent = away ? status.dataset.away : saved;
}

// A frozen or hidden page may have missed everything: it asks when it is seen again.
addEventListener("pageshow", (event) => event.persisted && refresh());
if (page()) connect();
