// Builds quotes with their citations, moments of a timeline, and the passages below an answer.

import { citedTexts } from "./citing.js";
import {
  absentWords, alsoWords, aroundPieces, documentAddress, exactPieces, excerptPieces, humanDate,
  placeWords, sharedWords, twinWords,
} from "./display.js";
import { cloned, fill, mark, show, slot } from "./dom.js";
import { gapWords } from "./timeline.js";

/** A quote with its citation, as an entry of the list of quotes. */
export function quoteItem(part, answer) {
  const citation = answer.citations.find(({ number }) => number === part.citation);
  const item = document.createElement("li");
  item.append(quoteBox(part, citation, answer));
  return item;
}

/** A date of a comparison: its quote, or the documents that hold none. */
export function momentItem(moment, answer) {
  const item = cloned("moment-template");
  const { citation, part, gaps, dates, open } = moment;
  item.classList.toggle("gap", gaps.length > 0);
  fill(item, { dates, gap_title: gaps.length ? gapWords(gaps) : "" });
  show(item, "moment_quote", citation ? [quoteBox(part, citation, answer)] : []);
  show(item, "gap_documents", gaps.map(({ document_id: id, title, date }) =>
    documentItem(documentAddress(id), title, humanDate(date))));
  const details = slot(item, "gaps");
  details.hidden = gaps.length === 0;
  details.open = open && gaps.length > 0;
  return item;
}

export function documentItem(address, title, words) {
  const item = cloned("document-template");
  fill(item, { link: title, place: words });
  slot(item, "link").href = address;
  return item;
}

export function passageItem(passage) {
  const item = cloned("passage-template");
  fill(item, { link: passage.title, place: placeWords(passage), twins: twinWords(passage) });
  slot(item, "link").href = passage.permalink;
  mark(slot(item, "excerpt"), excerptPieces(passage));
  explain(item, passage.why);
  return item;
}

function quoteBox(part, citation, { passages }) {
  const box = cloned("quote-template");
  fill(box, { number: citation.number, link: citation.title, place: placeWords(citation) });
  slot(box, "link").href = citation.permalink;
  slot(box, "printed").textContent = new URL(citation.permalink, location.href).href;
  mark(slot(box, "quote"), exactPieces(part.quote, citation));
  explain(box, citation.why);
  const passage = passages.find((candidate) => candidate.passage_id === citation.passage_id);
  if (passage) mark(slot(box, "passage"), aroundPieces(passage, citation));
  slot(box, "around").hidden = !passage;
  showOthers(box, citation);
  offerTexts(slot(box, "cite"), part.quote, citation);
  return box;
}

/** Names the other documents that say the same. */
function showOthers(box, citation) {
  const others = citation.also_in ?? [];
  fill(box, { also_title: alsoWords(citation) });
  show(box, "also_in", others.map(({ permalink, title, date }) =>
    documentItem(permalink, title, humanDate(date))));
  slot(box, "also").hidden = others.length === 0;
}

/** Says why a passage matched, where that is known. */
function explain(item, why) {
  slot(item, "why").hidden = !why;
  if (why) fill(item, { shared: sharedWords(why), absent: absentWords(why) });
}

/** Puts the texts that can be copied into their menu. */
function offerTexts(menu, quote, citation) {
  slot(menu, "cite_name").textContent = ` quote ${citation.number}`;
  for (const [way, text] of Object.entries(citedTexts(citation, quote))) {
    menu.querySelector(`[data-cited="${way}"]`).textContent = text;
  }
}
