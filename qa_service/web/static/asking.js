// Asks the server: for the turn of a question, for those of answers kept from before.

const LONGEST_REQUEST = 200_000; // characters, unless a single answer has more
const MOST_ANSWERS = 50;

/** What a form asks, as fields; what was asked earlier goes with the history instead. */
export function fieldsOf(form, submitter) {
  const fields = new FormData(form);
  if (submitter?.name) fields.set(submitter.name, submitter.value);
  fields.delete("earlier");
  return fields;
}

/** The turn of a question, and the title of the page that shows it; `history` is what was said
    before. Where there is no answer, `problem` says why, unless the server cannot be reached. */
export async function turnOf(fields, history) {
  const body = new URLSearchParams(fields);
  body.set("history", JSON.stringify(history));
  const page = await pageOf(fetch("/turn", { method: "POST", body }));
  const problem = page?.querySelector(".problem .detail")?.textContent;
  return { turn: page?.querySelector(".turn"), title: page?.title, problem };
}

/** The turns of answers that this browser kept; `data-place` is which answer each shows. One
    that cannot be shown is left out. `null` where the server does not show them. */
export async function turnsOf(answers) {
  const shown = [];
  let [first, title] = [0, ""];
  for (const batch of batches(answers)) {
    const page = await pageOf(post("/turns", { answers: batch }));
    if (!page || page.querySelector(".problem")) return null;
    const turns = [...page.querySelectorAll(".turn")];
    for (const turn of turns) turn.dataset.place = first + Number(turn.dataset.place);
    shown.push(...turns);
    first += batch.length;
    ({ title } = page);
  }
  return { turns: shown, title };
}

export function post(address, body) {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** What a request brings, as a document in which no script runs; null where nothing comes. */
async function pageOf(request) {
  try {
    const text = await (await request).text();
    return new DOMParser().parseFromString(text, "text/html");
  } catch {
    return null;
  }
}

/** The answers in order, as many at once as a request may hold. */
function batches(answers) {
  const found = [];
  let room = 0;
  for (const answer of answers) {
    const { length } = JSON.stringify(answer);
    if (room < length || found.at(-1).length === MOST_ANSWERS) {
      found.push([]);
      room = LONGEST_REQUEST;
    }
    found.at(-1).push(answer);
    room -= length;
  }
  return found;
}
