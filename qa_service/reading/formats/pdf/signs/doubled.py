"""Words and lines of a PDF page that are drawn once more in their place, to look bold."""

from __future__ import annotations

from qa_service.reading.formats.pdf.geometry import Rectangle
from qa_service.reading.formats.pdf.signs.raising import PlacedSigns, Signs

TWICE = 0.15
"""What is drawn again within this share of its size is drawn twice."""

Drawn = dict[str, list[tuple[float, float]]]
"""Where the lines of a page begin, by their text."""


def blank_words_drawn_again(signs: Signs) -> None:
    """Takes the words of a line out that stand where the same word stands before them."""
    if not any(b[2][0] < a[2][0] for a, b in zip(signs.words, signs.words[1:], strict=False)):
        return
    known: dict[str, list[Rectangle]] = {}
    signs.words = [word for word in signs.words if _is_first(signs, word, known)]


def _is_first(signs: Signs, word: PlacedSigns, known: dict[str, list[Rectangle]]) -> bool:
    first, last, box = word
    same = known.setdefault("".join(signs.text[first : last + 1]), [])
    reach = TWICE * (box[3] - box[1])
    if any(_are_near((box[0], box[1]), (other[0], other[1]), reach) for other in same):
        signs.text[first : last + 1] = " " * (last + 1 - first)
        return False
    same.append(box)
    return True


def is_drawn_again(text: str, place: tuple[float, float], size: float, drawn: Drawn) -> bool:
    """Whether a line is one of those `drawn`, once more a little aside; if not, it is noted."""
    places = drawn.setdefault(text, [])
    if any(_are_near(place, other, TWICE * size) for other in places):
        return True
    places.append(place)
    return False


def _are_near(one: tuple[float, float], other: tuple[float, float], reach: float) -> bool:
    return abs(one[0] - other[0]) <= reach and abs(one[1] - other[1]) <= reach
