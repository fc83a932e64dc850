// While an index is being built: says when it is done, without being asked.

import { _ } from "./words.js";

const EVERY_MILLISECONDS = 4000;
const DONE = _("The index has been built anew. Answers come from it now.");
const ENDED = _("The build has ended without a new index. Answers come from the one before.");

/** Watches a build that was under way when the page came. */
export function watchBuild() {
  const notice = document.getElementById("building");
  if (notice) setTimeout(() => look(notice), EVERY_MILLISECONDS);
}

async function look(notice) {
  const health = await askHealth();
  if (!health || health.building) {
    setTimeout(() => look(notice), EVERY_MILLISECONDS);
  } else if ("first" in notice.dataset) {
    location.reload();
  } else {
    notice.textContent = health.build === notice.dataset.build ? ENDED : DONE;
  }
}

/** What the server says of its index; null where it has none yet, or cannot be reached. */
async function askHealth() {
  try {
    const response = await fetch("/api/health");
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
