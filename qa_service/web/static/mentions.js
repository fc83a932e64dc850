// The page of every mention: sources open beside it, further places come in place, and keys lead
// from one place to the next.

import { offerCopying } from "./copying.js";
import { offerShortcut } from "./shortcuts.js";
import { offerViewer } from "./viewer.js";
import { _ } from "./words.js";

const UNREACHABLE = _("The server cannot be reached. Check that it is running, then try again.");
const places = document.getElementById("mentions");
const found = document.getElementById("found");
const links = () => [...places.querySelectorAll(".citation a")];

if (places) {
  offerViewer(places, document.getElementById("words"));
  places.addEventListener("click", (event) => {
    const link = event.target.closest(".further a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    bring(link);
  });
  offerShortcut("n", () => go(1));
  offerShortcut("p", () => go(-1));
}
offerCopying();
offerShortcut("a", () => {
  const first = places && links()[0];
  if (first) lead(first);
  return Boolean(first);
});

/** Leads to the next place, or the one before; past the last one, further places are brought. */
function go(steps) {
  const all = links();
  const at = all.indexOf(document.activeElement);
  const wanted = at < 0 && steps < 0 ? 0 : at + steps;
  const further = places.querySelector(".further a");
  if (all[wanted]) lead(all[wanted]);
  else if (wanted >= all.length && further) bring(further);
}

function lead(link) {
  link.closest(".mention").scrollIntoView({ block: "center" });
  link.focus({ preventScroll: true });
}

/** Puts the next places below those that are there, and leads to the first of them. */
async function bring(link) {
  if (link.ariaBusy) return;
  link.ariaBusy = "true";
  const before = links().length;
  try {
    const response = await fetch(`${link.href}&fragment=true`);
    if (!response.ok) throw new Error(UNREACHABLE);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    link.parentElement.remove();
    for (const part of [...page.body.children]) append(part);
    lead(links()[before]);
  } catch {
    link.ariaBusy = null;
    found.textContent = UNREACHABLE;
  }
}

/** A document that began on the page before goes on in its own list. */
function append(part) {
  const last = places.querySelector(".mentioning:last-of-type");
  const goesOn = part.dataset.document && last?.dataset.document === part.dataset.document;
  if (goesOn) last.querySelector("ol").append(...part.querySelector("ol").children);
  else places.append(part);
}
