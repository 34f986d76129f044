// What modules need to know of the page, asked when it is needed: it may have been morphed meanwhile.

export const page = () => document.getElementById("page");
// Of which version it is: the only part that is another one after each change.
export const state = () => document.getElementById("state");
export const streamName = () => page().dataset.stream ?? null;
// Where what the page shows is changed; none on pages that change nothing by operations.
export const resource = () =>
  page().dataset.resource ??
  (streamName() && `/api/v1/streams/${streamName().split("/").map(encodeURIComponent).join("/")}`);

export const cookie = (name) =>
  decodeURIComponent(document.cookie.split("; ").find((c) => c.startsWith(`${name}=`))?.slice(name.length + 1) ?? "");

export function remember(name, value) {
  const age = value ? 31536000 : 0;
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${age}; samesite=strict`;
}

// A browser's own id: its edits are undone by it.
export function author() {
  let own = cookie("author");
  if (!own) {
    own = crypto.randomUUID();
    remember("author", own);
  }
  return own;
}

// Also what a form does is then this browser's.
author();

export const pageId = crypto.randomUUID();

function show(id, text, seconds) {
  const line = document.getElementById(id);
  line.textContent = text;
  line.classList.add("is-shown");
  clearTimeout(line.hiding);
  line.hiding = setTimeout(() => line.classList.remove("is-shown"), seconds * 1000);
}
export const say = (text) => show("said", text, 3);
export const warn = (text) => show("warned", text, 9);

// Says what the page has already, so that only what is otherwise comes: whatever asks for a page.
document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (ctx.select === "#page" && state()) ctx.request.headers["X-Has"] = state().dataset.tag;
});

// The page anew, morphed into what is shown: focus, scrolling and open popovers stay.
let refreshing = null;
let again = false;
export function refresh() {
  if (refreshing) {
    again = true;
    return refreshing;
  }
  refreshing = htmx
    .ajax("GET", location.pathname + location.search, { target: "#page", select: "#page", swap: "outerMorph" })
    .finally(() => {
      refreshing = null;
      if (!again) return undefined;
      // Whoever waits wants what there was to see when they asked.
      again = false;
      return refresh();
    });
  return refreshing;
}

// Calls back now and whenever something of the page has changed.
export function whenever(make) {
  make();
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => ctx.swap === "none" || make());
}
