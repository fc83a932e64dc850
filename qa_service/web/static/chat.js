// The chat: one question at a time, its answer below it, the thread kept while the tab lives.

import { answeredTurn, failedTurn, waitingTurn } from "./answer_view.js";
import {
  forgetConversation, history, saveAnswer, savedAnswers, savedScroll, saveScroll,
} from "./conversation.js";

const UNREACHABLE =
  "The server cannot be reached. Check that it is running and that you are connected, then ask again.";
const SLOW_AFTER_MILLISECONDS = 8000;

const conversation = document.getElementById("conversation");
const announcement = document.getElementById("announcement");
const composer = document.getElementById("composer");
const field = document.getElementById("question");
const send = document.getElementById("send");
const problem = document.getElementById("problem");
const newConversation = document.getElementById("new-conversation");
let waiting = false;

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = field.value.trim();
  if (waiting || question === "") return;
  field.value = "";
  problem.hidden = true;
  ask(question);
});

field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});

/** Under an answer to corrected words: asks exactly what was typed. */
conversation.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!waiting) ask(event.target.elements.q.value, false);
});

newConversation.addEventListener("click", () => {
  forgetConversation();
  conversation.replaceChildren();
  newConversation.hidden = true;
  field.focus();
});

window.addEventListener("pagehide", saveScroll);

async function ask(question, spelling = true) {
  setWaiting(true);
  const turn = waitingTurn(question);
  conversation.append(turn);
  turn.scrollIntoView({ block: "start" });
  const slow = setTimeout(() => sayStillSearching(turn), SLOW_AFTER_MILLISECONDS);
  const finished = await turnFor(question, spelling);
  clearTimeout(slow);
  turn.replaceWith(finished);
  finished.scrollIntoView({ block: "start" });
  announce(finished);
  setWaiting(false);
}

/** The finished turn of a question, whatever comes of it. */
async function turnFor(question, spelling) {
  const again = askAgain(question, spelling);
  let response;
  try {
    response = await post({ question, spelling, history: history(spelling ? null : question) });
    const body = await response.json();
    if (!response.ok) return failedTurn(question, body.detail, again);
    saveAnswer(body);
    return answeredTurn(body);
  } catch {
    return failedTurn(question, UNREACHABLE, again);
  }
}

function post(body) {
  return fetch("/api/ask", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

function askAgain(question, spelling) {
  return (turn) => {
    if (waiting) return;
    turn.remove();
    ask(question, spelling);
  };
}

function setWaiting(state) {
  waiting = state;
  send.disabled = state;
  newConversation.hidden = state || conversation.childElementCount === 0;
}

function sayStillSearching(turn) {
  turn.querySelector('[data-slot="verdict"]').textContent =
    "Still searching. This takes longer than usual.";
}

/** Tells screen readers what arrived: the verdict, then the quotes. */
function announce(turn) {
  const said = turn.querySelectorAll('[data-slot="verdict"], [data-slot="hint"], blockquote');
  announcement.textContent = Array.from(said, (element) => element.textContent).join(" ");
}

/** Takes over an answer the server wrote into the page, then shows the whole thread. */
function restore() {
  const answeredHere = document.getElementById("answered-here");
  if (answeredHere) {
    saveAnswer(JSON.parse(answeredHere.textContent));
    window.history.replaceState(null, "", location.pathname);
  }
  const turns = savedAnswers().map(answeredTurn);
  conversation.replaceChildren(...turns);
  newConversation.hidden = turns.length === 0;
  if (answeredHere) turns.at(-1).scrollIntoView({ block: "start" });
  else window.scrollTo(0, savedScroll());
}

restore();
