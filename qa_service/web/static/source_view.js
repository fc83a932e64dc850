// A document as it is read, on its own page and beside an answer: its quote brought into sight,
// its contents, and the switch between pages and text.

import { offerFinding } from "./finding.js";

const NARROW = 832;
const TOP = 150;

/** Makes the view of a document work, and returns what brings its quote into sight. */
export function offerSource(source) {
  chooseView(source);
  keepPlace(source);
  offerEnlarging(source);
  offerContents(source);
  sayWhatIsMissing(source);
  offerFinding(source, () => showText(source));
  const jump = source.querySelector(".jump");
  const showQuote = (options) => bringIntoSight(source, quoteOf(source), options);
  if (jump) offerWayBack(source, jump, showQuote);
  return showQuote;
}

/** What shows the quote in the view chosen: its first box on the page, or its first words. */
function quoteOf(source) {
  const candidates = [...source.querySelectorAll(".boxes rect"), source.querySelector("#quote")];
  return candidates.find((element) => element?.getClientRects().length > 0);
}

function bringIntoSight(source, quote, { focus = true } = {}) {
  if (!quote) return;
  quote.scrollIntoView({ block: "center" });
  hideWhatIsCut(source);
  if (focus) (quote.closest("figure") ?? quote).focus({ preventScroll: true });
}

/** No control of the head is left half below the tools that stay in sight: it would be too small
    to be hit. */
function hideWhatIsCut(source) {
  const scrolled = source.closest(".viewer-body") ?? window;
  const tools = source.querySelector(".source-tools");
  for (const control of source.querySelectorAll("header.document :is(a, summary, button)")) {
    const { top, bottom } = control.getBoundingClientRect();
    const edge = tools.getBoundingClientRect().bottom;
    const cut = control.checkVisibility() && top < edge && bottom > edge;
    if (cut) scrolled.scrollBy(0, Math.ceil(bottom - edge));
  }
}

/** Where there is no room for both, the page comes first if the quote is boxed on it. */
function chooseView(source) {
  if (source.clientWidth >= NARROW || !viewSwitch(source)) return;
  const cited = source.querySelector("#quote");
  setView(source, cited && !source.querySelector(".boxes") ? "text" : "pages");
}

function viewSwitch(source) {
  return source.querySelector(".view");
}

function setView(source, value) {
  viewSwitch(source).querySelector(`[value="${value}"]`).checked = true;
}

function showText(source) {
  if (viewSwitch(source)?.querySelector(":checked").value !== "pages") return;
  setView(source, source.clientWidth >= NARROW ? "both" : "text");
}

/** What was read stays in sight when the view changes: the quote, or else the page. */
function keepPlace(source) {
  let sheet = null;
  let quoteSeen = true;
  const note = () => {
    const { left, width } = source.getBoundingClientRect();
    sheet = document.elementFromPoint(left + width / 2, TOP)?.closest(".sheet") ?? sheet;
    const box = quoteOf(source)?.getBoundingClientRect();
    quoteSeen = box && box.bottom > 0 && box.top < window.innerHeight;
  };
  source.addEventListener("pointerdown", note);
  source.addEventListener("keydown", note);
  viewSwitch(source)?.addEventListener("change", () => {
    if (quoteSeen) quoteOf(source)?.scrollIntoView({ block: "center" });
    else sheet?.scrollIntoView();
  });
}

/** Larger pages, each to be moved about in its own frame. */
function offerEnlarging(source) {
  const button = source.querySelector(".enlarge");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const large = source.classList.toggle("enlarged");
    button.setAttribute("aria-pressed", String(large));
    for (const page of source.querySelectorAll(".picture")) page.tabIndex = large ? 0 : -1;
    quoteOf(source)?.scrollIntoView({ block: "center", inline: "start" });
  });
}

/** Contents lead to the heading, or to its page where the text is not shown. */
function offerContents(source) {
  const contents = source.querySelector(".outline");
  contents?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    contents.open = false;
    const heading = source.querySelector(`#${link.dataset.part}`);
    const shown = heading?.getClientRects().length > 0;
    const target = shown ? heading : heading?.closest(".sheet");
    target?.scrollIntoView();
    if (target && !shown) target.tabIndex = -1;
    target?.focus({ preventScroll: true });
  });
  contents?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !contents.open) return;
    event.stopPropagation();
    event.preventDefault();
    contents.open = false;
    contents.querySelector("summary").focus();
  });
}

/** A page whose picture does not come is read as text. */
function sayWhatIsMissing(source) {
  source.addEventListener("error", ({ target }) => {
    target.closest?.(".sheet")?.classList.add("without-picture");
  }, true);
}

/** The way back to the quote is offered only where the quote is out of sight. */
function offerWayBack(source, jump, showQuote) {
  const seen = new Set();
  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) seen.add(target);
      else seen.delete(target);
    }
    jump.classList.toggle("idle", seen.size > 0);
  });
  for (const place of source.querySelectorAll("#quote, .boxes rect")) sight.observe(place);
  jump.addEventListener("click", (event) => {
    event.preventDefault();
    showQuote();
  });
}
