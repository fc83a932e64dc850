// What limits a search, as chips that can be taken away. limits.py says the same on the server.

import { counted, humanDate } from "./display.js";

const DATE_WORD =
  /\d|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b/i;
const LIMIT_NAMES = ["date_from", "date_to", "collections", "documents"];
// The switches of a question and their defaults.
export const SWITCHES = { spelling: true, follow_up: true, scope: true, compare: false };

/** A chip for each thing that limited the search, and the fields that ask without it. */
export function limitChips(answer) {
  const own = answer.asked?.limits ?? {};
  const scope = answer.scope ?? {};
  const chips = parts(own).map(({ label, names }) =>
    ({ label, fields: again(answer, { limits: without(own, names) }) }));
  return chips.concat(parts(scope).map(({ label, names }) => {
    const limits = { ...without(own, []), ...without(scope, names) };
    return { label, fields: again(answer, { scope: false, limits }) };
  }));
}

/** That a limit was given up since nothing was found within it; empty where none was, or where
    the hint says it. */
export function liftedWords({ answered, scope }) {
  const words = ((answered && scope?.lifted) || []).map((word) => `“${word}”`).join(" and ");
  return words ? `Nothing found for ${words} alone, so the search went beyond.` : "";
}

/** Everything about how a question was put, but its words, as fields of a form. */
export function askedFields(asked = {}) {
  const limits = asked.limits ?? {};
  const fields = [["date_from", limits.date_from], ["date_to", limits.date_to]];
  for (const name of limits.collections ?? []) fields.push(["collection", name]);
  for (const text of asked.earlier ?? []) fields.push(["earlier", text]);
  for (const [name, byDefault] of Object.entries(SWITCHES)) {
    if ((asked[name] ?? byDefault) !== byDefault) fields.push([name, String(asked[name])]);
  }
  const documents = (limits.documents ?? []).map(({ document_id: value, title }) =>
    ({ name: "document", value, title }));
  return fields.filter(([, value]) => value).map(([name, value]) => ({ name, value }))
    .concat(documents);
}

/** Fields that ask a follow-up exactly as typed. */
export const asTyped = (answer) => again(answer, { follow_up: false });

/** Fields that ask with every word spelt as typed. */
export const uncorrected = (answer) => again(answer, { spelling: false });

/** Fields for a question that leads on: the same limits. */
export const leadingOn = (answer) => askedFields({ limits: answer.asked?.limits });

/** "2023", "May 2023", "2016 to 2023", "from 3 May 2023", "until 2019". */
export function rangeWords(dateFrom, dateTo) {
  const [first, last] = shortened(dateFrom ?? "", dateTo ?? "");
  if (!last) return `from ${humanDate(first)}`;
  if (!first) return `until ${humanDate(last)}`;
  return first === last ? humanDate(first) : `${humanDate(first)} to ${humanDate(last)}`;
}

/** The address that asks the same question in the same way. It names the build that answered, so
    that a later visitor is told where another one answers. */
export function answerAddress(answer) {
  const fields = again(answer, {}).map(({ name, value }) => [name, value]);
  if (answer.index?.build) fields.push(["build", answer.index.build]);
  return `/?${new URLSearchParams(fields)}`;
}

function again(answer, changes) {
  const asked = { ...answer.asked, ...changes };
  return [{ name: "q", value: answer.question }, ...askedFields(asked)];
}

/** Each thing that limits, in words, with the names of the limits it stands for. */
function parts(limits) {
  const found = [];
  if (limits.date_from || limits.date_to) {
    const label = rangeWords(limits.date_from, limits.date_to);
    found.push({ label, names: ["date_from", "date_to"] });
  }
  if (limits.collections?.length) {
    found.push({ label: limits.collections.join(", "), names: ["collections"] });
  }
  if (limits.documents?.length) found.push({ label: documentLabel(limits), names: ["documents"] });
  return found;
}

/** The question's own name for the documents, else their title or number. */
function documentLabel({ words, collections, documents }) {
  const named = (words ?? []).filter((word) => !DATE_WORD.test(word));
  if (named.length && !collections?.length) return named.join(", ");
  return documents.length === 1 ? documents[0].title : counted(documents.length, "document");
}

function without(limits, names) {
  const left = LIMIT_NAMES.filter((name) => !names.includes(name))
    .filter((name) => limits[name]?.length);
  return Object.fromEntries(left.map((name) => [name, limits[name]]));
}

/** Both dates as years or months where they are the bounds of such. */
function shortened(first, last) {
  if (["", "-01-01"].includes(first.slice(4)) && ["", "-12-31"].includes(last.slice(4))) {
    return [first.slice(0, 4), last.slice(0, 4)];
  }
  if (["", "-01"].includes(first.slice(7)) && (!last || endsMonth(last))) {
    return [first.slice(0, 7), last.slice(0, 7)];
  }
  return [first, last];
}

function endsMonth(date) {
  if (date.length < "2023-05-31".length) return date.length === "2023-05".length;
  const [year, month, day] = date.split("-").map(Number);
  return day === new Date(Date.UTC(year, month, 0)).getUTCDate();
}
