// The filters of the composer: fields of its form, shown as chips while they are set.

import { askedBy } from "./asking.js";
import { closeLikeAMenu } from "./disclosure.js";
import { cloned, fill } from "./dom.js";
import { offerDocuments, putChosen } from "./document_picker.js";
import { rangeWords } from "./limits.js";

const KEY = "filters";
const WRONG_ORDER = "This day must not be before the first.";

const element = (id) => document.getElementById(id);
const form = element("composer");
const panel = element("filters");
const chips = element("filter-chips");
const summary = panel.querySelector("summary");
const [dateFrom, dateTo] = [element("date-from"), element("date-to")];

/** Makes the filters work. Those of this tab's earlier pages are set again, unless the address
    names some. */
export function offerFilters() {
  closeLikeAMenu(panel);
  offerDocuments(panel);
  const close = element("close-filters");
  close.hidden = false;
  close.addEventListener("click", () => {
    panel.open = false;
    summary.focus();
  });
  form.addEventListener("change", update);
  form.addEventListener("invalid", () => { panel.open = true; }, true);
  if (!/[?&](date_|collection|document|compare|q)/.test(location.search)) setFilters(remembered());
  update();
}

/** Takes every filter away. */
export function clearFilters() {
  setFilters({});
  update();
}

/** Takes away the filters that limited a question before and do not when it is asked again. */
export function takeAwayFilters(before, after) {
  const { date_from: from, date_to: to, collections = [], documents = [] } = before ?? {};
  if ((from || to) && !after.date_from && !after.date_to) dateFrom.value = dateTo.value = "";
  for (const name of collections) {
    if (!after.collections.includes(name)) uncheck("collection", name);
  }
  const left = new Set(after.documents.map(({ document_id: id }) => id));
  for (const { document_id: id } of documents) if (!left.has(id)) uncheck("document", id);
  update();
}

function setFilters({ limits = {}, compare = false }) {
  dateFrom.value = limits.date_from ?? "";
  dateTo.value = limits.date_to ?? "";
  for (const box of form.querySelectorAll('input[name="collection"]')) {
    box.checked = (limits.collections ?? []).includes(box.value);
  }
  putChosen(limits.documents ?? []);
  form.elements.compare.checked = compare;
}

function update() {
  dateTo.setCustomValidity(dateFrom.value && dateTo.value && dateTo.value < dateFrom.value
    ? WRONG_ORDER : "");
  const asked = askedBy(form);
  chips.replaceChildren(...set(asked.limits).map(chip));
  chips.hidden = chips.childElementCount === 0;
  remember({ limits: asked.limits, compare: asked.compare });
}

/** Each filter that is set, in words, with what takes it away. */
function set({ date_from: from, date_to: to, collections, documents }) {
  const found = [];
  if (from || to) found.push([rangeWords(from, to), () => { dateFrom.value = dateTo.value = ""; }]);
  for (const name of collections) found.push([name, () => uncheck("collection", name)]);
  for (const { document_id: id, title } of documents) {
    found.push([title, () => uncheck("document", id)]);
  }
  return found;
}

function uncheck(name, value) {
  for (const box of form.querySelectorAll(`input[name="${name}"]`)) {
    if (box.value === value) box.checked = false;
  }
}

function chip([label, takeAway], place) {
  const item = cloned("filter-template");
  fill(item, { label });
  item.querySelector("button").addEventListener("click", () => {
    takeAway();
    update();
    const left = chips.querySelectorAll("button");
    (left[Math.min(place, left.length - 1)] ?? summary).focus();
  });
  return item;
}

function remember(filters) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(filters));
  } catch {
    // They stay in the form.
  }
}

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
