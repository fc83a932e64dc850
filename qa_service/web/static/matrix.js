// The matrix: what is asked of whom, filled cell by cell while one watches. The browser keeps the
// quotes; rows, cells and files are made by the server.

import { post } from "./asking.js";
import { saveFrom } from "./downloading.js";
import { offerChoice } from "./matrix_choice.js";
import { offerViewer } from "./viewer.js";
import { _ } from "./words.js";

const KEY = "matrix-1";
const AT_ONCE = 2;
const TRIES = 4;
const WAIT_MILLISECONDS = 1500;
const UNREACHABLE = _("The server cannot be reached. Check that it is running, then go on.");
const NOT_KEPT = _("This browser has no room to keep the table. Save it before you leave this page.");

const element = (id) => document.getElementById(id);
const [form, table, problem] = [element("asking"), element("matrix"), element("problem")];
const chosen = form && offerChoice(form);
let matrix = null;
let running = 0;
let paused = true;

if (form) {
  offerViewer(table, element("questions"));
  form.addEventListener("submit", begin);
  element("pause").addEventListener("click", () => (paused ? goOn() : pause()));
  element("clear").addEventListener("click", clearWhenSure);
  element("clear").addEventListener("blur", () => askWhetherSure(false));
  element("files").addEventListener("click", ({ target }) => {
    if (target.dataset.format) save(target.dataset.format);
  });
  restore();
}

async function begin(event) {
  event.preventDefault();
  const { questions, documents, fault } = chosen();
  if (fault) return tell(fault);
  const before = matrix;
  matrix = { questions, documents, cells: [] };
  if (before) matrix.cells = carried(before);
  if (await show()) {
    element("setting").open = false;
    goOn();
  }
}

/** Cells of the table before that ask the same of the same document. */
function carried(before) {
  const documents = matrix.documents.map((row) => row.document_id);
  return before.cells
    .map((cell) => ({
      ...cell,
      question: matrix.questions.indexOf(before.questions[cell.question]),
      document: documents.indexOf(before.documents[cell.document].document_id),
    }))
    .filter((cell) => cell.question >= 0 && cell.document >= 0);
}

/** Lets the server write the table of what is kept. False where it does not. */
async function show() {
  tell("");
  const response = await post("/matrix/table", matrix).catch(() => null);
  const page = response && new DOMParser().parseFromString(await response.text(), "text/html");
  const written = page?.querySelector("table");
  if (!response?.ok || !written) {
    tell(page?.querySelector(".detail")?.textContent ?? UNREACHABLE);
    return false;
  }
  table.replaceChildren(written);
  table.hidden = element("progress").hidden = false;
  count();
  return true;
}

function goOn() {
  paused = false;
  while (running < AT_ONCE && fill());
  count();
}

function pause() {
  paused = true;
  count();
}

/** Asks for the next cell that waits; false where none does. */
function fill() {
  const cell = paused ? null : table.querySelector("td.pending:not(.asked)");
  if (!cell) return false;
  cell.classList.add("asked");
  running += 1;
  ask(cell).finally(() => {
    running -= 1;
    fill();
    count();
  });
  return true;
}

async function ask(cell) {
  const { row, column } = cell.dataset;
  const asking = matrix;
  const body = new URLSearchParams({
    q: asking.questions[column], document: asking.documents[row].document_id, row, column,
  });
  const found = await answerTo(body);
  if (matrix !== asking) return;
  cell.classList.remove("asked");
  if (!found) {
    pause();
    return void tell(UNREACHABLE);
  }
  matrix.cells.push(JSON.parse(found.querySelector(".kept").textContent));
  cell.replaceWith(found);
  keep();
}

/** The cell as the server writes it; where it has no room, it is asked again a little later. */
async function answerTo(body) {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const response = await fetch("/matrix/cell", { method: "POST", body }).catch(() => null);
    if (response?.ok) {
      const page = new DOMParser().parseFromString(
        `<table><tr>${await response.text()}</tr></table>`, "text/html");
      return page.querySelector("td");
    }
    await new Promise((done) => { setTimeout(done, WAIT_MILLISECONDS * tries); });
  }
  return null;
}

async function save(format) {
  const { problem: fault } = await saveFrom(`/matrix/file?format=${format}`, matrix);
  tell(fault ?? "");
}

/** Says how far it is. */
function count() {
  const all = matrix.questions.length * matrix.documents.length;
  const done = all - table.querySelectorAll(".pending").length;
  element("bar").max = all;
  element("bar").value = done;
  const absent = table.querySelectorAll(".absent").length;
  element("filled").textContent = done < all
    ? _("%(done)s of %(all)s cells", { done, all })
    : _("%(all)s cells: %(quoted)s with a quote, %(absent)s not found",
      { all, quoted: all - absent, absent });
  element("pause").hidden = done === all;
  element("pause").textContent = paused ? _("Go on") : _("Pause");
  element("files").hidden = done === 0;
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(matrix));
  } catch {
    tell(NOT_KEPT);
  }
}

/** What was filled took its time: it goes at the second click. */
function clearWhenSure({ target }) {
  if (target.classList.contains("danger")) clear();
  else askWhetherSure(true);
}

function askWhetherSure(asks) {
  const button = element("clear");
  button.className = asks ? "danger" : "quiet";
  button.textContent = asks ? _("Clear this table for good") : _("Clear");
}

function clear() {
  pause();
  askWhetherSure(false);
  matrix = null;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
  table.hidden = element("progress").hidden = true;
  table.replaceChildren();
  element("setting").open = true;
  element("questions").focus();
}

/** Shows the table that this browser kept, without asking further. */
async function restore() {
  try {
    matrix = JSON.parse(localStorage.getItem(KEY));
  } catch {
    matrix = null;
  }
  if (!matrix?.documents?.length) return;
  chosen.set(matrix);
  if (await show()) element("setting").open = false;
}

function tell(words) {
  problem.textContent = words;
  problem.hidden = words === "";
  if (words) problem.scrollIntoView({ block: "nearest" });
}
