// Completions while typing. They never get in the way of typing or sending: they come late or not
// at all, and only arrow keys enter their list. A field of several lines may not be a combobox
// (ARIA in HTML); it is a text field that names its list, and a status says when there is one.

import { cloned, fill } from "./dom.js";
import { _, ngettext } from "./words.js";

const WAIT_MILLISECONDS = 150;
const SHORTEST = 2;
const LONGEST = 200;
const KINDS = { question: _("Question"), title: _("Document"), heading: _("Heading") };

/** Makes a text field complete what is typed from a list element; `status` says how many there
    are. */
export function offerCompletions(field, list, status) {
  let timer;
  let request;
  let active = -1;

  Object.entries({
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    "aria-controls": list.id,
  }).forEach(([name, value]) => field.setAttribute(name, value));

  field.addEventListener("input", ({ isComposing }) => {
    close();
    if (!isComposing && worthCompleting(field.value)) timer = setTimeout(look, WAIT_MILLISECONDS);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", onKey);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => choose(target.closest("li")));
  return close;

  async function look() {
    const typed = field.value;
    request = new AbortController();
    const completions = await fetched(typed, request.signal);
    if (field.value !== typed || document.activeElement !== field) return;
    open(completions.filter(({ text }) => text !== typed.trim()));
  }

  function onKey(event) {
    const options = list.children;
    if (list.hidden || event.isComposing || event.shiftKey || event.altKey) return;
    if (event.key === "ArrowDown") move(active + 1 < options.length ? active + 1 : -1);
    else if (event.key === "ArrowUp") move(active < 0 ? options.length - 1 : active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) {
      choose(options[active]);
      event.stopImmediatePropagation();
    } else return;
    event.preventDefault();
  }

  /** Makes an option the active one; -1 is the field itself. */
  function move(place) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option?.id ?? "");
  }

  function choose(option) {
    if (!option) return;
    field.value = option.dataset.text;
    close();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  function open(completions) {
    list.replaceChildren(...completions.map(optionOf));
    list.hidden = completions.length === 0;
    const shown = asManyAsFit(list);
    status.textContent = list.hidden ? "" : ngettext(
      "%(number)s completion: arrow down", "%(number)s completions: arrow down", shown);
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    move(-1);
    list.hidden = true;
    status.textContent = "";
  }
}

/** Takes away the last ones of a list that would have to be scrolled to, which a keyboard cannot;
    says how many are left. */
function asManyAsFit(list) {
  while (list.scrollHeight > list.clientHeight && list.children.length > 1) list.lastChild.remove();
  return list.children.length;
}

function optionOf({ text, kind }, place) {
  const option = cloned("completion-template");
  option.id = `completion-${place}`;
  option.dataset.text = text;
  fill(option, { text, kind: KINDS[kind] });
  return option;
}

/** None where the server cannot say: completing is a help, and no help is no error. */
async function fetched(typed, signal) {
  try {
    const response = await fetch(`/api/complete?${new URLSearchParams({ q: typed })}`, { signal });
    return response.ok ? (await response.json()).completions : [];
  } catch {
    return [];
  }
}

function worthCompleting(text) {
  const { length } = text.trim();
  return length >= SHORTEST && text.length <= LONGEST && !text.includes("\n");
}
