"""What a page shows by its markup alone, written out: raised figures, numbers of lists, quotes."""

from __future__ import annotations

import re

from qa_service.reading.formats.office.numerals import numeral
from qa_service.reading.formats.pages.html_cells import write_raised
from qa_service.reading.formats.pages.html_links import Element

_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def write_out(page: Element) -> None:
    """Puts into the words of a page what they are only drawn with; its looks are marked before."""
    write_raised(page)
    write_numbers(page)
    write_quotes(page)


def write_numbers(page: Element) -> None:
    """Puts their own numbers before the items of lists that do not count 1, 2, 3."""
    for listed in list(page.iter("ol")):
        items = listed.findall("li")
        counted = list(_numbers(listed, items))
        if counted != [str(place) for place in range(1, len(items) + 1)]:
            listed.tag = "ul"
            for item, number in zip(items, counted, strict=True):
                _before(item, f"{number}. ")


def write_quotes(page: Element) -> None:
    """Puts quotation marks around words that a page quotes within a sentence."""
    for quoted in list(page.iter("q")):
        _before(quoted, "“")
        quoted.tail = f"”{quoted.tail or ''}"
        quoted.drop_tag()


def _numbers(listed: Element, items: list[Element]) -> list[str]:
    """The number of each item, as the list begins, goes on and counts."""
    step = -1 if listed.get("reversed") is not None else 1
    next_one = _whole(listed, "start", len(items) if step < 0 else 1)
    form, numbers = _FORMS.get(listed.get("type") or "", "decimal"), []
    for item in items:
        number = _whole(item, "value", next_one)
        numbers.append(numeral(number, form))
        next_one = number + step
    return numbers


def _whole(element: Element, name: str, otherwise: int) -> int:
    value = (element.get(name) or "").strip()
    return int(value) if re.fullmatch(r"-?\d{1,6}", value) else otherwise


def _before(element: Element, sign: str) -> None:
    """Puts a sign before the first words of an element, in its first paragraph if it has some."""
    first = next(iter(element), None)
    if first is not None and first.tag in ("p", "div") and not (element.text or "").strip():
        first.text = f"{sign}{(first.text or '').lstrip()}"
    else:
        element.text = f"{sign}{element.text or ''}"
