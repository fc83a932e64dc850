// The chat: one question at a time, its answer below it, the conversation kept by the browser.
// What a turn looks like is the server's to say; here it is put in.

import { fieldsOf, turnOf, turnsOf } from "./asking.js";
import { watchBuild } from "./building.js";
import { offerCompletions } from "./completion.js";
import { offerCopying } from "./copying.js";
import {
  add, answers, begin, currentId, followOtherTab, historyBefore, open, savedScroll, saveScroll,
} from "./conversation.js";
import { cloned } from "./dom.js";
import { offerExport } from "./export.js";
import { offerFeedback } from "./feedback.js";
import { clearFilters, compareOnce, offerFilters, takeAwayFilters } from "./filters.js";
import { offerPastConversations } from "./past_conversations.js";
import { offerShortcut } from "./shortcuts.js";
import { offerSorting } from "./sorting.js";
import { closeViewer, offerViewer } from "./viewer.js";
import { _ } from "./words.js";

const NOT_KEPT =
  _("This browser has no room to keep the conversation. Export it before you leave this page.");
const NOT_SHOWN =
  _("The conversation is kept, but cannot be shown: the server cannot be reached. Load the page again.");
const NO_QUESTION = _("Type a question first.");
const SLOW_AFTER_MILLISECONDS = 8000;

const element = (id) => document.getElementById(id);
const conversation = element("conversation");
const announcement = element("announcement");
const composer = element("composer");
const field = element("question");
const problem = element("problem");
const newConversation = element("new-conversation");
const closeCompletions = offerCompletions(
  field, element("completions"), element("completions-status"));
const TITLE = document.querySelector(".brand span").textContent;
let waiting = false;

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  closeCompletions();
  if (waiting) return;
  const fields = fieldsOf(composer);
  field.value = "";
  // A question of spaces is none.
  if (fields.get("q").trim() === "") return void field.reportValidity();
  element("filters").open = false;
  compareOnce();
  ask(fields);
});

field.addEventListener("invalid", (event) => {
  event.preventDefault();
  tell(NO_QUESTION, "error");
  field.focus();
});

field.addEventListener("input", () => {
  if (problem.textContent === NO_QUESTION) problem.hidden = true;
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) leaveField(event);
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});

/** Forms within an answer ask its question in another way, or one that leads on. */
conversation.addEventListener("submit", (event) => {
  event.preventDefault();
  const { target: form, submitter } = event;
  const place = Number(form.closest(".turn").dataset.place);
  const again = form.elements.q?.type === "hidden";
  if (waiting) return;
  const fields = fieldsOf(form, submitter);
  if (form.closest(".limits")) takeAwayFilters(answers()[place].asked?.limits, fields);
  ask(fields, again ? place : undefined, true);
});

element("starters")?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (waiting) return;
  const fields = fieldsOf(composer);
  fields.set("q", event.submitter.value);
  ask(fields, undefined, true);
});

newConversation.addEventListener("click", () => {
  closeViewer();
  begin();
  clearFilters();
  render();
  field.focus();
});

window.addEventListener("pagehide", saveScroll);
window.addEventListener("storage", (event) => { if (!waiting && followOtherTab(event)) render(); });
offerShortcut("a", toAnswer);
offerShortcut("c", () => {
  const citation = conversation.querySelector(".turn:last-child .citation a");
  citation?.focus();
  return Boolean(citation);
});

/** Leads to the last answer; false where there is none. */
function toAnswer() {
  const question = conversation.querySelector(".turn:last-child .question");
  question?.scrollIntoView({ block: "start" });
  question?.focus({ preventScroll: true });
  return Boolean(question);
}

/** Escape leads from the field to the answer, unless it closes something first. */
function leaveField(event) {
  if (document.querySelector(".viewer[open], main.embedded")) return;
  if (toAnswer()) event.preventDefault();
}

/** Asks with what was said before `place`. From within the conversation the turn gets the focus,
    since what was pressed is then out of sight. */
async function ask(fields, place = answers().length, focused = false) {
  setWaiting(true);
  const turn = turnFrom("waiting-template", fields);
  append(turn, focused);
  const slow = setTimeout(() => sayStillSearching(turn), SLOW_AFTER_MILLISECONDS);
  const found = await turnOf(fields, historyBefore(place));
  const finished = found.turn ? keptTurn(found) : failedTurn(fields, place, found.problem);
  clearTimeout(slow);
  turn.remove();
  append(finished, focused);
  announce(finished);
  setWaiting(false);
}

/** A turn that waits, or that failed, with its question. */
function turnFrom(template, fields) {
  const turn = cloned(template);
  turn.querySelector(".question").textContent = fields.get("q").trim();
  return turn;
}

function failedTurn(fields, place, detail) {
  const turn = turnFrom("failed-template", fields);
  if (detail) turn.querySelector(".verdict").textContent = detail;
  turn.querySelector("button").addEventListener("click", () => {
    if (waiting) return;
    turn.remove();
    ask(fields, place, true);
  });
  return turn;
}

/** Takes the answer that a turn holds into the conversation. */
function keptTurn({ turn, title = document.title }) {
  turn.dataset.place = answers().length;
  if (!add(JSON.parse(turn.querySelector(".kept").textContent))) tell(NOT_KEPT, "error");
  document.title = title;
  return working(turn);
}

/** Makes what is in a turn work. */
function working(turn) {
  const place = Number(turn.dataset.place);
  const form = turn.querySelector(".feedback");
  if (form) offerFeedback(form, answers()[place], historyBefore(place));
  offerSorting(turn);
  return turn;
}

function append(turn, focused) {
  conversation.append(turn);
  turn.scrollIntoView({ block: "start" });
  if (focused) turn.querySelector(".question").focus({ preventScroll: true });
}

function setWaiting(state) {
  waiting = state;
  element("send").disabled = state;
  if (state) problem.hidden = true;
  offerActions();
}

/** Leaving and taking away is offered once there is something to leave. */
function offerActions() {
  newConversation.hidden = waiting || conversation.childElementCount === 0;
  element("export").hidden = waiting || answers().length === 0;
}

function sayStillSearching(turn) {
  const verdict = turn.querySelector(".verdict");
  verdict.textContent = verdict.dataset.slow;
}

/** Tells screen readers what arrived: how it was understood, the verdict, then the quotes. */
function announce(turn) {
  const said = turn.querySelectorAll(".aloud");
  announcement.textContent = Array.from(said, ({ textContent }) => textContent.trim()).join(" ");
}

/** Says what happened beside the conversation; an error also to the eye. */
function tell(words, kind) {
  if (kind !== "error") announcement.textContent = words;
  problem.hidden = kind !== "error";
  if (kind === "error") problem.textContent = words;
}

/** Shows the current conversation. */
function render() {
  return show(answers());
}

/** Shows kept answers, above the turns that stay. One that cannot be shown is left out. */
async function show(kept, ...staying) {
  setWaiting(true);
  const shown = await turnsOf(kept);
  conversation.replaceChildren(...(shown?.turns.map(working) ?? []), ...staying);
  if (staying.length === 0) document.title = shown?.title || TITLE;
  setWaiting(false);
  if (!shown) tell(NOT_SHOWN, "error");
}

/** After a deletion: the conversation on the page goes with the kept one. */
function leaveIfGone(id) {
  if (id !== null && id !== currentId()) return;
  open(currentId());
  render();
}

/** Takes over the answer that came with the page, then shows what was said before it. */
async function restore() {
  const came = conversation.querySelector(".turn");
  const before = answers();
  if (location.search && problem.hidden) history.replaceState(null, "", location.pathname);
  if (came) keptTurn({ turn: came });
  await (came ? show(before, came) : render());
  if (came) came.scrollIntoView({ block: "start" });
  else window.scrollTo(0, savedScroll());
}

offerFilters();
offerExport(element("export"), tell);
offerCopying();
watchBuild();
offerViewer(conversation, field);
element("show-conversations").hidden = false;
offerPastConversations(element("show-conversations"), {
  shown: currentId,
  open: async (id) => {
    closeViewer();
    open(id);
    await render();
    window.scrollTo(0, document.body.scrollHeight);
  },
  gone: leaveIfGone,
});
restore();
