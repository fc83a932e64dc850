// The page of all documents is shown anew as soon as something is typed or ticked. What it shows
// is the server's to say.

const WAIT_MILLISECONDS = 250;
const form = document.getElementById("listing-form");
let waiting = 0;
let latest = 0;

form?.querySelector("button").setAttribute("hidden", "");
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});
form?.addEventListener("change", show);
form?.addEventListener("input", ({ target }) => {
  clearTimeout(waiting);
  if (target.type === "search") waiting = setTimeout(show, WAIT_MILLISECONDS);
});

async function show() {
  clearTimeout(waiting);
  const number = ++latest;
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const address = `${form.action}?${query}`;
  try {
    const text = await (await fetch(address)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    if (number !== latest) return;
    document.getElementById("found").replaceWith(page.getElementById("found"));
    showCounts(page);
    history.replaceState(null, "", address);
  } catch {
    form.submit();
  }
}

/** The facets as the server has them now; one that is open stays so, and what has the focus. */
function showCounts(page) {
  const [shown, wanted] = [form.querySelector(".facets"), page.querySelector(".facets")];
  const open = new Set([...shown.querySelectorAll("details[open] > ul")].map((list) => list.ariaLabel));
  const { name, value } = document.activeElement;
  const scrolled = new Map([...shown.querySelectorAll("ul")].map((list) => [list.ariaLabel, list.scrollTop]));
  for (const list of wanted.querySelectorAll("ul")) list.parentElement.open = open.has(list.ariaLabel);
  shown.replaceWith(wanted);
  for (const list of wanted.querySelectorAll("ul")) list.scrollTop = scrolled.get(list.ariaLabel) ?? 0;
  const focused = [...wanted.querySelectorAll("input")].find((box) => box.name === name && box.value === value);
  focused?.focus();
}
