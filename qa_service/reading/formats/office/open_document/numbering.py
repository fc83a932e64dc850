"""The numbers that OpenDocument programs put before headings and items (ODF 1.3, 19.880)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from qa_service.reading.formats.office.numerals import numeral
from qa_service.reading.formats.office.open_document.styles import TEXT, Level, Styles

Element = Any
NUMBER = f"{TEXT}number"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_YES = "true"
MOST_LEVELS = 10
_PLACE = re.compile(r"%(\d{1,2})%")
Counts = dict[int, int]


@dataclass(slots=True)
class _Numbering:
    """Counts as a document is gone through: of headings, and of each list style and list."""

    styles: Styles
    headings: Counts = field(default_factory=dict)
    of_styles: dict[str, Counts] = field(default_factory=dict)
    of_lists: dict[str, Counts] = field(default_factory=dict)


def write_numbers(body: Element, styles: Styles) -> None:
    """Puts before every heading and item the number, as text:number, that its page shows."""
    for element in list(body.iter(NUMBER)):
        _drop(element)
    _write(body, _Numbering(styles))


def _drop(element: Element) -> None:
    """Takes an element out, but for what stands behind it."""
    above, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        above.text = (above.text or "") + tail
    above.remove(element)


def _write(element: Element, numbering: _Numbering) -> None:
    for child in element:
        if child.tag == f"{TEXT}h":
            _number_heading(child, numbering)
        elif child.tag == f"{TEXT}list":
            _number_list(child, "", 1, {}, numbering)
        elif isinstance(child.tag, str):
            _write(child, numbering)


def _number_heading(heading: Element, numbering: _Numbering) -> None:
    level = int(heading.get(f"{TEXT}outline-level") or 1)
    if heading.get(f"{TEXT}is-list-header") != _YES:
        _put(heading, _next(numbering.styles.outline, numbering.headings, level))


def _number_list(
    element: Element, style: str, level: int, counts: Counts, numbering: _Numbering
) -> None:
    """Numbers the items of a list, and those of lists within it, one level deeper."""
    style = str(element.get(f"{TEXT}style-name") or style)
    if level == 1:
        counts = _begun(element, style, numbering)
    levels = numbering.styles.lists.get(style, {})
    for item in element:
        if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
            continue
        if start := item.get(f"{TEXT}start-value"):
            counts[level] = int(start) - 1
        numbered = item.tag == f"{TEXT}list-item"
        for child in item:
            if child.tag == f"{TEXT}list" and level < MOST_LEVELS:
                _number_list(child, style, level + 1, counts, numbering)
            elif numbered and child.tag in (f"{TEXT}p", f"{TEXT}h"):
                _put(child, _next(levels, counts, level))
                numbered = False


def _begun(element: Element, style: str, numbering: _Numbering) -> Counts:
    """The counts that a list goes on with: another one's where it says so, else new ones."""
    counts: Counts = {}
    if named := element.get(f"{TEXT}continue-list"):
        counts = numbering.of_lists.get(str(named), counts)
    elif element.get(f"{TEXT}continue-numbering") == _YES:
        counts = numbering.of_styles.get(style, counts)
    numbering.of_styles[style] = numbering.of_lists[str(element.get(_ID))] = counts
    return counts


def _next(levels: dict[int, Level], counts: Counts, level: int) -> str:
    """Counts one further at a level, and gives the number as it is shown; "" for none."""
    form = levels.get(level)
    counts[level] = counts.get(level, (form.start if form else 1) - 1) + 1
    for deeper in [at for at in counts if at > level]:
        del counts[deeper]
    if form is None or form.form in ("none", "bullet"):
        return ""
    if form.pattern:
        return _PLACE.sub(lambda at: _numeral(levels, counts, int(at[1])), form.pattern).strip()
    shown = range(max(1, level - form.shown + 1), level + 1)
    numbers = [_numeral(levels, counts, at) for at in shown]
    return f"{form.prefix}{'.'.join(filter(None, numbers))}{form.suffix}".strip()


def _numeral(levels: dict[int, Level], counts: Counts, level: int) -> str:
    form = levels.get(level)
    if form is None or form.form == "bullet":
        return ""
    return numeral(counts.get(level, form.start), form.form)


def _put(element: Element, number: str) -> None:
    if number:
        written = etree.Element(NUMBER)
        written.text, written.tail = number, element.text
        element.text = None
        element.insert(0, written)
