"""What many documents say alike is boilerplate; what only resembles it is not."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from fakes import built_index, make_document
from made_texts import prose

from qa_service.indexing.engine.embedded.folder import open_folder
from qa_service.indexing.keeping.manifest import current_build
from qa_service.indexing.passages.recurrence import FEWEST_DOCUMENTS, Recurrence
from qa_service.nouns.documents import Block, Document

IMPRINT = "The board inspects every bakery of the county and tells the council what it has found."


def with_end(number: int, end: str, words: int = 80) -> Document:
    """A document of its own words that ends with a paragraph."""
    body = prose(words, number)
    document = make_document(f"{body}\n\n{end}", f"bakery-{number}")
    place = len(body) + 2
    blocks = (Block("paragraph", 0, len(body)), Block("paragraph", place, place + len(end)))
    return replace(document, blocks=blocks)


def recurring(documents: Sequence[Document]) -> list[str]:
    recurrence = Recurrence()
    for document in documents:
        recurrence.add(document)
    texts = {document.id: document.text for document in documents}
    return [texts[name][at:] for name, offsets in recurrence.offsets() for at in offsets]


def test_a_line_of_an_address_recurs_where_it_stands_beside_such_a_paragraph() -> None:
    documents = [with_address(number) for number in range(FEWEST_DOCUMENTS)]
    assert recurring(documents) == [f"{IMPRINT}\n\nMill Row", "Mill Row"] * FEWEST_DOCUMENTS


def with_address(number: int) -> Document:
    """A document that has a line apart from the imprint, and the same line below it."""
    document = with_end(number, f"{IMPRINT}\n\nMill Row")
    body, _ = document.blocks
    line = len("Mill Row")
    first = replace(body, start=line + 2, end=body.end + line + 2)
    text = f"Mill Row\n\n{document.text}"
    end = first.end + 2 + len(IMPRINT)
    blocks = (
        Block("paragraph", 0, line),
        first,
        Block("paragraph", first.end + 2, end),
        Block("paragraph", end + 2, len(text)),
    )
    return replace(document, text=text, blocks=blocks)


def test_a_paragraph_of_many_documents_recurs() -> None:
    documents = [with_end(number, IMPRINT) for number in range(FEWEST_DOCUMENTS)]
    assert recurring(documents) == [IMPRINT] * FEWEST_DOCUMENTS


def test_a_paragraph_of_few_documents_does_not() -> None:
    assert recurring([with_end(number, IMPRINT) for number in range(FEWEST_DOCUMENTS - 1)]) == []


def test_a_paragraph_with_another_number_says_something_else() -> None:
    ends = [IMPRINT.replace("every", str(number)) for number in range(FEWEST_DOCUMENTS)]
    assert recurring([with_end(number, end) for number, end in enumerate(ends)]) == []


def test_versions_of_one_text_have_no_boilerplate() -> None:
    documents = [with_end(number, IMPRINT, words=20) for number in range(FEWEST_DOCUMENTS)]
    assert recurring(documents) == []


def test_a_build_marks_what_recurs_and_never_quotes_it(tmp_path: Path) -> None:
    documents = [with_end(number, IMPRINT) for number in range(FEWEST_DOCUMENTS)]
    built_index(documents, tmp_path)
    with closing(open_folder(current_build(tmp_path))) as opened:
        kinds = [block.kind for block in opened.store.documents([documents[0].id])[0][1]]
        assert kinds == ["paragraph", "boilerplate"]
        assert opened.store.document(documents[0].id) == documents[0]
