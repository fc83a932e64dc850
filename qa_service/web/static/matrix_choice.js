// What a matrix asks, and of which documents: questions one a line, documents by ticks.

import { _ } from "./words.js";

const element = (id) => document.getElementById(id);

/** Makes the form work. Called, what it gives says what is chosen, or what is wrong with it;
    its `set` chooses what a kept matrix asks. */
export function offerChoice(form) {
  const list = element("choices");
  const entries = [...list.children];
  const [most, mostQuestions] = [numberIn("legend"), numberIn("label[for=questions]")];
  const ticked = () => [...list.querySelectorAll("input:checked")];
  const say = () => {
    const shown = entries.filter((entry) => !entry.hidden).length;
    element("ticked").textContent = _("%(chosen)s chosen, %(shown)s listed", { chosen: ticked().length, shown });
  };
  const filter = () => {
    for (const entry of entries) entry.hidden = !fits(entry);
    say();
  };
  for (const id of ["title-words", "year-from", "year-to", "collection"]) {
    element(id)?.addEventListener("input", filter);
    element(id)?.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
  }
  list.addEventListener("change", say);
  element("tick-shown").addEventListener("click", () => {
    for (const entry of entries) if (!entry.hidden) boxOf(entry).checked = true;
    say();
  });
  element("untick").addEventListener("click", () => {
    for (const entry of entries) boxOf(entry).checked = false;
    say();
  });
  say();

  function chosen() {
    const lines = element("questions").value.split("\n").map((line) => line.trim());
    const questions = [...new Set(lines.filter(Boolean))];
    const documents = ticked().map(({ value, dataset: { title, date } }) => (
      { document_id: value, title, date: date || null }));
    return { questions, documents, fault: faultOf(questions, documents) };
  }

  function faultOf(questions, documents) {
    if (questions.length === 0) return _("Type a question first, one a line.");
    if (questions.length > mostQuestions) {
      return _("These are %(number)s questions; ask %(most)s at most.",
        { number: questions.length, most: mostQuestions });
    }
    if (documents.length === 0) return _("Tick the documents that are to be asked.");
    if (documents.length > most) {
      return _("These are %(number)s documents; tick %(most)s at most.",
        { number: documents.length, most });
    }
    return "";
  }

  chosen.set = ({ questions, documents }) => {
    element("questions").value = questions.join("\n");
    const wanted = new Set(documents.map((row) => row.document_id));
    for (const entry of entries) boxOf(entry).checked = wanted.has(boxOf(entry).value);
    say();
  };
  return chosen;

  function numberIn(selector) {
    return Number(form.querySelector(selector).textContent.match(/\d+/)[0]);
  }
}

/** Whether a document is among those that are looked for. */
function fits({ dataset: { words, year, collection } }) {
  const wanted = element("title-words").value.toLowerCase().split(/\s+/).filter(Boolean);
  const [from, to] = [element("year-from").value, element("year-to").value];
  const within = !(from || to) || (year && (!from || year >= from) && (!to || year <= to));
  const [only] = [element("collection")?.value ?? ""];
  return wanted.every((word) => words.includes(word)) && within && (!only || collection === only);
}

function boxOf(entry) {
  return entry.querySelector("input");
}
