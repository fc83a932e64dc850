// Follows a build while it runs: its progress in place, then the page's figures anew.

import { slot } from "./dom.js";
import { _ } from "./words.js";

const POLL_MILLISECONDS = 700;
const TASKS_MILLISECONDS = 3000;
const STAGES = {
  starting: _("Starting"),
  "reading and encoding": _("Reading and encoding"),
  "indexing vectors": _("Indexing vectors"),
  "finding questions to suggest": _("Finding questions to suggest"),
};
const run = document.getElementById("run");
const status = document.getElementById("run-status");

/** Asks until the build has ended. A server that does not answer for a while is asked again. */
async function follow() {
  while (run.dataset.state === "running") {
    await new Promise((done) => { setTimeout(done, POLL_MILLISECONDS); });
    const now = await fetched();
    if (!now) continue;
    if (now.state === "running") show(now);
    else await renew();
  }
}

async function fetched() {
  try {
    const response = await fetch("/api/operator/build");
    if (response.status === 401) location.reload();
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** Keeps up with a build on several machines, which may have been started anywhere. */
async function followTasks() {
  for (let tasks = shownTasks(document); tasks; tasks = shownTasks(document)) {
    await new Promise((done) => { setTimeout(done, TASKS_MILLISECONDS); });
    const page = await fetchedPage();
    tasks.replaceWith(...[shownTasks(page)].filter(Boolean).map((now) => document.adoptNode(now)));
  }
}

const shownTasks = (page) => page.getElementById("queue");

async function fetchedPage() {
  return new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
}

function show({ stage, done, total, aside }) {
  const words = STAGES[stage] ?? stage;
  const stageSlot = slot(run, "stage");
  if (stageSlot.textContent !== words) status.textContent = words;
  stageSlot.textContent = words;
  slot(run, "count").textContent = total ? _("%(done)s of %(all)s", { done, all: total }) : done || "";
  slot(run, "aside").textContent = aside;
  const progress = slot(run, "progress");
  if (total) Object.assign(progress, { max: total, value: done });
  else progress.removeAttribute("value");
}

/** Takes over what the page would show now, and says how the build ended. */
async function renew() {
  const page = await fetchedPage();
  for (const part of document.querySelectorAll("[data-live]")) {
    part.replaceWith(document.adoptNode(page.getElementById(part.id)));
  }
  const finished = page.getElementById("run");
  run.replaceChildren(...document.adoptNode(finished).childNodes);
  run.dataset.state = finished.dataset.state;
  for (const form of document.querySelectorAll("[data-shown-while]")) {
    form.hidden = (form.dataset.shownWhile === "running") !== (run.dataset.state === "running");
  }
  status.textContent = run.textContent.trim();
}

follow();
followTasks();
