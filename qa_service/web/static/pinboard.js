// The pinboard's page: what is pinned is the browser's, how it looks is the server's to say.

import { post } from "./asking.js";
import { saveFrom } from "./downloading.js";
import { board, countOf, keepBoard } from "./pins.js";
import { LANGUAGE, _ } from "./words.js";

const NOT_SHOWN =
  _("The pinboard is kept, but cannot be shown: the server cannot be reached. Load the page again.");
const element = (id) => document.getElementById(id);
const shown = element("board");
const title = element("board-title");
const undo = element("undo-unpin");
let before = null;

title.addEventListener("input", () => change((pinboard) => { pinboard.title = title.value; }));

shown.addEventListener("input", ({ target }) => {
  const [group, place] = placeOf(target);
  if ("heading" in target.dataset) change(({ groups }) => { groups[group].heading = target.value; });
  if ("note" in target.dataset) change(({ groups }) => { groups[group].pins[place].note = target.value; });
});

shown.addEventListener("click", async ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const [group, place] = placeOf(button);
  if (button.dataset.move) {
    const to = place + Number(button.dataset.move);
    change(({ groups }) => move(groups, group, place, to));
    await render();
    focusOn(`[data-move="${button.dataset.move}"]`, whereIs(group, place, to));
  } else if ("unpin" in button.dataset) {
    before = board();
    change(({ groups }) => groups[group].pins.splice(place, 1));
    await render();
    say(_("The quote was removed."));
    undo.hidden = false;
    undo.focus();
  }
});

shown.addEventListener("change", async ({ target }) => {
  if (!("to" in target.dataset)) return;
  const [group, place] = placeOf(target);
  change(({ groups }) => {
    const [pin] = groups[group].pins.splice(place, 1);
    if (target.value === "new") groups.push({ heading: "", pins: [pin] });
    else groups[Number(target.value)].pins.push(pin);
  });
  await render();
  if (target.value === "new") shown.querySelector(".pin-group:last-child [data-heading]").focus();
  else say(_("The quote was moved."));
});

undo.addEventListener("click", async () => {
  keepBoard(before);
  await render();
  say(_("It is back."));
  shown.querySelector("textarea")?.focus();
});

element("clear-board").addEventListener("click", async () => {
  before = board();
  keepBoard({ title: "", groups: [] });
  await render();
  say(_("The pinboard is empty."));
  undo.hidden = false;
  undo.focus();
});

element("board-export").addEventListener("submit", async (event) => {
  event.preventDefault();
  const format = event.submitter.value;
  const style = event.target.elements.style.value;
  const { name, problem } = await saveFrom(
    `/api/briefing?format=${format}&style=${style}&language=${LANGUAGE}`, board());
  if (name) say(_("The briefing was saved as %(name)s.", { name }));
  tellProblem(problem);
});

/** A quote moves within its group; past its end, into the next one. */
function move(groups, group, place, to) {
  const { pins } = groups[group];
  const [pin] = pins.splice(place, 1);
  if (to < 0 && group > 0) groups[group - 1].pins.push(pin);
  else if (to > pins.length && group + 1 < groups.length) groups[group + 1].pins.unshift(pin);
  else pins.splice(Math.max(to, 0), 0, pin);
}

/** The number, counted over all groups, of the quote that was moved. */
function whereIs(group, place, to) {
  const earlier = [...shown.querySelectorAll(".pinned")];
  const start = earlier.findIndex((item) => Number(item.closest("[data-group]").dataset.group) === group);
  return Math.min(Math.max((start < 0 ? earlier.length : start) + to, 0), earlier.length - 1);
}

function focusOn(selector, number) {
  shown.querySelectorAll(".pinned")[number]?.querySelector(selector)?.focus();
}

function placeOf(target) {
  const group = Number(target.closest("[data-group]").dataset.group);
  return [group, Number(target.closest("[data-place]")?.dataset.place)];
}

function change(how) {
  const pinboard = board();
  how(pinboard);
  if (!keepBoard(pinboard)) tellProblem(_("This browser has no room to keep the pinboard."));
}

async function render() {
  const pinboard = board();
  const empty = countOf(pinboard) === 0;
  element("pinboard-empty").hidden = !empty;
  element("pinboard-tools").hidden = empty;
  element("clear-board").hidden = empty;
  undo.hidden = true;
  if (document.activeElement !== title) title.value = pinboard.title;
  try {
    const response = await post("/pinboard/board", pinboard);
    if (!response.ok) return tellProblem((await response.text()).match(/<p class="detail">(.*?)<\/p>/)?.[1] ?? NOT_SHOWN);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    shown.replaceChildren(...page.body.children);
    return tellProblem();
  } catch {
    return tellProblem(NOT_SHOWN);
  }
}

function say(words) {
  element("pinboard-status").textContent = words;
}

function tellProblem(words) {
  element("pinboard-problem").hidden = !words;
  element("pinboard-problem").textContent = words ?? "";
}

window.addEventListener("storage", render);
render();
