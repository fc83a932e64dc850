// Values in the words that people read. display.py says the same on the server.

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
const CONFIDENCE_WORDS = [[0.55, "High"], [0.35, "Fair"], [0, "Low"]];
const MEANINGS = [
  [0.55, "The first quote most likely answers the question."],
  [0.35, "The first quote may answer the question: read the passage around it."],
  [0, "The first quote may not be the answer: check it in its source."],
];
const HEADING_SEPARATOR = " › ";
// The characters of one line that the headings above a place may take.
const LONGEST_HEADINGS = 80;
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
  const [, word] = CONFIDENCE_WORDS.find(([lowest]) => shown(confidence) >= lowest);
  return `${word} confidence (${confidence.toFixed(2)})`;
}

/** When and where a quote stands, in one line: date, page, headings. */
export function placeWords({ date, page, heading }) {
  return [humanDate(date), page && `page ${page}`, headingWords(heading)].filter(Boolean)
    .join(" · ");
}

/** The innermost headings above a place, as many as fit a line; at least one. */
function headingWords(heading) {
  const kept = [];
  for (const part of (heading ?? "").split(HEADING_SEPARATOR).reverse()) {
    const longer = [part, ...kept].join(HEADING_SEPARATOR);
    if (kept.length && Array.from(longer).length > LONGEST_HEADINGS) break;
    kept.unshift(part);
  }
  return kept.join(HEADING_SEPARATOR);
}

/** How an answer stands: it quotes (""), "unanswered", or "reply" where it lists or talks. */
export function turnState({ answered, catalogue, reason }) {
  if (catalogue || reason === "small_talk") return "reply";
  return answered ? "" : "unanswered";
}

/** What came of a question, in one line; empty where the hint is the whole reply. */
export function verdictWords(answer) {
  if (answer.catalogue) return answer.catalogue.text;
  if (answer.reason === "small_talk" && answer.hint) return "";
  if (answer.reason === "no_evidence" && isLimited(answer)) {
    return "No answer found within these limits.";
  }
  if (!answer.answered) return REASONS[answer.reason];
  const quotes = counted(answer.answer.length, "quote");
  return `${quotes} from the documents · ${confidenceWords(answer.confidence)}`;
}

/** What the confidence of an answer means for its reader; empty where nothing is quoted. */
export function meaningWords({ answered, catalogue, confidence }) {
  return answered && !catalogue ? MEANINGS.find(([lowest]) => shown(confidence) >= lowest)[1] : "";
}

/** The confidence as the number that is read: the words go by it. */
function shown(confidence) {
  return Number(confidence.toFixed(2));
}

/** Whether filters, or the question's own words, left documents out. */
function isLimited({ asked, scope }) {
  const names = ["date_from", "date_to", "collections", "documents"];
  return [asked?.limits ?? {}, scope ?? {}].some((limits) =>
    names.some((name) => limits[name]?.length));
}

/** A sentence for the person where nothing is quoted; empty where the verdict says it. */
export function hintWords({ answered, catalogue, hint }) {
  return answered || catalogue ? "" : hint ?? "";
}

/** How a follow-up was read; empty where it was read as typed. */
export function understoodWords({ question, understood }) {
  if (!understood) return "";
  if (understood.text === question) return "Understood as part of this conversation.";
  return `Understood as: ${understood.text}`;
}

/** What a follow-up took from earlier turns; empty where nothing. */
export function carriedWords({ understood }) {
  const words = (understood?.carried ?? []).map(({ text }) => `“${text}”`).join(", ");
  return words ? `Carried over: ${words}.` : "";
}

/** Which words were taken for mistyped ones; empty where none was. */
export function correctionWords({ corrections }) {
  const taken = new Map(corrections.map((item) => [item.typed, item.taken]));
  const pairs = Array.from(taken, ([typed, word]) => `“${word}” in place of “${typed}”`);
  return pairs.length ? `Searched for ${pairs.join(", ")}.` : "";
}

/** What a person is asked about an answer. */
export function feedbackWords({ answered, catalogue, reason }) {
  if (answered && !catalogue) return "Is this the right answer?";
  if (reason === "no_evidence") return "Is it right that the documents do not say?";
  return "Is this the right reply?";
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

/** A quote in pieces, its exact words marked. */
export function exactPieces(quote, { start, exact }) {
  return pieces(quote, start, exact);
}

/** The text of a passage, the sentence that matched marked, without blank lines or the heading
    that stands above it anyway. */
export function excerptPieces(passage) {
  return excerpt(passage, passage.why?.sentence);
}

/** The passage from which a quote was taken, the quote marked. */
export function aroundPieces(passage, citation) {
  return excerpt(passage, citation);
}

function excerpt({ text, start, title, heading }, stretch) {
  const cut = pieces(text, start, stretch)
    .map((piece) => ({ ...piece, text: piece.text.replace(/\n\s*\n/g, "\n") }));
  const [first, ...rest] = cut[0].text.split("\n");
  const shownAbove = first === title || first === heading;
  if (shownAbove && rest.length > 0 && !cut[0].marked) cut[0].text = rest.join("\n");
  return cut;
}

/** A text cut where a stretch of it is marked. Offsets count code points of the document. */
function pieces(text, textStart, stretch) {
  if (!stretch) return [{ text, marked: false }];
  const points = Array.from(text);
  const [start, end] = [stretch.start - textStart, stretch.end - textStart];
  const parts = [[points.slice(0, start), false], [points.slice(start, end), true],
    [points.slice(end), false]];
  return parts.map(([part, marked]) => ({ text: part.join(""), marked }))
    .filter((piece) => piece.text);
}

/** Which words of the question a passage holds. */
export function sharedWords({ shared_terms: shared }) {
  return `Words of the question here: ${shared.join(", ") || "none; it matched by meaning"}`;
}

/** Which words of the question a passage lacks; empty where it lacks none. */
export function absentWords({ absent_terms: absent }) {
  return absent.length ? `Not here: ${absent.join(", ")}` : "";
}

/** Where else a passage stands; empty where nowhere. */
export function twinWords({ duplicates }) {
  const titles = (duplicates ?? []).map((twin) => twin.title);
  return titles.length ? `Also in: ${titles.join("; ")}` : "";
}

/** How many other documents say the same; empty where none. */
export function alsoWords({ also_in: others }) {
  return others?.length ? `Also in ${counted(others.length, "other document")}` : "";
}

/** What helps to tell a listed document from others: its date and pages. */
export function documentWords({ date, pages }) {
  return [humanDate(date), pages && counted(pages, "page")].filter(Boolean).join(" · ");
}

/** How many documents of a catalogue answer are not listed; empty where all are. */
export function restWords(catalogue) {
  const rest = catalogue ? catalogue.total - catalogue.documents.length : 0;
  return rest > 0 ? `and ${counted(rest, "more document")}` : "";
}

/** The address of a document's page. */
export function documentAddress(id) {
  return `/documents/${encodeURIComponent(id)}`;
}

export function counted(number, noun) {
  const digits = number.toLocaleString("en-GB");
  return number === 1 ? `1 ${noun}` : `${digits} ${noun}s`;
}
