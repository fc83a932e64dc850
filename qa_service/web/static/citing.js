// A quote with its citation as text to take away. citing.py writes the same on the server.

import { placeWords } from "./display.js";

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

/** The text of each way to cite; every one ends with the address of the quote. */
export function citedTexts(citation, quote) {
  const address = new URL(citation.permalink, location.href).href;
  const title = citation.title.trim().split(/\s+/).join(" ");
  const place = placeWords(citation);
  const lines = markdownText(quote).split("\n").map((line) => `> ${line}`.trimEnd());
  return {
    plain: `“${quote}”\n${title}, ${place}\n${address}`,
    markdown: `${lines.join("\n")}\n\n[${markdownText(title)}](<${address}>), ${markdownText(place)}`,
    reference: reference(citation, title, address),
    address,
  };
}

function reference({ page, date, publisher }, title, address) {
  const named = page ? `${title} (p. ${page})` : title;
  const when = `(${referenceDate(date)})`;
  const parts = publisher ? [publisher, when, named] : [named, when];
  return `${parts.map(ended).join(" ")} ${address}`;
}

/** "2023, May 24", "2016, February", "2016", or "n.d." where there is none. */
function referenceDate(date) {
  if (!date) return "n.d.";
  const [year, month, day] = date.split("-");
  if (!month) return year;
  const name = MONTHS[Number(month) - 1];
  return day ? `${year}, ${name} ${Number(day)}` : `${year}, ${name}`;
}

/** The part with one full stop at its end. */
function ended(part) {
  return /[.?!]$/.test(part) ? part : `${part}.`;
}

/** Text that a Markdown reader shows as it stands. */
function markdownText(text) {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.trim()).join("\n")
    .replace(/[\\`*_[\]<>|~&]/g, "\\$&")
    .replace(/^([-+=#]|\d{1,9}(?=[.)]))/gm, (start) =>
      (/^\d/.test(start) ? `${start}\\` : `\\${start}`));
}
