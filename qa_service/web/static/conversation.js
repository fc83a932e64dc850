// The conversation of this tab, oldest answer first. It outlives a reload and a visit to a document.

import { changedId, keep, kept, newId } from "./conversation_store.js";

const CURRENT_KEY = "conversation";
const SCROLL_KEY = "conversation-scroll";
// A comparison may quote hundreds of documents; the first of them say what it was about.
const MOST_QUOTES_TOLD = 10;

let current = kept(remembered(CURRENT_KEY)) ?? fresh();

export function answers() {
  return current.answers;
}

export function title() {
  return current.title;
}

export function currentId() {
  return current.id;
}

/** Adds an answer. False where the browser could not keep it beyond this page. */
export function add(answer) {
  current.title ||= answer.question;
  current.answers = [...current.answers, answer];
  current.updated = Date.now();
  remember(CURRENT_KEY, current.id);
  return keep(current);
}

/** Begins a new conversation; the one before stays among the past ones. */
export function begin() {
  current = fresh();
  remember(CURRENT_KEY, current.id);
  remember(SCROLL_KEY, "0");
}

/** Goes on with a past conversation; begins a new one where it is gone. */
export function open(id) {
  current = kept(id) ?? fresh();
  remember(CURRENT_KEY, current.id);
}

/** Whether another tab changed this conversation; what it made of it is then current. */
export function followOtherTab(event) {
  const id = changedId(event);
  if (id !== null && id !== current.id) return false;
  open(current.id);
  return true;
}

export function saveScroll() {
  remember(SCROLL_KEY, String(window.scrollY));
}

export function savedScroll() {
  return Number(remembered(SCROLL_KEY) ?? 0);
}

/** What was said before an answer, as the endpoint's `history`: what was asked, what was quoted. */
export function historyBefore(place) {
  const said = current.answers.slice(0, place).filter((answer, index, earlier) =>
    answer.question !== earlier[index + 1]?.question);
  return said.flatMap((answer) => [
    { role: "user", text: answer.question },
    { role: "assistant", text: quotedText(answer) },
  ]).slice(-document.getElementById("intro").dataset.mostMessages);
}

function quotedText({ answer }) {
  return answer.slice(0, MOST_QUOTES_TOLD).map(({ quote }) => quote).join("\n");
}

function fresh() {
  return { id: newId(), title: "", updated: 0, answers: [] };
}

/** A tab's own memory, where the browser allows it. */
function remember(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // The page works on without.
  }
}

function remembered(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
