// A table of facts in the order of one of its columns, whose heads are buttons.

import { LANGUAGE } from "./words.js";

const { compare } = new Intl.Collator(LANGUAGE, { numeric: true });

/** Makes the heads of the tables in a turn put their rows in order. */
export function offerSorting(turn) {
  for (const head of turn.querySelectorAll(".facts thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sortBy(head));
    head.append(button);
  }
}

/** Smallest first, or largest first where it was so already; what is not said comes last. */
function sortBy(head) {
  const turned = head.ariaSort === "ascending" ? -1 : 1;
  for (const other of head.parentElement.cells) other.ariaSort = null;
  head.ariaSort = turned === 1 ? "ascending" : "descending";
  const { tBodies: [body] } = head.closest("table");
  const rows = Array.from(body.rows, (row) => [keyOf(row.cells[head.cellIndex]), row]);
  rows.sort(([one], [other]) =>
    one && other ? turned * compare(one, other) : Number(!one) - Number(!other));
  body.append(...rows.map(([, row]) => row));
}

function keyOf({ dataset }) {
  return dataset.key ?? "";
}
