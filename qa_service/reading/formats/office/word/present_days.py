"""Days that Word fills in anew whenever a document is opened: they say nothing of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

Element = Any
_PRESENT = re.compile(r"\s*(?:DATE|TIME)\b", re.IGNORECASE)
MOST_WORDS_BESIDE = 4
"""A day with more words beside it is part of a sentence, which would say nothing without it."""


def drop_present_days(body: Element) -> int:
    """Takes out the days that stand for themselves or beside a label; how many words they were."""
    dropped = 0
    for paragraph in {id(part): part for part in _paragraphs(body)}.values():
        texts = list(_present_texts(paragraph))
        words = _words(texts)
        if _words(list(paragraph.iter(qn("w:t")))) - words <= MOST_WORDS_BESIDE:
            dropped += words
            for text in texts:
                text.text = ""
    return dropped


def _paragraphs(body: Element) -> Iterator[Element]:
    """The paragraphs in which something is filled in."""
    for field in body.iter(qn("w:fldSimple"), qn("w:instrText")):
        yield from field.iterancestors(qn("w:p"))


def _present_texts(paragraph: Element) -> Iterator[Element]:
    """The texts of a paragraph that are the day of opening."""
    for field in paragraph.iter(qn("w:fldSimple")):
        if _PRESENT.match(field.get(qn("w:instr")) or ""):
            yield from field.iter(qn("w:t"))
    fields: list[str] = []
    """What those begun say of themselves, the innermost last."""
    for part in paragraph.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        kind = part.get(qn("w:fldCharType"))
        if kind == "begin":
            fields.append("")
        elif kind == "end":
            del fields[-1:]
        elif part.tag == qn("w:instrText") and fields:
            fields[-1] += part.text or ""
        elif part.tag == qn("w:t") and any(map(_PRESENT.match, fields)):
            yield part


def _words(texts: list[Element]) -> int:
    return len("".join(text.text or "" for text in texts).split())
