// Small tools for the markup in the page's <template> elements. Data enters as text, never as HTML.

export function cloned(templateId) {
  return document.getElementById(templateId).content.firstElementChild.cloneNode(true);
}

export function slot(element, name) {
  return element.querySelector(`[data-slot="${name}"]`);
}

/** Fills slots with words; one without words is hidden. */
export function fill(element, words) {
  for (const [name, text] of Object.entries(words)) {
    const target = slot(element, name);
    target.textContent = text ?? "";
    target.hidden = target.textContent === "";
  }
}
