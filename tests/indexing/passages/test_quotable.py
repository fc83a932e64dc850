"""Marks begin no sentence; contents and boilerplate are searched and not quoted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fakes import FakeEmbedder, built_index, make_document

from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.keeping.manifest import current_build
from qa_service.indexing.passages.cutting import split_document
from qa_service.indexing.passages.sentences import quotable_sentences
from qa_service.nouns.documents import Block, Document, Passage

TEXT = "80. The oven is hot. It stays so.\n\nOvens … 3"


def numbered() -> Document:
    blocks = (Block("paragraph", 0, 33, (0, 3)), Block("contents", 35, 44))
    return replace(make_document(TEXT), blocks=blocks)


def only_passage(document: Document) -> Passage:
    (passage,) = split_document(document, FakeEmbedder().count_tokens, 256)
    return passage


def test_no_sentence_begins_with_a_marker() -> None:
    passage = only_passage(numbered())
    said = [TEXT[start:end] for start, end in passage.sentences]
    assert said == ["The oven is hot.", "It stays so.", "Ovens … 3"]
    assert passage.text == TEXT


def test_a_line_of_contents_is_searched_but_not_quoted() -> None:
    assert quotable_sentences(only_passage(numbered())) == (True, True, False)


def test_a_passage_without_blocks_is_quoted_whole() -> None:
    passage = replace(only_passage(numbered()), blocks=())
    assert quotable_sentences(passage) == (True, True, True)


def test_a_build_keeps_the_blocks_of_documents_and_passages(tmp_path: Path) -> None:
    document = numbered()
    built_index([document], tmp_path)
    opened = open_folder(current_build(tmp_path))
    assert opened.store.document(document.id) == document
    assert opened.store.documents([document.id]) == [(document, document.blocks)]
    assert opened.store.passages([0])[0].blocks == document.blocks
    opened.close()
