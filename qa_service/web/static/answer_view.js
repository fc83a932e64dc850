// Builds what a person sees of a question and its answer.

import {
  carriedWords, correctionWords, documentWords, hintWords, meaningWords, relatedPassages,
  relatedWords, restWords, turnState, understoodWords, verdictWords,
} from "./display.js";
import { cloned, fill, putFields, show, slot } from "./dom.js";
import { offerFeedback } from "./feedback.js";
import { asTyped, leadingOn, liftedWords, limitChips, uncorrected } from "./limits.js";
import { documentItem, momentItem, passageItem, quoteItem } from "./quote_view.js";
import { otherQuotes, timelineMoments } from "./timeline.js";

/** A turn that holds a question and waits for its answer. */
export function waitingTurn(question) {
  const turn = cloned("turn-template");
  fill(turn, { question, verdict: "Searching the documents…" });
  turn.classList.remove("unanswered");
  turn.setAttribute("aria-busy", "true");
  slot(turn, "placeholder").hidden = false;
  slot(turn, "answer_link").closest(".foot").hidden = true;
  return turn;
}

/** A turn with everything an answer holds. */
export function answeredTurn(answer) {
  const turn = cloned("turn-template");
  turn.className = `turn ${turnState(answer)}`;
  fill(turn, {
    question: answer.question,
    understood: understoodWords(answer),
    carried: carriedWords(answer),
    correction: correctionWords(answer),
    lifted: liftedWords(answer),
    verdict: verdictWords(answer),
    meaning: meaningWords(answer),
    hint: hintWords(answer),
    rest: restWords(answer.catalogue),
  });
  offerOtherWays(turn, answer);
  show(turn, "timeline", timelineMoments(answer).map((moment) => momentItem(moment, answer)));
  show(turn, "quotes", otherQuotes(answer).map((part) => quoteItem(part, answer)));
  show(turn, "catalogue", (answer.catalogue?.documents ?? []).map((entry) =>
    documentItem(entry.permalink, entry.title, documentWords(entry))));
  slot(turn, "rest_line").hidden = slot(turn, "rest").hidden;
  showRelated(turn, answer);
  showSuggestions(turn, answer);
  const feedback = slot(turn, "feedback");
  if (feedback) offerFeedback(feedback, answer);
  return turn;
}

/** A turn whose question could not be answered for now, with a way to ask it again. */
export function failedTurn(question, detail, retry) {
  const turn = cloned("turn-template");
  fill(turn, { question, verdict: detail });
  turn.classList.replace("unanswered", "failed");
  slot(turn, "answer_link").closest(".foot").hidden = true;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Ask again";
  button.addEventListener("click", () => retry(turn));
  turn.append(button);
  return turn;
}

export function suggestionItem(text) {
  const item = cloned("suggestion-template");
  const button = item.querySelector("button");
  button.textContent = text;
  button.value = text;
  return item;
}

/** Forms that ask the same question in another way: as typed, or without a limit. */
function offerOtherWays(turn, answer) {
  const understood = slot(turn, "understood_again");
  understood.hidden = !answer.understood;
  putFields(understood, asTyped(answer));
  const corrections = slot(turn, "corrections");
  corrections.hidden = answer.corrections.length === 0;
  putFields(corrections, uncorrected(answer));
  const chips = limitChips(answer);
  show(turn, "chips", chips.map(chipItem));
  slot(turn, "limits").hidden = chips.length === 0;
}

function chipItem({ label, fields }) {
  const item = cloned("chip-template");
  fill(item, { label });
  putFields(item, fields);
  return item;
}

function showRelated(turn, answer) {
  const passages = relatedPassages(answer);
  show(turn, "passages", passages.map(passageItem));
  const related = slot(turn, "related");
  related.hidden = passages.length === 0;
  related.open = !answer.answered;
  slot(turn, "related_title").textContent = relatedWords(answer);
}

function showSuggestions(turn, answer) {
  const suggestions = answer.suggestions ?? [];
  show(turn, "suggestions", suggestions.map(suggestionItem));
  const form = slot(turn, "suggestions_form");
  form.hidden = suggestions.length === 0;
  putFields(form, leadingOn(answer));
}
