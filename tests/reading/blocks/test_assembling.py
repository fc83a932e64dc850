"""Where pages begin in canonical text, and that finding it costs no more than reading it."""

from __future__ import annotations

import random

import pytest

from qa_service.nouns.documents import Document
from qa_service.reading import canonical_text
from qa_service.reading.blocks import assembling
from qa_service.reading.content import Block, Content

# Blanks that fall together, letters that compose, characters that go.
LETTERS = "ab  \u00a0-e\u0301\u0323\u1100\u1161\u11a8\u200b\t."


def assembled(text: str, breaks: list[int]) -> Document:
    """A document of one paragraph that runs on over a page at each of the breaks."""
    paged = tuple(enumerate(breaks, start=2))
    content = Content("pdf", (Block("paragraph", text, 0, 1, paged),), page_count=len(breaks) + 1)
    return assembling.assemble(content, "a", "1", "a.pdf")


def first_sign(text: str, offset: int) -> int:
    """Where what stands from `offset` on begins in the canonical text, found the long way."""
    place = len(canonical_text(text[:offset]))
    return place + (canonical_text(text)[place : place + 1] == " ")


def test_pages_begin_exactly_where_their_text_does() -> None:
    source = random.Random(7)
    for _ in range(2000):
        text = "a" + "".join(source.choice(LETTERS) for _ in range(24))
        breaks = sorted(source.sample(range(1, 25), 3))
        starts = [page.start for page in assembled(text, breaks).pages[1:]]
        assert starts == [first_sign(text, offset) for offset in breaks]


def test_a_paragraph_over_many_pages_is_made_canonical_a_few_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lengths: list[int] = []

    def counted(raw: str) -> str:
        lengths.append(len(raw))
        return canonical_text(raw)

    monkeypatch.setattr(assembling, "canonical_text", counted)
    text = "some words of a page " * 200
    assembled(text, list(range(21, len(text), 21)))
    assert sum(lengths) < 4 * len(text)
