// Takes the conversation away as a file: the server makes it of what this browser sends.

import { answers, title } from "./conversation.js";
import { closeLikeAMenu } from "./disclosure.js";
import { saveFrom } from "./downloading.js";
import { LANGUAGE, _ } from "./words.js";

/** Makes the menu work; `tell` says how it went. */
export function offerExport(menu, tell) {
  closeLikeAMenu(menu);
  menu.addEventListener("click", async ({ target }) => {
    const { format } = target.dataset;
    if (!format) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    await exportAs(format, tell);
  });
}

async function exportAs(format, tell) {
  const { name, problem } = await saveFrom(`/api/export?format=${format}&language=${LANGUAGE}`, transcript());
  return problem ? tell(problem, "error") : tell(_("The conversation was saved as %(name)s.", { name }));
}

/** Without what no file shows: the passages below an answer, and why each matched. */
function transcript() {
  const turns = answers().map((answer) => ({
    question: answer.question,
    answer: {
      ...answer,
      passages: [],
      citations: answer.citations.map((citation) => ({ ...citation, why: null })),
    },
  }));
  return { title: title(), turns };
}
