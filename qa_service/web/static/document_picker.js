// The documents among the filters: found by words of their title or file, chosen by a tick. The
// server writes the list; here it is searched.

import { _ } from "./words.js";

const MOST_SHOWN = 30;
const NO_SERVER =
  _("The list of documents could not be loaded. Close and open the filters to try again.");

const search = document.getElementById("document-search");
const found = document.getElementById("documents-found");
const list = document.getElementById("documents");
let entries = null;

/** Makes the search work; the documents are fetched when they are first looked for. */
export function offerDocuments(panel) {
  search.closest("label").hidden = false;
  panel.addEventListener("toggle", async () => { if (panel.open && await load()) render(); });
  search.addEventListener("input", () => { if (entries) render(); });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  search.addEventListener("change", (event) => event.stopPropagation());
}

/** Lists these documents alone, as chosen. False where the list of all cannot be had. */
export async function choose(ids) {
  if (ids.length && !await load()) return false;
  const wanted = new Set(ids);
  for (const entry of entries ?? []) boxOf(entry).checked = wanted.has(boxOf(entry).value);
  list.replaceChildren(...(entries ?? []).filter((entry) => boxOf(entry).checked));
  return true;
}

/** Whether the list of all documents is here; what was chosen before it came stays so. */
async function load() {
  if (entries) return true;
  try {
    const response = await fetch("/documents?choices=");
    if (!response.ok) throw new Error(response.statusText);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const chosen = new Set(Array.from(list.querySelectorAll("input:checked"), (box) => box.value));
    entries = [...page.querySelectorAll("li")];
    for (const entry of entries) boxOf(entry).checked = chosen.has(boxOf(entry).value);
    return true;
  } catch {
    found.textContent = NO_SERVER;
    return false;
  }
}

/** Chosen documents first, then as many of the others that match as are easy to look over. */
function render() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = entries.filter((entry) => boxOf(entry).checked);
  const matching = entries.filter((entry) => !boxOf(entry).checked && matches(entry, words));
  list.replaceChildren(...chosen, ...matching.slice(0, MOST_SHOWN));
  found.textContent = foundWords(matching.length, words);
}

function matches({ dataset }, words) {
  return words.every((word) => dataset.words.includes(word));
}

function foundWords(number, words) {
  if (number === 0) return words.length ? _("No other document matches.") : "";
  if (number > MOST_SHOWN) return _("The first %(shown)s of %(number)s; type to find others.", { shown: MOST_SHOWN, number });
  return words.length ? _("%(number)s found", { number }) : "";
}

function boxOf(entry) {
  return entry.querySelector("input");
}
