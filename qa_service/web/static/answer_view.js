// Builds what a person sees of an answer. Data enters the page as text only, never as HTML.

import {
  excerptWords, placeWords, relatedPassages, relatedWords, twinWords, understoodWords,
  verdictWords,
} from "./display.js";

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
  });
  turn.classList.toggle("unanswered", !answer.answered);
  show(turn, "quotes", answer.answer.map((part) => quoteItem(part, answer.citations)));
  const passages = relatedPassages(answer);
  show(turn, "passages", passages.map(passageItem));
  const related = slot(turn, "related");
  related.hidden = passages.length === 0;
  related.open = !answer.answered;
  slot(turn, "related_title").textContent = relatedWords(answer);
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

function quoteItem(part, citations) {
  const citation = citations.find((candidate) => candidate.number === part.citation);
  const item = cloned("quote-template");
  fill(item, {
    quote: part.quote,
    number: citation.number,
    link: citation.title,
    place: placeWords(citation),
  });
  slot(item, "link").href = citation.permalink;
  offerCopy(slot(item, "copy"), part.quote, citation);
  return item;
}

function passageItem(passage) {
  const item = cloned("passage-template");
  fill(item, {
    link: passage.title,
    place: placeWords(passage),
    excerpt: excerptWords(passage),
    twins: twinWords(passage),
  });
  slot(item, "link").href = passage.permalink;
  return item;
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
