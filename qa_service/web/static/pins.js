// The quotes that this browser collects, in groups. Nothing here throws: where the browser keeps
// nothing, the callers are told so.

import { _ } from "./words.js";

const KEY = "pinboard-1";

/** The pinboard: `title` and `groups`, each with `heading` and `pins`. */
export function board() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (Array.isArray(kept?.groups)) return kept;
  } catch {
    // As if there were none.
  }
  return { title: "", groups: [] };
}

/** Keeps a pinboard, without the groups that are empty. False where the browser has no room. */
export function keepBoard({ title, groups }) {
  try {
    const filled = groups.filter(({ pins }) => pins.length > 0);
    localStorage.setItem(KEY, JSON.stringify({ title, groups: filled }));
    return true;
  } catch {
    return false;
  }
}

export function countOf({ groups }) {
  return groups.reduce((sum, { pins }) => sum + pins.length, 0);
}

/** Makes every button that pins a quote work, those that come later too, and the link in the head
    say how many are pinned. */
export function offerPins() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-pin]");
    if (button) toggle(button);
  });
  window.addEventListener("storage", ({ key }) => { if (key === KEY || key === null) show(); });
  new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
  show();
}

function toggle(button) {
  const pin = JSON.parse(button.dataset.pin);
  const changed = board();
  if (isPinned(changed, pin)) {
    for (const group of changed.groups) group.pins = group.pins.filter((other) => !same(other, pin));
  } else {
    groupOf(changed, button).pins.push(pin);
  }
  if (!keepBoard(changed)) button.textContent = _("No room to pin");
  show();
}

/** The group of the question that a quote answers. */
function groupOf({ groups }, button) {
  const asked = button.closest(".part, .turn")?.querySelector(".question")?.textContent;
  const heading = (asked ?? "").trim().slice(0, 300);
  const found = groups.find((group) => group.heading === heading);
  return found ?? groups[groups.push({ heading, pins: [] }) - 1];
}

function show() {
  const kept = board();
  for (const button of document.querySelectorAll("[data-pin]")) {
    const pressed = String(isPinned(kept, JSON.parse(button.dataset.pin)));
    if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
  }
  const link = document.getElementById("pinboard-link");
  const count = link?.querySelector(".count");
  if (!link) return;
  const number = String(countOf(kept));
  const hidden = number === "0" && !link.hasAttribute("aria-current");
  // Nothing is written that stands there already: the observer would call again, without end.
  if (count.textContent !== number) count.textContent = number;
  if (link.hidden !== hidden) link.hidden = hidden;
}

function isPinned({ groups }, pin) {
  return groups.some(({ pins }) => pins.some((other) => same(other, pin)));
}

function same(one, other) {
  return ["document_version", "document_id", "start", "end"].every((name) => one[name] === other[name]);
}
