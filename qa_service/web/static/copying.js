// Menus that copy a citation. Where the clipboard is refused the text is shown, ready to be copied.

import { _ } from "./words.js";

const COPIED_FOR_MILLISECONDS = 2500;

/** Makes every menu of the page work, those that come later too. */
export function offerCopying() {
  document.documentElement.classList.add("with-scripts");
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-copy]");
    if (button) copy(button);
  });
  document.addEventListener("click", copyLink);
  document.addEventListener("pointerdown", ({ target }) => closeBut(target.closest?.(".cite")));
  document.addEventListener("focusin", ({ target }) => closeBut(target.closest?.(".cite")));
  document.addEventListener("keydown", closeByEscape, true);
}

function closeBut(kept) {
  for (const menu of document.querySelectorAll(".cite[open]")) {
    if (menu !== kept) menu.open = false;
  }
}

function closeByEscape(event) {
  const menu = event.key === "Escape" && document.querySelector(".cite[open]");
  if (!menu) return;
  event.preventDefault();
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary").focus();
}

async function copy(button) {
  const menu = button.closest(".cite");
  const text = menu.querySelector(`[data-cited="${button.dataset.copy}"]`);
  try {
    await navigator.clipboard.writeText(text.value);
    say(menu, _("Copied"));
    menu.open = false;
    menu.querySelector("summary").focus();
  } catch {
    showText(menu, text);
  }
}

/** A plain click on such a link copies its address; where that is refused, it leads there. */
async function copyLink(event) {
  const link = event.target.closest?.("a[data-copy-link]");
  const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
  if (!link || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href);
    tell(link.parentElement.querySelector(".copied"), _("Address copied"));
  } catch {
    location.assign(link.href);
  }
}

/** What cannot be put on the clipboard is selected, so that one key copies it. */
function showText(menu, text) {
  for (const other of menu.querySelectorAll("[data-cited]")) {
    other.classList.toggle("needed", other === text);
  }
  text.focus();
  text.select();
  say(menu, _("Press Ctrl+C to copy"));
}

function say(menu, words) {
  tell(menu.parentElement.querySelector(".copied"), words);
}

function tell(said, words) {
  said.textContent = words;
  setTimeout(() => { if (said.textContent === words) said.textContent = ""; }, COPIED_FOR_MILLISECONDS);
}
