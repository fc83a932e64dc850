// The chat: one question at a time, its answer below it, the conversation kept by the browser.

import { answeredTurn, failedTurn, waitingTurn } from "./answer_view.js";
import { askedBy, send } from "./asking.js";
import { watchBuild } from "./building.js";
import { offerCompletions } from "./completion.js";
import { offerCopying } from "./copying.js";
import {
  add, answers, begin, currentId, followOtherTab, historyBefore, open, questionsBefore, savedScroll,
  saveScroll,
} from "./conversation.js";
import { offerExport } from "./export.js";
import { clearFilters, offerFilters, takeAwayFilters } from "./filters.js";
import { answerAddress } from "./limits.js";
import { offerPastConversations } from "./past_conversations.js";
import { closeViewer, offerViewer } from "./viewer.js";

const UNREACHABLE =
  "The server cannot be reached. Check that it is running and that you are connected, then ask again.";
const NOT_KEPT =
  "This browser has no room to keep the conversation. Export it before you leave this page.";
const SLOW_AFTER_MILLISECONDS = 8000;
const SAID = ["understood", "verdict", "hint"].map((name) => `[data-slot="${name}"]:not([hidden])`);

const element = (id) => document.getElementById(id);
const conversation = element("conversation");
const announcement = element("announcement");
const composer = element("composer");
const field = element("question");
const problem = element("problem");
const newConversation = element("new-conversation");
const closeCompletions = offerCompletions(field, element("completions"));
let waiting = false;

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = field.value.trim();
  closeCompletions();
  if (waiting || question === "") return;
  field.value = "";
  element("filters").open = false;
  ask(question, askedBy(composer));
});

field.addEventListener("keydown", (event) => {
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
  const question = again ? form.elements.q.value : submitter.value;
  if (waiting) return;
  const asked = askedBy(form);
  if (form.closest(".chips")) takeAwayFilters(answers()[place].asked?.limits, asked.limits);
  ask(question, asked, again ? place : undefined, true);
});

element("starters")?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!waiting) ask(event.submitter.value, askedBy(composer), undefined, true);
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

/** Asks with what was said before `place`. From within the conversation the turn gets the focus,
    since what was pressed is then out of sight. */
async function ask(question, asked, place = answers().length, focused = false) {
  setWaiting(true);
  const turn = waitingTurn(question);
  append(turn, focused);
  const slow = setTimeout(() => sayStillSearching(turn), SLOW_AFTER_MILLISECONDS);
  const finished = await turnFor(question, asked, place);
  clearTimeout(slow);
  turn.remove();
  append(finished, focused);
  announce(finished);
  setWaiting(false);
}

/** The finished turn of a question, whatever comes of it. */
async function turnFor(question, asked, place) {
  const again = (turn) => {
    if (waiting) return;
    turn.remove();
    ask(question, asked, place, true);
  };
  try {
    const response = await send(question, asked, historyBefore(place));
    const body = await response.json();
    if (!response.ok) return failedTurn(question, body.detail, again);
    return keptTurn({ ...body, asked });
  } catch {
    return failedTurn(question, UNREACHABLE, again);
  }
}

function keptTurn(answer) {
  const turn = placedTurn(answer, answers().length);
  if (!add(answer)) tell(NOT_KEPT, "error");
  return turn;
}

/** The turn of an answer of the conversation, with the address that asks for it again. */
function placedTurn(answer, place) {
  const turn = answeredTurn(answer);
  turn.dataset.place = place;
  const earlier = answer.asked?.earlier?.length ? answer.asked.earlier : questionsBefore(place);
  const address = answerAddress({ ...answer, asked: { ...answer.asked, earlier } });
  turn.querySelector('[data-slot="answer_link"]').href = address;
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
  turn.querySelector('[data-slot="verdict"]').textContent =
    "Still searching. This takes longer than usual.";
}

/** Tells screen readers what arrived: how it was understood, the verdict, then the quotes. */
function announce(turn) {
  const said = turn.querySelectorAll([...SAID, "blockquote"].join());
  announcement.textContent = Array.from(said, ({ textContent }) => textContent).join(" ");
}

/** Says what happened beside the conversation; an error also to the eye. */
function tell(words, kind) {
  if (kind !== "error") announcement.textContent = words;
  problem.hidden = kind !== "error";
  if (kind === "error") problem.textContent = words;
}

/** Shows the current conversation. An answer that cannot be shown is left out. */
function render() {
  const turns = answers().map((answer, place) => {
    try {
      return placedTurn(answer, place);
    } catch {
      return "";
    }
  });
  conversation.replaceChildren(...turns.filter(Boolean));
  offerActions();
}

/** After a deletion: the conversation on the page goes with the kept one. */
function leaveIfGone(id) {
  if (id !== null && id !== currentId()) return;
  open(currentId());
  render();
}

/** Takes over an answer the server wrote into the page, then shows the whole conversation. */
function restore() {
  const answeredHere = element("answered-here");
  if (answeredHere) add(JSON.parse(answeredHere.textContent));
  if (location.search && problem.hidden) history.replaceState(null, "", location.pathname);
  render();
  if (answeredHere) conversation.lastElementChild.scrollIntoView({ block: "start" });
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
  open: (id) => { closeViewer(); open(id); render(); window.scrollTo(0, document.body.scrollHeight); },
  gone: leaveIfGone,
});
restore();
