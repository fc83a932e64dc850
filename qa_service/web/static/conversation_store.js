// The conversations that this browser keeps, each under a key of its own, so that a damaged one
// harms no other. Nothing here throws: where the browser keeps nothing, the callers are told so.

// The number changes with the shape of an answer, so that no page meets an older one.
const PREFIX = "conversation-1-";
const MOST_CONVERSATIONS = 50;
const MOST_ANSWERS = 50;

/** A name that no other conversation has. */
export function newId() {
  return `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
}

/** All that are kept, the one last added to first: `id`, `title`, `updated` and `answers`. */
export function keptConversations() {
  return keys().map((key) => kept(key.slice(PREFIX.length))).filter(Boolean)
    .sort((one, other) => other.updated - one.updated);
}

/** One conversation; null where it is not there or damaged beyond reading. */
export function kept(id) {
  const record = read(PREFIX + id);
  const answers = Array.isArray(record?.answers) ? record.answers.filter(isAnswer) : [];
  if (answers.length === 0) return null;
  const title = typeof record.title === "string" ? record.title : answers[0].question;
  return { id, title, updated: Number(record.updated) || 0, answers };
}

/** Keeps a conversation, giving up the oldest others where there is no room, then its own first
    answers. False where the browser keeps nothing at all. */
export function keep({ id, title, updated, answers }) {
  giveUpOldest(keptConversations().filter((other) => other.id !== id).slice(MOST_CONVERSATIONS - 1));
  for (let left = answers.slice(-MOST_ANSWERS); left.length > 0;) {
    if (write(PREFIX + id, { title, updated, answers: left })) return true;
    const others = keptConversations().filter((other) => other.id !== id);
    if (others.length > 0) giveUpOldest(others.slice(-1));
    else left = left.slice(1);
  }
  return false;
}

export function forget(id) {
  attempt(() => localStorage.removeItem(PREFIX + id));
}

export function forgetAll() {
  for (const key of keys()) attempt(() => localStorage.removeItem(key));
}

/** The conversation that a change of the storage, made by another tab, is about; null for all. */
export function changedId({ key }) {
  if (key === null) return null;
  return key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;
}

function giveUpOldest(conversations) {
  for (const { id } of conversations) forget(id);
}

function keys() {
  return attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) ?? [];
}

function read(key) {
  return attempt(() => JSON.parse(localStorage.getItem(key))) ?? null;
}

function write(key, value) {
  return attempt(() => {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  }) ?? false;
}

/** What a look at the storage gives; undefined where it is full, forbidden or damaged. */
function attempt(look) {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** Whether a value has what showing an answer needs. */
function isAnswer(value) {
  const lists = ["answer", "citations", "passages", "corrections"];
  return typeof value?.question === "string" && lists.every((name) => Array.isArray(value[name]));
}
