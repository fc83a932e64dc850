// Words in the language of the page. The server puts the translations of what scripts say into the
// page; what has none is said as it stands here, in English.

const words = JSON.parse(document.getElementById("translations")?.textContent ?? "{}");

/** The code of the page's language. */
export const LANGUAGE = document.documentElement.lang.split("-")[0];

/** A text in the language of the page, its places %(name)s filled. */
export function _(text, values = {}) {
  return filled(words[text] ?? text, values);
}

/** The text for a number of things, which fills %(number)s. */
export function ngettext(one, many, number, values = {}) {
  const forms = words[one] ?? [one, many];
  return filled(forms[number === 1 ? 0 : 1], { number, ...values });
}

function filled(text, values) {
  return text.replace(/%\((\w+)\)s/g, (place, name) => values[name] ?? place);
}
