"""Paragraphs of slides as they are shown: with the numbers of lists, raised figures as such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from qa_service.reading.blocks.canonical import raised
from qa_service.reading.formats.office.drawings.words import A, paragraph_text, paragraphs
from qa_service.reading.formats.office.looks.slides import master_styles, with_bases
from qa_service.reading.formats.office.numerals import numeral

Element = Any
Shape = Any
"""A shape of python-pptx."""

_FORMS = {
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
    "circleNum": "decimalEnclosedCircle",
}
_SIDES = {"ParenBoth": "(%s)", "ParenR": "%s)", "Plain": "%s"}
"""How numbers of a kind are written, by the beginning and the end of its name."""
_NUMBER = f"{A}buAutoNum"
_BULLETS = (_NUMBER, f"{A}buNone", f"{A}buChar", f"{A}buBlip")
Counted = tuple[str, int, str]
"""The number before a paragraph, "" where it has none; its level, from 0; its words."""


@dataclass(slots=True)
class _Counts:
    """Counts of a frame as it is read paragraph by paragraph, for each level."""

    numbers: dict[int, int] = field(default_factory=dict)

    def next(self, bullet: Element | None, level: int) -> str:
        """The automatic number of the next paragraph: "1.", "(a)"; "" where it has none."""
        numbered = bullet is not None and bullet.tag == _NUMBER
        for other in list(self.numbers):
            if other > level or (other == level and not numbered):
                del self.numbers[other]
        if bullet is None or not numbered:
            return ""
        start = bullet.get("startAt") or "1"
        first = int(start) if start.isdecimal() else 1
        self.numbers[level] = self.numbers.get(level, first - 1) + 1
        return _shown(self.numbers[level], bullet.get("type") or "arabicPeriod")


def counted(body: Element, shape: Shape | None = None) -> Iterator[Counted]:
    """The paragraphs of a frame that say something; bullets are those of its `shape`, too."""
    counts = _Counts()
    for paragraph in paragraphs(body):
        if words := _words(paragraph):
            level = _level(paragraph)
            yield counts.next(_bullet(paragraph, level, shape), level), level, words


def frame_text(body: Element) -> str:
    """The paragraphs of a frame as lines."""
    return "\n".join(f"{number} {words}".strip() for number, _, words in counted(body))


def _shown(number: int, kind: str) -> str:
    form = next((name for start, name in _FORMS.items() if kind.startswith(start)), "decimal")
    sides = next((sides for end, sides in _SIDES.items() if kind.endswith(end)), "%s.")
    return (sides if form != "decimalEnclosedCircle" else "%s") % numeral(number, form)


def _level(paragraph: Element) -> int:
    properties = paragraph.find(f"{A}pPr")
    level = properties.get("lvl") if properties is not None else ""
    return int(level) if level and level.isdecimal() else 0


def _bullet(paragraph: Element, level: int, shape: Shape | None) -> Element | None:
    """The bullet or number of a paragraph: its own, or that of the lists that it follows."""
    places = [paragraph.find(f"{A}pPr")]
    places += [found.find(f"{A}lvl{level + 1}pPr") for found in _lists(shape)]
    bullets = (next(it.iterchildren(*_BULLETS), None) for it in places if it is not None)
    return next((bullet for bullet in bullets if bullet is not None), None)


def _lists(shape: Shape | None) -> Iterator[Element]:
    """Where the lists of a shape are set, the nearest first."""
    if shape is None:
        return
    last = shape
    for last in with_bases(shape):
        yield from last._element.iterfind(f"{{*}}txBody/{A}lstStyle")
    yield from master_styles(shape, last)


def _words(paragraph: Element) -> str:
    for run in paragraph.iter(f"{A}r"):
        place, text = run.find(f"{A}rPr"), run.find(f"{A}t")
        if place is not None and text is not None and _is_raised(place.get("baseline")):
            text.text = raised(text.text or "")
    return paragraph_text(paragraph)


def _is_raised(baseline: str | None) -> bool:
    return bool(baseline) and not str(baseline).startswith("-") and str(baseline).strip("0%") != ""
