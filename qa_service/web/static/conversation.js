// The answers of this tab's conversation, oldest first. They outlive a visit to a document.

// The number changes with the shape of an answer, so that no page meets an older one.
const KEY = "conversation-2";
const SCROLL_KEY = "conversation-scroll";
const MOST_ANSWERS = 20;

export function savedAnswers() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

export function saveAnswer(answer) {
  save([...savedAnswers(), answer].slice(-MOST_ANSWERS));
}

export function forgetConversation() {
  sessionStorage.removeItem(KEY);
  sessionStorage.removeItem(SCROLL_KEY);
}

export function saveScroll() {
  sessionStorage.setItem(SCROLL_KEY, String(window.scrollY));
}

export function savedScroll() {
  return Number(sessionStorage.getItem(SCROLL_KEY) ?? 0);
}

/** The conversation as the endpoint's `history`: what was asked, and what was quoted. Answers to
    a question that is asked anew are left out. */
export function history(askedAnew = null) {
  return historyOf(savedAnswers().filter((answer) => answer.question !== askedAnew));
}

/** Answers as turns: what was asked, and what was quoted. */
export function historyOf(answers) {
  return answers.flatMap((answer) => [
    { role: "user", text: answer.question },
    { role: "assistant", text: answer.answer.map((part) => part.quote).join("\n") },
  ]);
}

/** Gives up the oldest answers where the browser has no more room. */
function save(answers) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(answers));
  } catch {
    if (answers.length > 1) save(answers.slice(1));
  }
}
