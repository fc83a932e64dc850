"""Questions kept with pointers: no text of a document in them, and the same text out of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from fakes import make_document
from pointers import Source, Sources, made, read_back, whole

from qa_service.nouns.documents import Document, Page

FIRST, SECOND = "Lead inspector: Ann Hill.\n", "The fee is £13.60 for adults."


@pytest.fixture
def document() -> Document:
    pages = Page(1, 0, len(FIRST)), Page(2, len(FIRST), len(FIRST + SECOND))
    return replace(make_document(text=FIRST + SECOND), version="ab" * 32, pages=pages)


@pytest.fixture
def sources(document: Document) -> Sources:
    found = Sources([])
    found.by_version[document.version] = Source(document)
    found.names["fees.pdf"] = document.version
    return found


def question(**changed: Any) -> dict[str, Any]:
    written = {"q": "What is the fee?", "kind": "fact", "answerable": True}
    place = {"file": "fees.pdf", "page": 2, "quotes": ["The fee is £13.60"], "exact": "£13.60"}
    return written | place | changed


def test_pointers_hold_no_text_of_the_document(sources: Sources) -> None:
    pointed = made(question(), sources)
    assert pointed
    assert "fee is" not in json.dumps({**pointed, "q": ""})


def test_what_was_written_is_read_back(sources: Sources) -> None:
    pointed = made(question(), sources)
    assert pointed
    back = read_back(pointed, sources)
    assert back
    assert back["quotes"] == [{"file": "fees.pdf", "page": 2, "quote": "The fee is £13.60"}]
    assert back["exact"] == "13.60"


def test_a_quote_that_stands_nowhere_leaves_the_question_out(sources: Sources) -> None:
    assert made(question(quotes=["The fee is £15"]), sources) is None


def test_a_stretch_that_has_moved_is_found_by_its_letters(
    sources: Sources, document: Document
) -> None:
    pointed = made(question(), sources)
    moved = replace(document, text="Contents\n" + FIRST + SECOND, pages=())
    sources.by_version[document.version] = Source(moved)
    assert pointed
    back = read_back(pointed, sources)
    assert back
    assert back["quotes"][0]["quote"] == "The fee is £13.60"


def test_what_misleads_is_a_pointer_too(sources: Sources) -> None:
    pointed = made(question(quotes=[], near="Ann Hill", answerable=False), sources)
    assert pointed
    assert pointed["near"]["page"] == 1
    assert "Ann" not in json.dumps(pointed)


def test_a_talk_is_kept_only_whole(sources: Sources) -> None:
    talk = {"id": "talk-1", "turns": [question(), question(quotes=["not there"])]}
    assert whole(talk, sources, made) is None
    assert whole({"id": "talk-1", "turns": [question()]}, sources, made)
