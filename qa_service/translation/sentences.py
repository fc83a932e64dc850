"""Sentences of reports and errors: said in English where they arise, which is long before anybody
reads them, and translated where they are shown.

A build keeps them as text, so a translation begins with finding the text of the catalogue that a
sentence was made from.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from qa_service.translation.catalogue import language, number_words, texts_outside, translations
from qa_service.translation.languages import DEFAULT

WITHIN = {"counted", "error", "fix", "kind", "pages", "places", "reason", "what", "where"}
"""The places of a text that hold what has a translation of its own."""
MOST_KEPT = 4096
_PLACE = re.compile(r"%\((\w+)\)s")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_NUMBERS = r"[\d, -]+"
_VALUES = {
    **dict.fromkeys(("last", "number", "page", "run", "runs"), _NUMBERS),
    "counted": rf"{_NUMBERS} \w+",
    "pages": r"pages? [\d, and-]+",
    "where": "(?: on .+?)?",
}
"""What these places may hold; others hold anything."""


def said(text: str, /, **values: object) -> str:
    """An English sentence, its places %(name)s filled; whole numbers as 1,204."""
    filled = {name: f"{it:,}" if isinstance(it, int) else it for name, it in values.items()}
    return text % filled if filled else text


def said_of(one: str, many: str, number: int, /, **values: object) -> str:
    """The same for a number of things, which fills %(number)s."""
    return said(one if number == 1 else many, number=number, **values)


def translated(sentence: str) -> str:
    """A sentence that was said, in the language in use; as it is where no text of the catalogue
    made it."""
    if language() == DEFAULT or not sentence:
        return sentence
    return _translated(language(), sentence)


def as_sentence(text: str) -> str:
    """A sentence in the language in use, with a capital and one full stop."""
    words = translated(text.removesuffix("."))
    return f"{words[:1].upper()}{words[1:]}."


@lru_cache(maxsize=MOST_KEPT)
def _translated(code: str, sentence: str) -> str:
    if (whole := translations(code).gettext(sentence)) != sentence:
        return whole
    for pattern, texts in _patterns(code):
        if found := pattern.fullmatch(sentence):
            values = found.groupdict()
            return _translation(code, texts, values) % {
                name: _value(code, name, value) for name, value in values.items()
            }
    return sentence


def _value(code: str, name: str, value: str) -> str:
    if _GROUPED.fullmatch(value):
        return number_words(int(value.replace(",", "")))
    return _translated(code, value) if name in WITHIN else value


def _translation(code: str, texts: tuple[str, ...], values: dict[str, str]) -> str:
    if len(texts) == 1:
        return translations(code).gettext(texts[0])
    number = int(values.get("number", "1").replace(",", ""))
    return translations(code).ngettext(texts[0], texts[1], number)


@cache
def _patterns(code: str) -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    """What sentences with places look like, those with the most words of their own first."""
    found = [
        (text, texts)
        for texts in texts_outside("web", code)
        for text in texts
        if _PLACE.search(text)
    ]
    found.sort(key=lambda item: -len(_PLACE.sub("", item[0])))
    return [(_pattern(text), texts) for text, texts in found]


def _pattern(text: str) -> re.Pattern[str]:
    parts = _PLACE.split(text)
    seen: set[str] = set()
    for place in range(1, len(parts), 2):
        name = parts[place]
        parts[place] = f"(?P={name})" if name in seen else f"(?P<{name}>{_VALUES.get(name, '.+?')})"
        seen.add(name)
    parts[::2] = [re.escape(part.replace("%%", "%")) for part in parts[::2]]
    return re.compile("".join(parts), re.DOTALL)
