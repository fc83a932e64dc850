// The documents among the filters: found by words of their title or file, chosen by a tick.

import { documentWords } from "./display.js";
import { cloned, fill, slot } from "./dom.js";

const MOST_SHOWN = 30;
const NO_SERVER = "The list of documents could not be loaded. Close and open the filters to try again.";

const search = document.getElementById("document-search");
const found = document.getElementById("documents-found");
const list = document.getElementById("documents");
let documents = null;

/** Makes the search work; the documents are fetched when they are first looked for. */
export function offerDocuments(panel) {
  search.closest("label").hidden = false;
  panel.addEventListener("toggle", () => { if (panel.open) load(); });
  search.addEventListener("input", render);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  search.addEventListener("change", (event) => event.stopPropagation());
}

/** Lists these documents alone, as chosen. */
export function putChosen(chosen) {
  list.replaceChildren(...chosen.map(({ document_id: id, title }) => choice({ id, title }, true)));
}

async function load() {
  if (documents) return render();
  try {
    const response = await fetch("/api/documents");
    if (!response.ok) throw new Error(response.statusText);
    documents = await response.json();
    return render();
  } catch {
    found.textContent = NO_SERVER;
    return undefined;
  }
}

/** Chosen documents first, then as many of the others that match as are easy to look over. */
function render() {
  const chosen = new Set(Array.from(list.querySelectorAll("input:checked"), (box) => box.value));
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = documents.filter((entry) => !chosen.has(entry.id) && matches(entry, words));
  const shown = [...documents.filter(({ id }) => chosen.has(id)), ...matching.slice(0, MOST_SHOWN)];
  list.replaceChildren(...shown.map((entry) => choice(entry, chosen.has(entry.id))));
  found.textContent = foundWords(matching.length, words);
}

function matches({ title, source, date }, words) {
  const text = `${title} ${source} ${date ?? ""}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function foundWords(number, words) {
  if (number === 0) return words.length ? "No other document matches." : "";
  if (number > MOST_SHOWN) return `The first ${MOST_SHOWN} of ${number}; type to find others.`;
  return words.length ? `${number} found` : "";
}

function choice(entry, checked) {
  const item = cloned("choice-template");
  const box = item.querySelector("input");
  box.value = entry.id;
  box.checked = checked;
  box.dataset.title = entry.title;
  fill(item, { title: entry.title, place: "date" in entry ? documentWords(entry) : "" });
  slot(item, "title").dir = "auto";
  return item;
}
