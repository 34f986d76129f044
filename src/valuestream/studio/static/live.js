// Hears what happens and fetches what has changed; says whether the studio can be reached.

import { page, pageId, refresh, streamName } from "./page.js";

let line = null;
let away = false;

function connect() {
  const stream = streamName();
  const asked = new URLSearchParams({ page: pageId, ...(stream ? { stream } : {}) });
  line = new EventSource(`/live?${asked}`);
  line.addEventListener("hello", () => {
    if (away) refresh();
    reached(true);
  });
  line.addEventListener("measured", refresh);
  line.addEventListener("changed", changed);
  line.addEventListener("here", (event) => people(JSON.parse(event.data)));
  line.addEventListener("error", () => reached(false));
}

function changed(event) {
  const { stream, to, version } = JSON.parse(event.data);
  const here = stream === streamName();
  if (here && to) location.assign(`/streams/${to.split("/").map(encodeURIComponent).join("/")}`);
  else if (!here || version > Number(page().dataset.version)) refresh();
}

function reached(yes) {
  away = !yes;
  const status = document.getElementById("saved");
  if (!status) return;
  status.classList.toggle("is-away", away);
  if (away) status.querySelector("span").textContent = status.dataset.away;
}

function people({ people: everybody, more }) {
  const list = document.getElementById("people");
  const own = streamName();
  const others = everybody.filter((one) => one.id !== pageId);
  const count = others.length + more - 8;
  list.dataset.more = count > 0 ? `+${count}` : "";
  list.replaceChildren(
    ...others.slice(0, 8).map((one) => {
      const item = document.createElement("li");
      item.className = one.colour;
      item.textContent = [...one.name][0]?.toUpperCase() ?? "?";
      item.title = one.stream && one.stream !== own ? `${one.name}: ${one.stream}` : one.name;
      item.setAttribute("aria-label", item.title);
      return item;
    }),
  );
}

// A frozen or hidden page may have missed everything: it asks when it is seen again.
addEventListener("pageshow", (event) => event.persisted && refresh());
if (page()) connect();
