// Builds what a person sees of an answer. Data enters the page as text only, never as HTML.

import {
  absentWords, correctionWords, exactPieces, excerptPieces, placeWords, relatedPassages,
  relatedWords, sharedWords, twinWords, understoodWords, verdictWords,
} from "./display.js";
import { offerFeedback } from "./feedback.js";

/** A turn that holds a question and waits for its answer. */
export function waitingTurn(question) {
  const turn = cloned("turn-template");
  fill(turn, { question, verdict: "Searching the documents…" });
  turn.classList.remove("unanswered");
  turn.setAttribute("aria-busy", "true");
  return turn;
}

/** A turn with everything an answer holds. */
export function answeredTurn(answer) {
  const turn = cloned("turn-template");
  fill(turn, {
    question: answer.question,
    understood: understoodWords(answer),
    verdict: verdictWords(answer),
    hint: answer.hint,
    correction: correctionWords(answer),
  });
  const corrections = slot(turn, "corrections");
  corrections.hidden = answer.corrections.length === 0;
  corrections.elements.q.value = answer.question;
  turn.classList.toggle("unanswered", !answer.answered);
  show(turn, "quotes", answer.answer.map((part) => quoteItem(part, answer)));
  const passages = relatedPassages(answer);
  show(turn, "passages", passages.map(passageItem));
  const related = slot(turn, "related");
  related.hidden = passages.length === 0;
  related.open = !answer.answered;
  slot(turn, "related_title").textContent = relatedWords(answer);
  const feedback = slot(turn, "feedback");
  if (feedback) offerFeedback(feedback, answer);
  return turn;
}

/** A turn whose question could not be answered for now, with a way to ask it again. */
export function failedTurn(question, detail, retry) {
  const turn = cloned("turn-template");
  fill(turn, { question, verdict: detail });
  turn.classList.replace("unanswered", "failed");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Ask again";
  button.addEventListener("click", () => retry(turn));
  turn.append(button);
  return turn;
}

function quoteItem(part, { citations, passages }) {
  const citation = citations.find((candidate) => candidate.number === part.citation);
  const item = cloned("quote-template");
  fill(item, {
    number: citation.number,
    link: citation.title,
    place: placeWords(citation),
  });
  slot(item, "link").href = citation.permalink;
  mark(slot(item, "quote"), exactPieces(part.quote, citation));
  explain(item, citation.why);
  const passage = passages.find((candidate) => candidate.passage_id === citation.passage_id);
  if (passage) mark(slot(item, "around"), excerptPieces(passage));
  slot(item, "around").hidden = !passage;
  offerCopy(slot(item, "copy"), part.quote, citation);
  return item;
}

function passageItem(passage) {
  const item = cloned("passage-template");
  fill(item, {
    link: passage.title,
    place: placeWords(passage),
    twins: twinWords(passage),
  });
  slot(item, "link").href = passage.permalink;
  mark(slot(item, "excerpt"), excerptPieces(passage));
  explain(item, passage.why);
  return item;
}

/** Says why a passage matched, where that is known. */
function explain(item, why) {
  slot(item, "why").hidden = !why;
  if (why) fill(item, { shared: sharedWords(why), absent: absentWords(why) });
}

/** Shows a text in pieces, some of them marked. */
function mark(element, pieces) {
  element.replaceChildren(...pieces.map(({ text, marked }) => {
    if (!marked) return text;
    const marking = document.createElement("mark");
    marking.textContent = text;
    return marking;
  }));
}

/** Offers the quote with its citation for the clipboard, where the browser has one. */
function offerCopy(button, quote, citation) {
  if (!navigator.clipboard) return;
  const address = new URL(citation.permalink, location.href);
  const words = `“${quote}”\n${citation.title}, ${placeWords(citation)}\n${address}`;
  button.hidden = false;
  button.setAttribute("aria-label", `Copy quote ${citation.number} with its citation`);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words);
    button.textContent = "Copied";
    button.removeAttribute("aria-label");
  });
}

function cloned(templateId) {
  return document.getElementById(templateId).content.firstElementChild.cloneNode(true);
}

function slot(element, name) {
  return element.querySelector(`[data-slot="${name}"]`);
}

function fill(element, words) {
  for (const [name, text] of Object.entries(words)) {
    const target = slot(element, name);
    target.textContent = text ?? "";
    target.hidden = target.textContent === "";
  }
}

function show(element, name, items) {
  const target = slot(element, name);
  target.replaceChildren(...items);
  target.hidden = items.length === 0;
}
