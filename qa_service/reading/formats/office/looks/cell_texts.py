"""Texts of cells in several runs: which of them are struck out, raised, or seen by nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qa_service.reading.blocks.canonical import raised
from qa_service.reading.formats.office.looks.cells import MAIN, CellLook, ink_of, is_speck
from qa_service.reading.formats.office.looks.colours import Colour, Scheme
from qa_service.reading.formats.office.packages.parts import parsed_xml

Element = Any
_TOLD_BY = (b"superscript", b"strike", b"<color", b":color", b"<sz", b":sz")
"""What a part of texts holds if the look of any of its runs matters here."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a cell's text, raised figures written as such; `ink` is None where it has no
    colour of its own."""

    text: str
    struck: bool
    speck: bool
    ink: Colour | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows of its pieces, and whether some are struck out or seen by nobody;
    `text` is None where it is all that the cell holds, in one piece."""

    text: str | None
    struck: bool
    unseen: bool


def shared_texts(part: bytes, scheme: Scheme) -> dict[str, list[Piece]]:
    """The texts in several runs of the part that sheets share, by their number."""
    if not any(sign in part for sign in _TOLD_BY):
        return {}
    texts = enumerate(parsed_xml(part).iterchildren(f"{MAIN}si"))
    return {str(number): found for number, item in texts if (found := pieces(item, scheme))}


def pieces(item: Element, scheme: Scheme) -> list[Piece]:
    """The runs of a text; none of one that is not divided."""
    return [_piece(run, run.find(f"{MAIN}rPr"), scheme) for run in item.iterchildren(f"{MAIN}r")]


def shown(parts: Iterable[Piece], look: CellLook, *, judged: bool) -> Shown:
    """What of a text, of one run where it has no `parts`, is read in a cell of this look.

    Colours count where they are `judged`.
    """
    parts = [part for part in parts if part.text]
    if not parts:
        unseen = look.speck or (judged and not look.shows(None))
        return Shown("" if unseen else None, struck=False, unseen=unseen)
    hidden = {part for part in parts if part.speck or (judged and not look.shows(part.ink))}
    kept = [part.text for part in parts if part not in hidden and not part.struck]
    return Shown("".join(kept), any(part.struck for part in parts), bool(hidden))


def is_struck(look: Element | None) -> bool:
    """Whether a font, or a run's look, strikes out its letters."""
    strike = look.find(f"{MAIN}strike") if look is not None else None
    return strike is not None and strike.get("val") not in ("0", "false")


def _piece(run: Element, look: Element | None, scheme: Scheme) -> Piece:
    text = "".join(part.text or "" for part in run.iter(f"{MAIN}t"))
    place = look.find(f"{MAIN}vertAlign") if look is not None else None
    above = place is not None and place.get("val") == "superscript"
    return Piece(
        text=raised(text) if above else text,
        struck=is_struck(look),
        speck=is_speck(look),
        ink=ink_of(look, scheme, None),
    )
