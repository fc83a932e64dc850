// The filters of the composer: fields of its form, shown as chips while they are set.

import { closeLikeAMenu } from "./disclosure.js";
import { choose, offerDocuments } from "./document_picker.js";
import { cloned, fill } from "./dom.js";
import { _ } from "./words.js";

const KEY = "filters";
const WRONG_ORDER = _("This day must not be before the first.");
const DAY = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });

const element = (id) => document.getElementById(id);
const form = element("composer");
const panel = element("filters");
const chips = element("filter-chips");
const summary = panel.querySelector("summary");
const [dateFrom, dateTo] = [element("date-from"), element("date-to")];
const year = element("year");

/** Makes the filters work. Those of this tab's earlier pages are set again, unless the address
    names some. */
export async function offerFilters() {
  closeLikeAMenu(panel);
  offerDocuments(panel);
  const close = element("close-filters");
  close.hidden = false;
  close.addEventListener("click", () => {
    panel.open = false;
    summary.focus();
  });
  offerYears();
  form.addEventListener("change", update);
  panel.addEventListener("invalid", () => { panel.open = true; }, true);
  if (!/[?&](date_|collection|document|compare|q)/.test(location.search)) await set(remembered());
  update();
}

/** A year is a short way to its first and its last day. */
function offerYears() {
  year?.removeAttribute("name");
  year?.addEventListener("change", () => {
    dateFrom.value = year.value && `${year.value}-01-01`;
    dateTo.value = year.value && `${year.value}-12-31`;
  });
}

/** Takes every filter away. */
export async function clearFilters() {
  compareOnce();
  await set([]);
  update();
}

/** A comparison is asked for once. */
export function compareOnce() {
  element("compare").checked = false;
}

/** Takes away the filters that limited a question before and do not when it is asked again. */
export function takeAwayFilters(before, fields) {
  const { date_from: from, date_to: to, collections = [], documents = [] } = before ?? {};
  const limited = [["date_from", from], ["date_to", to],
    ...collections.map((name) => ["collection", name]),
    ...documents.map(({ document_id: id }) => ["document", id])];
  for (const input of chosen()) {
    const was = limited.some(([name, value]) => name === input.name && value === input.value);
    if (was && !fields.getAll(input.name).includes(input.value)) takeAway(input);
  }
  update();
}

/** The fields that limit. */
function chosen() {
  return [...panel.querySelectorAll("input[name]")]
    .filter(({ type, checked, value }) => (type === "checkbox" ? checked : value));
}

async function set(filters) {
  const values = (wanted) => filters.filter(([name]) => name === wanted).map(([, value]) => value);
  [dateFrom.value = ""] = values("date_from");
  [dateTo.value = ""] = values("date_to");
  for (const box of panel.querySelectorAll('input[name="collection"]')) {
    box.checked = values("collection").includes(box.value);
  }
  await choose(values("document"));
}

function update() {
  dateTo.setCustomValidity(dateFrom.value && dateTo.value && dateTo.value < dateFrom.value
    ? WRONG_ORDER : "");
  if (year) year.value = yearOf(dateFrom.value, dateTo.value);
  chips.replaceChildren(...chosen().map(chip));
  chips.hidden = chips.childElementCount === 0;
  remember(chosen().map(({ name, value }) => [name, value]));
}

/** The year whose first and last day these are; empty where they are of none. */
function yearOf(from, to) {
  const [number] = from.split("-");
  return from === `${number}-01-01` && to === `${number}-12-31` ? number : "";
}

function takeAway(input) {
  if (input.type === "checkbox") input.checked = false;
  else input.value = "";
}

/** A filter in the words of its own label, with what takes it away. */
function chip(input, place) {
  const item = cloned("filter-template");
  const label = input.dataset.title ?? input.closest("label").textContent.trim();
  fill(item, { label: input.type === "date" ? `${label} ${DAY.format(input.valueAsDate)}` : label });
  item.querySelector("button").addEventListener("click", () => {
    takeAway(input);
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
    const filters = JSON.parse(sessionStorage.getItem(KEY));
    return Array.isArray(filters) ? filters : [];
  } catch {
    return [];
  }
}
