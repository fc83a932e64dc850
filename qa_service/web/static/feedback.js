// Verdicts on answers: sent as soon as a thumb is pressed, shown as stored, taken back by Undo.

import { LANGUAGE, _ } from "./words.js";

const KEY = "feedback";
const UNREACHABLE = _("the server cannot be reached. Try again.");
const answers = new WeakMap();

/** Makes the form below an answer work in place; `history` is what was said above it. */
export function offerFeedback(form, answer, history) {
  answers.set(form, { key: keyOf(answer), history });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation(); // the conversation takes every other form for a question
    press(form, event.submitter?.value);
  });
  slot(form, "undo").addEventListener("click", () => takeBack(form));
  slot(form, "send_note").addEventListener("click", () => give(form, given(form).verdict));
  show(form, given(form));
}

/** Pressing the thumb that is pressed already takes the verdict back. */
function press(form, verdict) {
  if (!verdict) return;
  if (given(form)?.verdict === verdict) takeBack(form);
  else give(form, verdict);
}

async function give(form, verdict) {
  const note = slot(form, "note").value;
  const replaces = given(form)?.id ?? null;
  await send(form, _("Not stored"), async () => {
    const body = { ...membersOf(form), verdict, note, replaces };
    const { id } = await request(`/api/feedback?language=${LANGUAGE}`, "POST", body);
    remember(form, { id, verdict, note });
    show(form, given(form));
  });
}

async function takeBack(form) {
  const { id, verdict } = given(form);
  await send(form, _("Not taken back"), async () => {
    await request(`/api/feedback/${id}?language=${LANGUAGE}`, "DELETE");
    remember(form, null);
    show(form, null);
    thumb(form, verdict).focus();
  });
}

/** Does one thing at a time, and tells what went wrong in the place of what was stored. */
async function send(form, failed, action) {
  if (form.hasAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  try {
    await action();
  } catch (error) {
    tell(form, `${failed}: ${error.message}`, true);
  } finally {
    form.removeAttribute("aria-busy");
  }
}

async function request(address, method, body) {
  const headers = { "Content-Type": "application/json" };
  const options = body ? { method, headers, body: JSON.stringify(body) } : { method };
  const response = await fetch(address, options).catch(() => { throw new Error(UNREACHABLE); });
  const gone = method === "DELETE" && response.status === 404;
  if (response.status === 204 || gone) return null;
  const told = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(told.detail ?? response.statusText);
  return told;
}

/** What a verdict says of the answer, and what was said above it. */
function membersOf(form) {
  return { ...JSON.parse(form.elements.answer.value), history: answers.get(form).history };
}

function show(form, feedback) {
  for (const button of form.querySelectorAll(".thumb")) {
    button.setAttribute("aria-pressed", String(button.value === feedback?.verdict));
  }
  const note = slot(form, "note");
  if (feedback) note.value = feedback.note;
  slot(form, "asked").classList.toggle("visually-hidden", Boolean(feedback));
  slot(form, "undo").hidden = !feedback;
  slot(form, "noting").hidden = !feedback;
  slot(form, "send_note").hidden = !feedback;
  const stored = feedback?.note ? _("Thanks, stored with your note.") : _("Thanks, stored.");
  tell(form, feedback ? stored : "", false);
}

function tell(form, words, failed) {
  const told = slot(form, "told");
  told.textContent = words;
  told.classList.toggle("failed", failed);
}

/** What this tab gave for the answer of a form; null where nothing stands. */
function given(form) {
  return allGiven()[answers.get(form).key] ?? null;
}

function remember(form, feedback) {
  const all = { ...allGiven(), [answers.get(form).key]: feedback ?? undefined };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // The browser has no room: the verdict is stored, and forgotten with the page.
  }
}

function allGiven() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

/** Answers have no name of their own; these members tell one from another. */
function keyOf({ question, standalone_question: standalone, took_ms: took, index = {} }) {
  return JSON.stringify([question, standalone, took, index.build]);
}

function thumb(form, verdict) {
  return form.querySelector(`.thumb[value="${verdict}"]`);
}

function slot(form, name) {
  return form.querySelector(`[data-slot="${name}"]`);
}
