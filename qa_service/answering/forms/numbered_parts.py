"""A question for a part of a document by its number -> that part, as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa_service.answering.collection.stretches import stretch_evidence
from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.confidence import STATED_CONFIDENCE
from qa_service.answering.evidence.finding import Finder, Found
from qa_service.answering.evidence.quoting.sections import row_at
from qa_service.nouns.answers import Scope
from qa_service.nouns.documents import Block, Span
from qa_service.nouns.parsed_question import NumberedPart
from qa_service.nouns.results import Hit

LONGEST = 2_400
"""Characters of a part; of a longer one its heading and what fits are quoted."""
MOST_DOCUMENTS = 3
_STEPS = ("step", "item", "point", "stage", "action")
"""What items of lists are called."""


def with_numbered_part(
    finder: Finder, found: Found, scope: Scope | None, asked: NumberedPart | None
) -> Found:
    """What was found; the part alone where the question asks for one by its number.

    It is looked for in the documents of the scope, or of the best passages.
    """
    if asked is None:
        return found
    named = scope.filters.document_ids if scope else ()
    ids = named or dict.fromkeys(hit.document.id for hit in found.hits)
    first = list(ids)[:MOST_DOCUMENTS]
    parts = (_part(finder, document_id, asked, found.hits) for document_id in first)
    chosen = tuple(part for part in parts if part)
    return replace(found, chosen=chosen, confidence=STATED_CONFIDENCE) if chosen else found


def _part(
    finder: Finder, document_id: str, asked: NumberedPart, hits: Sequence[Hit]
) -> Evidence | None:
    opened = finder.opened
    ((document, blocks),) = opened.cache.documents([document_id])
    span = _span(document.text, blocks, asked)
    row = row_at(opened, document_id, span[0]) if span else None
    if span is None or row is None:
        return None
    found = stretch_evidence(opened, finder.query, row, span, span, hits)
    # The stretch is quoted as it is: nothing before or after it belongs to the part.
    return replace(found, listed=span, exact=None) if found else None


def _span(text: str, blocks: Sequence[Block], asked: NumberedPart) -> Span | None:
    """The one part of that number, by its name before headings before items and paragraphs.

    None where there is none, or where the document has several.
    """
    numbered = [at for at, block in enumerate(blocks) if _begins(text, block, asked.number)]
    named = [at for at, block in enumerate(blocks) if _begins(text, block, asked.number, asked)]
    headings = [at for at in numbered if blocks[at].kind == "heading"]
    listed = [at for at in numbered if blocks[at].kind != "heading"]
    ranked = [named, listed, headings] if asked.kind in _STEPS else [named, headings, listed]
    best = next(filter(None, ranked), [])
    if len(best) != 1 and best is not named:
        return None
    return _whole(text, blocks, best[0], asked.number) if best else None


def _begins(text: str, block: Block, number: str, named: NumberedPart | None = None) -> bool:
    """Whether a block begins with a number, or with the name of the part and it."""
    if block.kind in ("table_row", "note"):
        return False
    kind = rf"{named.kind}\s+" if named else ""
    begin = rf"\(?{kind}{re.escape(number)}(?![\w-]|\.\d)"
    return re.match(begin, text[block.start : block.end], re.IGNORECASE) is not None


def _whole(text: str, blocks: Sequence[Block], at: int, number: str) -> Span:
    """A heading with all that stands below it, up to the next; else the block alone."""
    start, end = blocks[at].start, blocks[at].end
    if blocks[at].kind == "heading":
        for block in _below(text, blocks[at + 1 :], number):
            if block.end - start > LONGEST:
                break
            end = block.end
    return start, end


def _below(text: str, blocks: Sequence[Block], number: str) -> Iterator[Block]:
    """The blocks up to the next heading that is of no part of this one."""
    for block in blocks:
        inner = text.startswith(f"{number}.", block.start)
        if block.kind == "heading" and not inner:
            return
        yield block
