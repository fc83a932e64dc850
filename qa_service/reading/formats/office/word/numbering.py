"""The numbers that Word puts before headings and items (ISO/IEC 29500-1, section 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from qa_service.reading.formats.office.numerals import ENGLISH_FORMS, numeral

Element = Any
DEEPEST = 8
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    style: str
    all_decimal: bool
    restarts_below: int


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before a paragraph: "2.2", "(a)", "•"; and its depth, from 0."""

    text: str
    depth: int


@dataclass(slots=True)
class Numbering:
    """Counts as a document is read from its beginning to its end, paragraph by paragraph."""

    numbers: Element | None
    styles: Element
    _lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)
    _in_english: bool = field(init=False)

    def __post_init__(self) -> None:
        language = self.styles.find(f"{qn('w:docDefaults')}//{qn('w:lang')}")
        named = language.get(qn("w:val")) if language is not None else None
        self._in_english = not named or named.startswith("en")

    def marker(self, paragraph: Element) -> Marker | None:
        """The marker of the next paragraph; None where it has none."""
        number, depth = self._of(paragraph)
        if number in ("", "0") or self.numbers is None:
            return None
        root, levels = self._levels(number)
        if depth not in levels:
            return None
        counts = self._counted(number, root, levels, depth)
        return Marker(self._text(levels, counts, depth), depth)

    def _of(self, paragraph: Element) -> tuple[str, int]:
        """The list that a paragraph is in, by itself or by its style, and its depth there."""
        style = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        number = _value(own.find(qn("w:numId"))) if own is not None else ""
        depth = _value(own.find(qn("w:ilvl"))) if own is not None else ""
        seen: set[str] = set()
        while not number and style and style not in seen:
            seen.add(style)
            element = self._style(style)
            if element is None:
                break
            inherited = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if inherited is not None:
                number = _value(inherited.find(qn("w:numId")))
                depth = depth or self._depth_of_style(number, style, inherited)
            style = _value(element.find(qn("w:basedOn")))
        return number, min(int(depth or 0), DEEPEST)

    def _depth_of_style(self, number: str, style: str, numbering: Element) -> str:
        levels = self._levels(number)[1] if number and self.numbers is not None else {}
        linked = next((str(depth) for depth, level in levels.items() if level.style == style), "")
        return linked or _value(numbering.find(qn("w:ilvl")))

    def _style(self, name: str) -> Element | None:
        styles = self.styles.iterchildren(qn("w:style"))
        return next((style for style in styles if style.get(qn("w:styleId")) == name), None)

    def _levels(self, number: str) -> tuple[str, dict[int, _Level]]:
        """The name of the counters that a list uses, and its levels."""
        if number not in self._lists:
            self._lists[number] = self._read_levels(number)
        element = self._element("w:num", "w:numId", number)
        return (_value(element.find(qn("w:abstractNumId"))) if element is not None else ""), (
            self._lists[number]
        )

    def _read_levels(self, number: str) -> dict[int, _Level]:
        element = self._element("w:num", "w:numId", number)
        if element is None:
            return {}
        abstract = self._element(
            "w:abstractNum", "w:abstractNumId", _value(element.find(qn("w:abstractNumId")))
        )
        if abstract is None:
            return {}
        if linked := _value(abstract.find(qn("w:numStyleLink"))):
            style = self._style(linked)
            inner = style.find(f".//{qn('w:numId')}") if style is not None else None
            return {} if _value(inner) in ("", number) else self._levels(_value(inner))[1]
        levels = {_depth(item): _level(item) for item in abstract.iter(qn("w:lvl"))}
        own = element.iterfind(f"{qn('w:lvlOverride')}/{qn('w:lvl')}")
        return levels | {_depth(item): _level(item) for item in own}

    def _element(self, tag: str, name: str, value: str) -> Element | None:
        assert self.numbers is not None
        found = self.numbers.iterchildren(qn(tag))
        return next((item for item in found if item.get(qn(name)) == value), None)

    def _counted(
        self, number: str, root: str, levels: dict[int, _Level], depth: int
    ) -> dict[int, int]:
        counts = self._counts.setdefault(root, {})
        if number not in self._begun:
            self._begun.add(number)
            for level, start in self._restarts(number).items():
                counts[level] = start - 1
        start = levels[depth].start
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            if deeper not in levels or depth < levels[deeper].restarts_below:
                del counts[deeper]
        for higher in range(depth):
            counts.setdefault(higher, levels[higher].start if higher in levels else 1)
        return counts

    def _restarts(self, number: str) -> dict[int, int]:
        element = self._element("w:num", "w:numId", number)
        overrides = element.iterfind(qn("w:lvlOverride")) if element is not None else ()
        found = {_depth(item): _value(item.find(qn("w:startOverride"))) for item in overrides}
        return {depth: int(start) for depth, start in found.items() if start}

    def _text(self, levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
        level = levels[depth]
        if level.form in ("bullet", "none"):
            return "•" if level.form == "bullet" else ""

        def number(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            form = levels[place].form if place in levels else "decimal"
            plain = level.all_decimal or (form in ENGLISH_FORMS and not self._in_english)
            return numeral(counts.get(place, 1), "decimal" if plain else form)

        return _PLACE.sub(number, level.text).strip()


def _value(element: Element | None) -> str:
    return "" if element is None else str(element.get(qn("w:val")) or "")


def _depth(element: Element) -> int:
    return int(element.get(qn("w:ilvl")) or 0)


def _level(element: Element) -> _Level:
    return _Level(
        start=int(_value(element.find(qn("w:start"))) or 1),
        form=_value(element.find(qn("w:numFmt"))) or "decimal",
        text=_value(element.find(qn("w:lvlText"))),
        style=_value(element.find(qn("w:pStyle"))),
        all_decimal=element.find(qn("w:isLgl")) is not None,
        restarts_below=int(_value(element.find(qn("w:lvlRestart"))) or DEEPEST + 1),
    )
