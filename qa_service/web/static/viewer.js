// The source beside the answer: a pane on a wide screen, a sheet on a small one.

import { offerSource } from "./source_view.js";
import { _ } from "./words.js";

const WIDE = window.matchMedia("(min-width: 64rem)");
const LONGEST_QUOTE = 4000;
const UNREACHABLE = _("The server cannot be reached. Check that it is running, then try again.");
const GROUPS = [".citation a", ".passage > a", ".facts a"];

const element = (id) => document.getElementById(id);
const viewer = element("viewer");
const body = element("viewer-body");
const [previous, next] = [element("viewer-previous"), element("viewer-next")];
let links = [];
let place = 0;
let showQuote = () => {};
let asked = 0;
// A pane becomes a sheet, or a sheet a pane.
let turning = false;

/** Opens what a link of the conversation cites beside it. `left` gets the focus where the link
    has gone by the time the viewer closes. */
export function offerViewer(conversation, left) {
  conversation.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !plain(event) || !link.pathname.startsWith("/documents/")) return;
    event.preventDefault();
    open(link);
  });
  previous.addEventListener("click", () => step(-1));
  next.addEventListener("click", () => step(1));
  element("viewer-close").addEventListener("click", () => viewer.close());
  viewer.addEventListener("close", () => leave(left));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && viewer.open && !event.defaultPrevented) closeBy(event);
  });
  viewer.addEventListener("keydown", stepByKey);
  window.addEventListener("popstate", () => viewer.close());
  WIDE.addEventListener("change", () => {
    turning = viewer.open;
    viewer.close();
  });
}

/** Closes the viewer, if it is open. */
export function closeViewer() {
  viewer.close();
}

function plain({ button, metaKey, ctrlKey, shiftKey, altKey }) {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}

function closeBy(event) {
  event.preventDefault();
  viewer.close();
}

function open(link) {
  const group = GROUPS.find((selector) => link.matches(selector));
  links = group ? [...link.closest(".turn, .mentions, .matrix").querySelectorAll(group)] : [link];
  if (!viewer.open) enter();
  show(links.indexOf(link), true);
}

function enter() {
  if (WIDE.matches) {
    viewer.show();
  } else {
    viewer.showModal();
    if (!history.state?.viewer) history.pushState({ viewer: true }, "");
  }
}

/** Gives the focus back to the link of what was shown. */
function leave(left) {
  if (turning) {
    turning = false;
    enter();
    show(place, true);
    return;
  }
  if (history.state?.viewer) history.back();
  mark(null);
  asked += 1;
  body.replaceChildren();
  const link = links[place];
  const shown = link?.isConnected && link.getClientRects().length > 0;
  (shown ? link : left).focus();
}

function step(steps) {
  const wanted = place + steps;
  if (wanted >= 0 && wanted < links.length) show(wanted, false);
}

function stepByKey(event) {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey || target.closest("input, textarea, summary")) return;
  const characters = element("use-shortcuts").checked ? { n: 1, p: -1 } : {};
  const steps = { ArrowRight: 1, ArrowLeft: -1, ...characters }[key];
  if (!steps) return;
  event.preventDefault();
  step(steps);
}

async function show(wanted, focus) {
  place = wanted;
  const link = links[place];
  mark(link);
  name(link);
  const number = (asked += 1);
  body.setAttribute("aria-busy", "true");
  body.replaceChildren(element("viewer-waiting").content.cloneNode(true));
  const content = await sourceOf(addressOf(link));
  if (number !== asked || !viewer.open) return;
  body.removeAttribute("aria-busy");
  body.replaceChildren(content);
  body.scrollTop = 0;
  showQuote = content.matches("#source") ? offerSource(content) : () => {};
  showQuote({ focus });
  if (focus && !body.contains(document.activeElement)) body.focus({ preventScroll: true });
}

/** Says what is shown: to the eye, and to screen readers where it changes. */
function name(link) {
  const title = link.dataset.title ?? link.closest("tr")?.querySelector("th a").textContent
    ?? link.textContent;
  const number = links.length > 1 ? `${place + 1}/${links.length}` : "";
  element("viewer-title").textContent = title;
  element("viewer-place").textContent = number;
  element("viewer-status").textContent = `${number} ${title}`;
  element("viewer-page").href = link.href;
  // A disabled button would lose the focus to the page.
  previous.setAttribute("aria-disabled", String(place === 0));
  next.setAttribute("aria-disabled", String(place === links.length - 1));
  previous.hidden = next.hidden = links.length < 2;
}

function mark(link) {
  for (const shown of document.querySelectorAll(".shown-beside")) {
    shown.classList.remove("shown-beside");
  }
  link?.closest(".quote, .passage")?.classList.add("shown-beside");
}

/** The address of a citation with its words, which are looked for where the document changed. */
function addressOf(link) {
  const address = new URL(link.href);
  const quoted = link.closest(".citation")?.parentElement.querySelectorAll("blockquote") ?? [];
  const quote = Array.from(quoted, ({ textContent }) => textContent).join("\n");
  if (quote && quote.length <= LONGEST_QUOTE) address.searchParams.set("quote", quote);
  return address;
}

/** The document of an address as its page has it, or what went wrong. */
async function sourceOf(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return page.getElementById("source") ?? page.querySelector(".problem") ?? failed();
  } catch {
    return failed();
  }
}

function failed() {
  const content = element("viewer-failed").content.firstElementChild.cloneNode(true);
  content.querySelector("p").textContent = UNREACHABLE;
  content.querySelector("button").addEventListener("click", () => show(place, true));
  return content;
}
