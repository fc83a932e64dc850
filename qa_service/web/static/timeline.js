// A comparison over time in the words and the order that people read. display.py says the same.

import { humanDate } from "./display.js";

// More documents without a passage in a row are folded into one line.
const MOST_GAPS_SHOWN = 2;

/** A comparison over time, oldest first: `part` and `citation` of a quote, or the `gaps` between
    two quotes, which are documents without a passage; `dates` is when, in words. */
export function timelineMoments({ timeline, answer, citations }) {
  const moments = [];
  for (const entry of timeline ?? []) {
    const last = moments.at(-1);
    if (entry.citation !== null) moments.push(quotedMoment(entry.citation, answer, citations));
    else if (last?.gaps.length) last.gaps.push(entry);
    else moments.push({ gaps: [entry] });
  }
  return moments.map((moment) => ({
    ...moment,
    dates: momentDates(moment),
    open: moment.gaps.length <= MOST_GAPS_SHOWN,
  }));
}

function quotedMoment(number, answer, citations) {
  return {
    part: answer.find(({ citation }) => citation === number),
    citation: citations.find((citation) => citation.number === number),
    gaps: [],
  };
}

function momentDates({ gaps, citation }) {
  const entries = gaps.length ? gaps : [citation];
  const [first, last] = [humanDate(entries[0].date), humanDate(entries.at(-1).date)];
  return first === last ? first : `${first} to ${last}`;
}

/** That documents hold no passage on the question, and how many do not. */
export function gapWords(gaps) {
  return gaps.length === 1 ? "No passage found" : `No passage found in ${gaps.length} documents`;
}

/** The quotes that no timeline shows. */
export function otherQuotes({ timeline, answer }) {
  const shown = new Set((timeline ?? []).map(({ citation }) => citation));
  return answer.filter(({ citation }) => !shown.has(citation));
}
