// While an index is being built: says when it is done, without being asked.

const EVERY_MILLISECONDS = 4000;
const DONE = "The index has been built anew. Answers come from it now.";

/** Watches a build that was under way when the page came. */
export function watchBuild() {
  const notice = document.getElementById("building");
  if (notice) setTimeout(() => look(notice), EVERY_MILLISECONDS);
}

async function look(notice) {
  if (await isDone()) {
    if ("first" in notice.dataset) location.reload();
    else notice.textContent = DONE;
  } else {
    setTimeout(() => look(notice), EVERY_MILLISECONDS);
  }
}

/** Whether there is an index and none is being built. */
async function isDone() {
  try {
    const response = await fetch("/api/health");
    return response.ok && !(await response.json()).building;
  } catch {
    return false;
  }
}
