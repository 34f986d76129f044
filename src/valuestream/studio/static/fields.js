// Fields that save themselves: when one is left, or by Enter. Escape brings back what was there.

import { whenever } from "./page.js";
import { send } from "./operations.js";
import { chosen, tell } from "./presence.js";

const field = (event) => event.target.closest?.("textarea[data-key]");

// What is typed, as an operation has it: nothing, a text, or a list where there are commas.
export function meant(text, kind) {
  const said = text.trim();
  if (!said) return null;
  if (kind !== "list" || !said.includes(",")) return said;
  return said.split(",").map((part) => part.trim()).filter(Boolean);
}

export function setting({ element, key, kind }, value, was) {
  const name = meant(value, "text");
  if (key === "step") return { operation: "RenameStep", element, name, was };
  if (key === "stream") return { operation: "RenameStream", name, was };
  return { operation: "SetField", element: element ?? null, key, value: meant(value, kind), was: meant(was, kind) };
}

// Saves what was typed. What could not be saved stays as it was typed, and is marked.
export async function save(input) {
  const { was } = input;
  input.toggleAttribute("hx-morph-skip", false);
  input.removeAttribute("aria-invalid");
  delete input.was;
  if (was === undefined || input.value.trim() === was.trim()) return "saved";
  const needed = input.dataset.key === "step" || input.dataset.key === "stream";
  if (needed && !input.value.trim()) {
    input.value = was;
    return "saved";
  }
  // Where the text has a question, the field asks it and holds nothing.
  const outcome = await send(setting(input.dataset, input.value, was || (input.dataset.question ?? "")));
  if (outcome === "theirs") input.value = input.defaultValue;
  if (outcome === "refused" || outcome === "away") {
    input.toggleAttribute("hx-morph-skip", true);
    input.setAttribute("aria-invalid", "true");
    input.was = was;
  }
  return outcome;
}

document.addEventListener("focusin", (event) => {
  const input = field(event);
  if (!input) return;
  input.was ??= input.value;
  tell(input.dataset.element ?? null, input.dataset.key);
});

// While somebody types, what others change does not move under their hands.
document.addEventListener("input", (event) => field(event)?.toggleAttribute("hx-morph-skip", true));

// A field that is left alone knows all the same what others have written there.
document.addEventListener("htmx:before:swap", ({ detail: { tasks } }) => {
  for (const input of document.querySelectorAll("textarea[id][hx-morph-skip]")) {
    const now = tasks.map(({ fragment }) => fragment.getElementById(input.id)).find(Boolean);
    if (now) input.defaultValue = now.defaultValue;
  }
});

// A field in which one stands and has typed nothing shows what others write.
function follow() {
  const input = document.activeElement;
  if (!input?.matches(".field textarea[data-key]") || input.value !== input.was) return;
  if (input.value !== input.defaultValue) input.value = input.was = input.defaultValue;
}
whenever(follow);

document.addEventListener("focusout", (event) => {
  const input = field(event);
  if (!input) return;
  save(input);
  tell(chosen(), "");
});

document.addEventListener("keydown", (event) => {
  const input = field(event);
  if (!input || event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    save(input).then(() => {
      if (document.activeElement === input) input.was ??= input.value;
    });
  }
  if (event.key === "Escape" && input.was !== undefined) {
    input.value = input.was = input.defaultValue;
    input.removeAttribute("aria-invalid");
    input.blur();
  }
});
