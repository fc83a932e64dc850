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

/** Puts items into a slot, and hides it where there are none. */
export function show(element, name, items) {
  const target = slot(element, name);
  target.replaceChildren(...items);
  target.hidden = items.length === 0;
}

/** Shows a text in pieces, some of them marked. */
export function mark(element, pieces) {
  element.replaceChildren(...pieces.map(({ text, marked }) => {
    if (!marked) return text;
    const marking = document.createElement("mark");
    marking.textContent = text;
    return marking;
  }));
}

/** Writes the hidden fields of a form. */
export function putFields(form, fields) {
  slot(form, "fields").replaceChildren(...fields.map(({ name, value, title }) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    if (title) input.dataset.title = title;
    return input;
  }));
}
