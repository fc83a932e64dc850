// The list of past conversations: open one, delete one (and think better of it), delete all.

import { forget, forgetAll, keep, kept, keptConversations } from "./conversation_store.js";
import { cloned, fill, slot } from "./dom.js";
import { _, ngettext } from "./words.js";

const DAY = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" });

const element = (id) => document.getElementById(id);
const dialog = element("conversations");
const list = element("conversation-list");
const status = element("conversations-status");
const undo = element("undo-delete");
const deleteAll = element("delete-all");
const confirmation = element("confirm-delete");
let deleted = null;

/** Makes the list work. `shown` is the id of the conversation on the page; `open` shows another;
    `gone` is told after every deletion. */
export function offerPastConversations(button, { shown, open, gone }) {
  button.addEventListener("click", () => {
    deleted = null;
    undo.hidden = true;
    status.textContent = "";
    render(shown());
    dialog.showModal();
  });
  element("close-conversations").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => { if (target === dialog) dialog.close(); });
  list.addEventListener("click", ({ target }) => {
    const pressed = target.closest("button");
    const id = pressed?.closest("li").dataset.id;
    if (pressed?.dataset.slot === "open") {
      dialog.close();
      open(id);
    } else if (pressed) {
      deleteOne(id, shown());
      gone(id);
    }
  });
  undo.addEventListener("click", () => {
    keep(deleted);
    status.textContent = _("“%(title)s” is back.", { title: deleted.title });
    undo.hidden = true;
    if (deleted.wasShown) open(deleted.id);
    render(shown());
    list.querySelector(`[data-id="${deleted.id}"] button`).focus();
  });
  offerDeleteAll(shown, gone);
}

function offerDeleteAll(shown, gone) {
  deleteAll.addEventListener("click", () => {
    element("confirm-question").textContent = ngettext(
      "Delete %(number)s conversation? This cannot be undone.",
      "Delete %(number)s conversations? This cannot be undone.", keptConversations().length);
    askForConfirmation(true);
    element("keep-all").focus();
  });
  element("keep-all").addEventListener("click", () => {
    askForConfirmation(false);
    deleteAll.focus();
  });
  element("confirm-delete-all").addEventListener("click", () => {
    forgetAll();
    undo.hidden = true;
    status.textContent = _("All conversations were deleted.");
    render(shown());
    element("close-conversations").focus();
    gone(null);
  });
}

function render(shownId) {
  const conversations = keptConversations();
  list.replaceChildren(...conversations.map((entry) => item(entry, shownId)));
  list.hidden = conversations.length === 0;
  if (conversations.length === 0) status.textContent ||= _("There are none yet.");
  deleteAll.hidden = conversations.length === 0;
  askForConfirmation(false);
}

function item({ id, title, updated, answers }, shownId) {
  const entry = cloned("conversation-template");
  entry.dataset.id = id;
  const questions = ngettext("%(number)s question", "%(number)s questions", answers.length);
  const place = [DAY.format(updated), questions, id === shownId && _("on this page")];
  fill(entry, { title, place: place.filter(Boolean).join(" · ") });
  if (id === shownId) slot(entry, "open").setAttribute("aria-current", "true");
  slot(entry, "delete").setAttribute("aria-label", _("Delete “%(title)s”", { title }));
  return entry;
}

function deleteOne(id, shownId) {
  deleted = { ...kept(id), wasShown: id === shownId };
  forget(id);
  status.textContent = _("“%(title)s” was deleted.", { title: deleted.title });
  undo.hidden = false;
  render(shownId);
  undo.focus();
}

function askForConfirmation(asked) {
  confirmation.hidden = !asked;
  deleteAll.hidden = asked || list.hidden;
}
