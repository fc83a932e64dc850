// What this browser keeps of the documents is for who may read as much as those to whom they were
// shown. When a sign-in has ended, or somebody else comes, it goes, and open pages are had anew.

const KEY = "kept-for-1";
const LOOK_MILLISECONDS = 10_000;
const WARNING_MILLISECONDS = 600_000;
const { keptFor, secondsLeft } = document.documentElement.dataset;
const ends = Date.now() + 1000 * Number(secondsLeft ?? Infinity);

if (keptFor !== undefined) {
  claim("localStorage");
  claim("sessionStorage");
}
// A page of nobody's shows what everybody may read.
if (keptFor) {
  for (const moment of ["storage", "pageshow", "focus"]) window.addEventListener(moment, look);
  setInterval(look, LOOK_MILLISECONDS);
}

function look() {
  const left = ends - Date.now();
  if (left <= 0 || isAnothers()) location.reload();
  const warning = document.getElementById("sign-in-ends");
  if (warning) warning.hidden = left > WARNING_MILLISECONDS;
}

/** Clears what was kept for others, and says for whom it is from now on. */
function claim(name) {
  attempt(() => {
    const storage = window[name];
    if (!isWithin(storage.getItem(KEY) ?? "", keptFor)) storage.clear();
    storage.setItem(KEY, keptFor);
  });
}

/** Whether each mark of the ones is among the others. */
function isWithin(ones, others) {
  const all = others.split(" ");
  return ones.split(" ").every((mark) => mark === "" || all.includes(mark));
}

/** Whether a page that was opened later is for somebody else. */
function isAnothers() {
  const kept = attempt(() => localStorage.getItem(KEY)) ?? keptFor;
  return kept !== keptFor;
}

/** Undefined where the browser keeps nothing. */
function attempt(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}
