"""Numbers as sheets show them, by the codes of their formats."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from qa_service.reading.formats.office.number_formats.codes import (
    Piece,
    Section,
    section_for,
    sections,
)
from qa_service.reading.formats.office.number_formats.times import is_of_days, shown_serial

_LARGEST_EXACT = 1e16
Written = dict[int, str]
"""What stands for the pieces of a section, by their place."""


def shown_value(written: str, code: str) -> str:
    """A number as files write it, as its code shows it, also as a day; another text as it is."""
    try:
        value = float(written)
    except ValueError:
        return written
    return (is_of_days(code) and shown_serial(value, code)) or shown_number(value, code)


def shown_number(value: float, code: str) -> str:
    """A number as its code shows it; as it is where the code is one that is not understood."""
    value = float(value)
    section, writes_sign = section_for(value, sections(code))
    if not section.pieces or section.has("date", "@"):
        return plain_number(value)
    size = value if section.has("general") and not writes_sign else abs(value)
    shown = "".join(_filled(section, size)).strip()
    is_zero = not any(character in "123456789" for character in shown)
    sign = "-" if value < 0 and size > 0 and not writes_sign and not is_zero else ""
    return f"{sign}{shown}" if shown else plain_number(value)


def hides(value: object, code: str) -> bool:
    """Whether a cell's format shows nothing of its value: ";;;" of all, "0;-0;" of a zero."""
    parts = sections(code)
    if len(parts) < 2 or any(part.compared for part in parts):
        return False
    if isinstance(value, int | float) and not isinstance(value, bool):
        return section_for(float(value), parts)[0].says_nothing()
    return len(parts) > 3 and parts[3].says_nothing()


def plain_number(value: float) -> str:
    """A number without a format: whole ones without a point."""
    if float(value).is_integer() and abs(value) < _LARGEST_EXACT:
        return str(int(value))
    return f"{value:.15G}"


def _filled(section: Section, value: float) -> list[str]:
    """The pieces of a section with the digits of a number in their places."""
    kinds = [piece.kind for piece in section.pieces]
    places = [place for place, kind in enumerate(kinds) if kind == "digits"]
    if "general" in kinds:
        written = {kinds.index("general"): plain_number(value)}
    elif "/" in kinds and places and places[0] < kinds.index("/"):
        written = _fraction(value, section.pieces, kinds.index("/"))
    elif "power" in kinds and places:
        written = _power(value, section.pieces, kinds.index("power"))
    else:
        written = _decimal(value, section.pieces, places)
    return [written.get(place, piece.text) for place, piece in enumerate(section.pieces)]


def _decimal(value: float, pieces: Sequence[Piece], places: Sequence[int]) -> Written:
    """The digits of a number at the places of digits before and behind the point."""
    point = next((at for at, piece in enumerate(pieces) if piece.kind == "."), len(pieces))
    before = [at for at in places if at < point]
    after = [at for at in places if at > point]
    optional = "".join(pieces[at].text for at in after).replace(",", "")
    scaled = Decimal(repr(value)) * _scale(pieces, places)
    rounded = scaled.quantize(Decimal(1).scaleb(-len(optional)), ROUND_HALF_UP)
    whole, _, rest = f"{rounded:f}".partition(".")
    least = optional.count("0")
    rest = rest[:least] + rest[least:].rstrip("0")
    written = _spread_left("" if whole.strip("0") == "" else whole, pieces, before)
    for at in after:
        size = len(pieces[at].text)
        written[at], rest = rest[:size], rest[size:]
    return written if any(written.get(at) for at in after) else written | {point: ""}


def _scale(pieces: Sequence[Piece], places: Sequence[int]) -> Decimal:
    """By what a number is multiplied: a hundred for "%"; a comma at the end takes a thousand."""
    last = pieces[places[-1]].text if places else ""
    hundreds = sum(piece.kind == "%" for piece in pieces)
    return Decimal(100) ** hundreds / Decimal(1000) ** (len(last) - len(last.rstrip(",")))


def _spread_left(digits: str, pieces: Sequence[Piece], places: Sequence[int]) -> Written:
    """Digits before a point spread over their places, from the last one on: "020 7946 0000"."""
    written: Written = {}
    for at in reversed(places):
        pattern = pieces[at].text.rstrip(",")
        bare = pattern.replace(",", "")
        size = len(digits) if at == places[0] else len(bare)
        own, digits = digits[len(digits) - size :] if size else "", digits[: -size or None]
        own = own.zfill(bare.count("0")) if bare.count("0") > len(own) else own
        written[at] = f"{int(own):,}" if own and "," in pattern else own
    return written


def _fraction(value: float, pieces: Sequence[Piece], slash: int) -> Written:
    """A number as a fraction: "2 1/2"; its whole part alone where nothing is over."""
    above = [at for at in range(slash) if pieces[at].kind == "digits"]
    below = range(slash + 1, len(pieces))
    fixed = "".join(pieces[at].text for at in below if pieces[at].text.isdigit())
    width = max((len(pieces[at].text) for at in below), default=1)
    known = int(fixed or 0)
    whole, rest = divmod(Fraction(value), 1) if len(above) > 1 else (0, Fraction(value))
    part = Fraction(round(rest * known), known) if known else rest.limit_denominator(10**width - 1)
    if part == 1:
        whole, part = whole + 1, Fraction(0)
    shown = dict.fromkeys((*above, slash, *below), "")
    if not part and len(above) > 1:
        return shown | {above[0]: str(whole)}
    bottom = known or part.denominator
    shown |= {above[-1]: str(int(part * bottom)), slash: f"/{bottom}"}
    return shown | ({above[0]: str(whole)} if whole else {})


def _power(value: float, pieces: Sequence[Piece], power: int) -> Written:
    """A number as a figure and a power of ten: "1.23E+06"."""
    point = next((at for at in range(power) if pieces[at].kind == "."), power)
    behind = sum(len(pieces[at].text) for at in range(point + 1, power))
    figure, _, size = f"{value:.{behind}E}".partition("E")
    sign = "-" if size[0] == "-" else "+" if "+" in pieces[power].text else ""
    zeros = pieces[power].text.count("0")
    places = [at for at in range(power) if pieces[at].kind in ("digits", ".")]
    exponent = f"E{sign}{size[1:].lstrip('0').zfill(zeros)}"
    return dict.fromkeys(places, "") | {places[0]: figure, power: exponent}
