// Finds words in a document as it is shown: every place marked, the next one a key away. Marks are
// the browser's own (CSS Custom Highlights), so the text stays as it is.

import { _ } from "./words.js";

const LEAST_LETTERS = 2;

/** Makes the search of a document work where the browser can mark. `bringTextIntoView` shows the
    text where only pictures of pages are shown. */
export function offerFinding(source, bringTextIntoView) {
  const form = source.querySelector(".find-within");
  if (!form || !CSS.highlights) return;
  const [field, said] = [form.querySelector("input"), form.querySelector("[role=status]")];
  const inPortion = Boolean(source.querySelector(".portions"));
  let found = [];
  let at = -1;

  const show = () => {
    CSS.highlights.set("found", new Highlight(...found));
    CSS.highlights.set("found-now", new Highlight(...found.slice(at, at + 1).filter(() => at >= 0)));
    const sought = field.value.trim().length >= LEAST_LETTERS;
    said.textContent = sought ? foundWords(at + 1, found.length, inPortion) : "";
    if (found[at]) bringToMiddle(source, found[at]);
  };
  const step = (by) => {
    if (found.length === 0) return;
    at = (at + by + found.length) % found.length;
    show();
  };

  form.hidden = false;
  field.addEventListener("input", () => {
    found = placesOf(source, field.value.trim());
    at = found.length ? 0 : -1;
    if (found.length) bringTextIntoView();
    show();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    step(1);
  });
  form.addEventListener("click", ({ target }) => {
    const { step: by } = target.closest("button")?.dataset ?? {};
    if (by) step(Number(by));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      step(-1);
    } else if (event.key === "Escape" && field.value) {
      event.preventDefault();
      event.stopPropagation();
      field.value = "";
      field.dispatchEvent(new Event("input"));
    }
  });
}

/** Shows a place in the middle, however long the paragraph is in which it stands. */
function bringToMiddle(source, place) {
  place.startContainer.parentElement.scrollIntoView({ block: "center" });
  const { top, bottom } = place.getBoundingClientRect();
  const scrolled = source.closest(".viewer-body") ?? window;
  scrolled.scrollBy(0, (top + bottom - window.innerHeight) / 2);
}

function foundWords(number, count, inPortion) {
  if (count === 0) return inPortion ? _("Not found in this portion") : _("Not found");
  const values = { number, count };
  return inPortion
    ? _("%(number)s of %(count)s in this portion", values) : _("%(number)s of %(count)s", values);
}

/** Every place of the words in the text, as ranges; small and large letters are one. */
function placesOf(source, words) {
  const wanted = plain(words);
  if (wanted.length < LEAST_LETTERS) return [];
  return [...source.querySelectorAll(".text > *")].flatMap((block) => placesIn(block, wanted));
}

function placesIn(block, wanted) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const text = plain(nodes.map(({ data }) => data).join(""));
  const places = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    const range = new Range();
    range.setStart(...boundary(nodes, at));
    range.setEnd(...boundary(nodes, at + wanted.length));
    places.push(range);
  }
  return places;
}

/** The node and the offset in it of a place of the joined text. */
function boundary(nodes, at) {
  let left = at;
  for (const node of nodes) {
    if (left <= node.length) return [node, left];
    left -= node.length;
  }
  return [nodes.at(-1), nodes.at(-1).length];
}

/** In small letters, every white space a blank; as long as before. */
function plain(text) {
  const small = text.toLowerCase();
  return (small.length === text.length ? small : text).replace(/\s/g, " ");
}
