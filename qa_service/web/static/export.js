// Takes the conversation away as a file: the server makes it of what this browser sends.

import { post } from "./asking.js";
import { answers, title } from "./conversation.js";
import { closeLikeAMenu } from "./disclosure.js";

const NO_SERVER = "The server cannot be reached, so no file was made. Try again.";
const FILE_NAME = /filename="?([^";]+)/;

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
  try {
    const response = await post(`/api/export?format=${format}`, transcript());
    if (!response.ok) return tell((await response.json()).detail, "error");
    const [, name] = response.headers.get("Content-Disposition").match(FILE_NAME);
    download(await response.blob(), name);
    return tell(`The conversation was saved as ${name}.`);
  } catch {
    return tell(NO_SERVER, "error");
  }
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

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
