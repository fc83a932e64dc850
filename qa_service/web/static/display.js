// Values in the words that people read. display.py says the same on the server.

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
const CONFIDENCE_WORDS = [[0.85, "High"], [0.65, "Fair"], [0, "Low"]];
const REASONS = {
  no_evidence: "No answer found in the documents.",
  empty_index: "There are no documents to answer from.",
  small_talk: "That is not something to look up in the documents.",
};

/** "24 May 2023" for "2023-05-24", "February 2016" for "2016-02", "2016" for "2016". */
export function humanDate(date) {
  if (!date) return "date unknown";
  const [year, month, day] = date.split("-");
  const monthName = MONTHS[Number(month) - 1];
  if (month && !monthName) return date;
  const words = month ? `${monthName} ${year}` : year;
  return day ? `${Number(day)} ${words}` : words;
}

/** "High confidence (0.92)": a word for the glance, the number for the careful. */
export function confidenceWords(confidence) {
  const [, word] = CONFIDENCE_WORDS.find(([lowest]) => confidence >= lowest);
  return `${word} confidence (${confidence.toFixed(2)})`;
}

/** When and where a quote stands, in one line: date, page, headings. */
export function placeWords({ date, page, heading }) {
  return [humanDate(date), page && `page ${page}`, heading].filter(Boolean).join(" · ");
}

/** What came of a question, in one line. */
export function verdictWords(answer) {
  if (!answer.answered) return REASONS[answer.reason];
  const quotes = counted(answer.answer.length, "quote");
  return `${quotes} from the documents · ${confidenceWords(answer.confidence)}`;
}

/** How a follow-up was read; empty where it was read as written. */
export function understoodWords(answer) {
  const { question, standalone_question: understood } = answer;
  return understood && understood !== question ? `Understood as: ${understood}` : "";
}

/** The title over the passages below an answer. */
export function relatedWords(answer) {
  if (!answer.answered) return "Nearest passages, not answers";
  return `Related passages (${relatedPassages(answer).length})`;
}

/** The passages below an answer: those that it neither quotes nor nearly repeats. */
export function relatedPassages({ citations, passages }) {
  const quoted = new Set(citations.map((citation) => citation.passage_id));
  return passages.filter(({ passage_id: id, folded_into: twin }) => !quoted.has(id) && !twin);
}

/** The text of a passage without blank lines or the heading that stands above it anyway. */
export function excerptWords({ text, title, heading }) {
  const [first, ...rest] = text.replace(/\n\s*\n/g, "\n").split("\n");
  const shownAbove = rest.length > 0 && (first === title || first === heading);
  return (shownAbove ? rest : [first, ...rest]).join("\n");
}

/** Where else a passage stands; empty where nowhere. */
export function twinWords({ duplicates }) {
  const titles = (duplicates ?? []).map((twin) => twin.title);
  return titles.length ? `Also in: ${titles.join("; ")}` : "";
}

function counted(number, noun) {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}
