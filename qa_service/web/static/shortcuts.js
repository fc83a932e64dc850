// Keys that work anywhere on a page outside of a field, and the list of them. Who steers by voice
// can switch them off (WCAG 2.1.4).

import { closeLikeAMenu } from "./disclosure.js";

const KEY = "shortcuts-off";
const dialog = document.getElementById("shortcuts");
const button = document.getElementById("show-shortcuts");
const use = document.getElementById("use-shortcuts");
const actions = new Map();

/** Lets a single character do something. `action` returns false where it had nothing to do. */
export function offerShortcut(character, action) {
  actions.set(character, action);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (!use.checked || isTyping(event.target) || document.querySelector("dialog:modal")) return;
  const action = actions.get(event.key);
  if (action && action() !== false) event.preventDefault();
});

/** Whether a key pressed there is text. */
function isTyping(element) {
  if (element.isContentEditable) return true;
  return element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
}

function remembersOff() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

function remember() {
  try {
    if (use.checked) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "");
  } catch {
    // It holds for this page.
  }
}

closeLikeAMenu(document.getElementById("more-pages"));
use.checked = !remembersOff();
use.addEventListener("change", remember);
button.hidden = false;
button.addEventListener("click", () => dialog.showModal());
dialog.addEventListener("click", ({ target }) => {
  if (target === dialog || "close" in target.dataset) dialog.close();
});
offerShortcut("?", () => dialog.showModal());
offerShortcut("/", () => {
  const field = document.getElementById("question");
  field?.focus();
  return Boolean(field);
});
