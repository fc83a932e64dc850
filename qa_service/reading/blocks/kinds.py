"""Blocks as a reader found them -> what each of them is, and where its marker stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from qa_service.nouns.documents import Block, BlockKind, Heading, Span
from qa_service.reading.blocks.canonical import RAISED_SIGNS, one_line
from qa_service.reading.blocks.cells import cell_spans
from qa_service.reading.blocks.contents_lines import LONGEST_LINE, contents_lines
from qa_service.reading.blocks.heading_names import begins_with_chapter, plain_name, plain_title
from qa_service.reading.content import Block as ReadBlock
from qa_service.reading.content import BlockKind as ReadKind
from qa_service.reading.metadata.dates import parse_date

LONGEST_ITEM = 45
"""A numbered text of more words is a paragraph with a number, not an item of a list."""
LONGEST_LABEL, LONGEST_VALUE = 8, 25
LONGEST_NAME = 6
"""Words of the head of a column."""
LONGEST_IMPRINT = 60
LONGEST_CAPTION = 40

_NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\d{1,3}(?:\.\d{1,3}){1,3}(?=\s+[^\W\d_a-z])"
MARKER = re.compile(
    rf"(?:[•▪◦‣■□●○–—*]|[{RAISED_SIGNS}]+|{_NUMBER}|\((?:\d{{1,3}}|[a-zA-Z]|[ivx]{{1,5}})\)|(?:[a-z]|[ivx]{{1,5}})[.)])\s+"
)
"""A bullet or a number before what a block says: "• ", "80. ", "2.1 ", "(a) ", "iv) "."""
NOTE_NUMBER = r"\d{1,3}(?!\d|[.,:/–-]\d|\s?[%‰°])"
"""Not "2% in 2021", "2.5 million", "10:30": small print, but no note."""
NOTE_SIGN = re.compile(rf"(?:\[?{NOTE_NUMBER}\]?|[*†‡§{RAISED_SIGNS}]+)[.)]?\s*(?=\S)")
LABEL_VALUE = re.compile(r"(?P<label>[^\W\d_][^:\n]{0,70}?)\s*:\s+(?P<value>\S[^\n]*)")
"""Takes "Lead inspector: Amanda Maxwell"; not "10:30" nor an address."""
_LABEL_CELL = re.compile(r"[^\W\d_][^:\n]{0,70}:(?:\s|$)")
_CAPTION = re.compile(r"(?:Figure|Fig\.|Table|Chart|Map|Plate|Exhibit)\s+[A-Z]?\d", re.IGNORECASE)
_IMPRINT = re.compile(
    r"©|^\W*copyright (?:\(|notice\b|(?-i:[A-Z]))|\bcopyright (?:\(?c\)? )?\d{4}"
    r"|\bcrown copyright\b|\ball rights reserved\b|\bIS[BS]N\b|\bopen government licen[cs]e\b"
    r"|\bthis (?:document|publication|report|letter) (?:is|may be|can be) (?:also )?"
    r"(?:available|found|obtained|downloaded|reproduced|viewed)\b|\bprinted (?:by|in|on)\b"
    r"|\balternative formats?\b|\blarge print\b",
    re.IGNORECASE,
)
"""Takes "This publication is available at …", "© Crown copyright 2020"; not "The author keeps
the copyright"."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A block of a reader as it stands in the canonical text.

    `cells` are offsets in `text` at which a further cell of a row begins.
    """

    kind: ReadKind
    text: str
    start: int
    cells: tuple[int, ...] = ()

    @property
    def end(self) -> int:
        """Where it ends, in the canonical text."""
        return self.start + len(self.text)


def known_blocks(
    laid: Sequence[Laid], headings: Sequence[Heading], running: frozenset[int] = frozenset()
) -> tuple[Block, ...]:
    """A block for each that was laid, or for each line of one that is labels with values.

    `running` are the places of those that run through the pages, which are boilerplate.
    """
    names = [item.text for item in headings]
    contents = contents_lines([item.text for item in laid], names) | _repeated(laid, names)
    blocks: list[Block] = []
    for place, item in enumerate(laid):
        if place in running:
            blocks.append(Block("boilerplate", item.start, item.end))
        elif place in contents:
            blocks.append(Block("contents", item.start, item.end, marker_of(item)))
        elif _is_form(item):
            blocks += _lines(item)
        elif item.cells:
            blocks += _of_cells(item)
        else:
            blocks.append(Block(_kind(item), item.start, item.end, marker_of(item)))
    return tuple(_grouped(blocks, laid))


def _repeated(laid: Sequence[Laid], headings: Sequence[str]) -> frozenset[int]:
    """Places of the blocks that say again what a heading says, as a bar above a page does."""
    titles, names = set(map(plain_title, headings)), set(map(plain_name, headings))
    short = ((place, item.text) for place, item in enumerate(laid) if _may_repeat(item))
    return frozenset(
        place
        for place, text in short
        if plain_title(text) in titles or (begins_with_chapter(text) and plain_name(text) in names)
    )


def _may_repeat(item: Laid) -> bool:
    """Whether a block may be such a line; a row of cells says a heading's words with a grade."""
    is_line = item.kind not in ("heading", "row") and not item.cells
    return is_line and len(item.text) <= LONGEST_LINE and item.text[-1] not in ".!"


def marker_of(item: Laid) -> Span | None:
    """The stretch of a block's number, bullet or note sign; None where it has none."""
    if item.kind == "row":
        return None
    pattern = NOTE_SIGN if item.kind == "note" else MARKER
    found = pattern.match(item.text)
    if found is None or found.end() == len(item.text):
        return None
    return item.start, item.start + len(found[0].rstrip())


def _kind(item: Laid) -> BlockKind:
    match item.kind:
        case "heading" | "note" | "caption" | "contents" | "boilerplate":
            return item.kind
        case "row":
            return "table_row"
        case "item":
            numbered = item.text[0].isdigit() and len(item.text.split()) > LONGEST_ITEM
            return "paragraph" if numbered else "list_item"
        case _:
            return _kind_of_paragraph(item.text)


def _kind_of_paragraph(text: str) -> BlockKind:
    words = len(text.split())
    if words <= LONGEST_IMPRINT and _IMPRINT.search(text):
        return "boilerplate"
    if words <= LONGEST_CAPTION and _CAPTION.match(text):
        return "caption"
    return "label_value" if is_label_value(text) else "paragraph"


def is_label_value(line: str) -> bool:
    """Whether a line is a label with its value, both short: "Lead inspector: Amanda Maxwell"."""
    found = LABEL_VALUE.fullmatch(line)
    return (
        found is not None
        and len(found["label"]) > 1
        and len(found["label"].split()) <= LONGEST_LABEL
        and len(found["value"].split()) <= LONGEST_VALUE
        and found["label"][0].isupper()
        and not (found["value"][0].islower() and found["value"][-1] in ".!?")
        and re.search(r"[.!?]\s", found["label"]) is None
    )


def is_label_line(heading: str, above: str, below: ReadBlock | None) -> bool:
    """Whether what is set as a heading is a label with a value: "Lead inspector: Ann Rye".

    A value tells by a date or a comma in it, or by a line of its kind below, or above (""
    where a heading may stand there); "Part B: Findings" stays a heading.
    """
    text = one_line(heading)
    found = LABEL_VALUE.fullmatch(text) if is_label_value(text) else None
    if found is None or re.search(r"\d|\b[A-Z]$", found["label"]) or found["value"][0].islower():
        return False
    around = [above, *([below.text] if below else [])]
    listed = any(is_label_value(one_line(text)) for text in around)
    return listed or "," in found["value"] or parse_date(found["value"]) is not None


def _is_form(item: Laid) -> bool:
    """Whether a paragraph is lines of labels and values."""
    lines = item.text.split("\n")
    labelled = sum(map(is_label_value, lines))
    return item.kind == "paragraph" and len(lines) > 1 and 2 * labelled > len(lines)


def _lines(item: Laid) -> list[Block]:
    blocks, start = [], item.start
    for line in item.text.split("\n"):
        kind: BlockKind = "label_value" if is_label_value(line) else "paragraph"
        if line.strip():
            blocks.append(Block(kind, start, start + len(line)))
        start += len(line) + 1
    return blocks


def _of_cells(item: Laid) -> list[Block]:
    """A row of cells side by side as one block, or one for each label with its value in it."""
    edges = [0, *item.cells, len(item.text)]
    cells = [item.text[first:last].strip() for first, last in pairwise(edges)]
    if not any(map(_LABEL_CELL.match, cells)):
        return [Block("table_row", item.start, item.end, marker_of(item))]
    starts = [
        place
        for place, cell in enumerate(cells)
        if not place or _LABEL_CELL.match(cell) or not cells[place - 1].endswith(":")
    ]
    parts = [(edges[place], edges[until]) for place, until in pairwise([*starts, len(cells)])]
    return [_part(item, first, last) for first, last in parts]


def _part(item: Laid, first: int, last: int) -> Block:
    text = item.text[first:last].strip()
    kind: BlockKind = "label_value" if LABEL_VALUE.match(text) else "paragraph"
    return Block(kind, item.start + first, item.start + first + len(text))


class _List(NamedTuple):
    """A list or table that blocks are of: what its marks look like, and what introduces it."""

    marks: str
    group: int
    lead: Span | None


def _grouped(blocks: Sequence[Block], laid: Sequence[Laid]) -> list[Block]:
    """The blocks with the list or table that each item or row is of, and what introduces it."""
    known = {item.start: item for item in laid}
    grouped: list[Block] = []
    open_lists: list[_List] = []
    count = 0
    for above, block in pairwise([None, *blocks]):
        if block is None or block.kind not in ("list_item", "table_row"):
            grouped += [block] if block else []
            continue
        if above is None or above.kind != block.kind:
            open_lists = [_List(_marks(block, known), count, _lead(above, block, known))]
        else:
            open_lists = _list_of(block, above, known, open_lists, count)
        count = max(count, open_lists[-1].group + 1)
        lead = open_lists[-1].lead
        heads = block.kind == "table_row" and lead == (block.start, block.end)
        grouped.append(replace(block, group=open_lists[-1].group, lead=None if heads else lead))
    return grouped


def _list_of(
    block: Block, above: Block, known: dict[int, Laid], open_lists: list[_List], count: int
) -> list[_List]:
    """The lists that are open at an item: one that the item above opens with a colon, marked in
    another way; or one around it, that goes on."""
    marks = _marks(block, known)
    around = [place for place, each in enumerate(open_lists) if each.marks == marks]
    if around:
        return open_lists[: around[-1] + 1]
    if block.kind == "list_item" and known[above.start].text.endswith(":"):
        return [*open_lists, _List(marks, count, (above.start, above.end))]
    return open_lists


def _marks(block: Block, known: dict[int, Laid]) -> str:
    """What the items of a list begin with: a number, a letter or a bullet."""
    if block.kind == "table_row" or block.marker is None:
        return ""
    mark = known[block.start].text[: block.marker[1] - block.start]
    return "1" if re.search(r"\d", mark) else "a" if re.search(r"[^\W_]", mark) else "•"


def _lead(above: Block | None, block: Block, laid: dict[int, Laid]) -> Span | None:
    if block.kind == "table_row":
        return _heads(laid[block.start], block)
    item = laid.get(above.start) if above else None
    if above is None or item is None or above.kind not in ("paragraph", "label_value"):
        return None
    return (above.start, above.end) if item.text[-1] not in ".!?" else None


def _heads(item: Laid, row: Block) -> Span | None:
    """A table's first row where it names columns: cells of words, without a figure or mark."""
    spans = cell_spans(item.text, item.cells)
    names = [item.text[first:last] for first, last in spans]
    named = len(names) > 1 and row.marker is None and not re.search(r"\d{2}", item.text)
    short = all(len(name.split()) <= LONGEST_NAME for name in names)
    return (row.start, row.end) if named and short else None
