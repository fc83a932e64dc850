// Makes a request of what a form holds, and sends it.

import { SWITCHES } from "./limits.js";

const TRUTH = { true: true, false: false };

/** How a form puts its question: limits, and the switches that are not at their default.
    asking.py reads the same fields on the server. */
export function askedBy(form) {
  const data = new FormData(form);
  const chosen = Array.from(form.querySelectorAll('input[name="document"]'))
    .filter((input) => input.type === "hidden" || input.checked);
  const switches = Object.keys(SWITCHES).filter((name) => data.has(name))
    .map((name) => [name, TRUTH[data.get(name)]]);
  return {
    limits: {
      date_from: data.get("date_from") || null,
      date_to: data.get("date_to") || null,
      collections: data.getAll("collection"),
      documents: chosen.map(({ value, dataset }) =>
        ({ document_id: value, title: dataset.title })),
    },
    earlier: [],
    ...Object.fromEntries(switches),
  };
}

/** Sends a question; `history` is what was said before it. */
export function send(question, { limits, earlier, ...switches }, history) {
  return post("/api/ask", { question, history, filters: filtersOf(limits), ...switches });
}

/** Limits as the endpoint's `filters`. */
export function filtersOf({ date_from, date_to, collections, documents }) {
  return { date_from, date_to, collections, document_ids: documents?.map((entry) => entry.document_id) };
}

export function post(address, body) {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}
