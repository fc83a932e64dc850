"""Documents that say the same stand beside the quote, and are counted."""

from __future__ import annotations

import pytest
from fakes import FakeReader, make_document

from qa_service.answering.evidence.corroboration import said
from qa_service.nouns.questions import Question

SAME = "Inspectors recommended better quality assurance."
QUESTION = "What did inspectors recommend about quality assurance?"


@pytest.fixture
def ask(service_with):
    def asked(*texts: str, dates: tuple[str, ...] = ()):
        dated = zip(texts, [*dates, *[None] * len(texts)], strict=False)
        documents = [
            make_document(text, f"d{at}", date=date) for at, (text, date) in enumerate(dated)
        ]
        return service_with(*documents).ask(Question(QUESTION))

    return asked


def test_documents_that_agree_are_one_citation(ask) -> None:
    answer = ask(SAME, f"{SAME} The harbour is open.", dates=("2016", "2023"))
    (citation,) = answer.citations
    assert [source.document.id for source in citation.also_in] == (
        ["d1"] if citation.document.id == "d0" else ["d0"]
    )


def test_the_place_in_the_other_document_is_where_it_says_so(service_with) -> None:
    text = f"The harbour is open to all. 12. {SAME}"
    service = service_with(make_document(SAME, "one"), make_document(text, "two"))
    (citation,) = service.ask(Question(QUESTION)).citations
    (source,) = citation.also_in
    found = service.document(source.document.id)[1].text[source.start : source.end]
    assert SAME in found


@pytest.mark.parametrize(
    "other",
    [
        "Inspectors recommended no better quality assurance.",
        "Inspectors recommended 3 better quality assurance plans.",
        "Leeds inspectors recommended better quality assurance.",
        "Inspectors should have recommended better quality assurance.",
    ],
)
def test_a_word_that_matters_is_no_agreement(ask, other) -> None:
    answer = ask(SAME, other)
    assert all(not citation.also_in for citation in answer.citations)


def test_the_same_page_stored_twice_is_one_entry_with_its_documents(ask) -> None:
    text = f"{SAME} " + "Boats were seen by everyone in the wide harbour. " * 3
    (citation,) = ask(text, text).citations
    assert len(citation.also_in) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("27. The staff know these children well.", "Staff know the children well."),
        ("• Children’s plans are clear and kept.", "The children's plans are clear, kept"),
    ],
)
def test_numbering_articles_and_marks_may_differ(one, other) -> None:
    assert said(one) == said(other) != ()


def test_a_few_words_agree_with_nothing() -> None:
    assert said("Yes, they do.") == ()


def test_two_short_lines_of_a_passage_are_two_quotes(service_with) -> None:
    form = make_document("Opened: May 2016\nLed by: Ann Lee", "form")
    service = service_with(form, reader=FakeReader(), minimum_confidence=0.0)
    answer = service.ask(Question("Opened when, led by whom?"))
    assert {citation.quote for citation in answer.citations} == {
        "Opened: May 2016",
        "Led by: Ann Lee",
    }
