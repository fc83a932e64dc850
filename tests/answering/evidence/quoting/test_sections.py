"""The list under a heading that a question asks for is quoted whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeReader, make_document

from qa_service.answering.evidence.quoting.sections import SURE
from qa_service.nouns.documents import Block, Document
from qa_service.nouns.questions import Question

TASKS = ("Fresh flour each morning.", "A second oven for rye.", "Training for new bakers.")
PROSE = "The bakery opened in spring and sells bread and cake to the whole of the town. " * 3


def bakery(town: str, heading: str, items: tuple[str, ...] = TASKS) -> Document:
    """A report with some prose, a heading with a list under it, and prose under another."""
    parts = [("paragraph", PROSE), ("heading", heading)]
    parts += [("list_item", f"• {item}") for item in items]
    parts += [("heading", "The shop"), ("paragraph", f"{town} has one shop. {PROSE}")]
    text, blocks, headings = "", [], []
    for kind, said in parts:
        start, text = len(text), f"{text}{said}\n\n"
        end = start + len(said)
        marker = (start, start + 1) if kind == "list_item" else None
        group = 0 if kind == "list_item" else None
        blocks.append(Block(kind, start, end, marker=marker, group=group))
        headings += [(1, said)] if kind == "heading" else []
    document = make_document(text.rstrip(), town, title=f"Bakery of {town}", headings=headings)
    return replace(document, blocks=tuple(blocks))


@pytest.fixture
def ask(service_with):
    documents = (
        bakery("Millford", "What needs to improve"),
        bakery("Oxmarsh", "Recommendations", TASKS[:2]),
        bakery("Eastham", "Areas for improvement", TASKS[:2]),
        bakery("Stowe", "The bread is poor because:"),
        make_document(PROSE, "Thornby", title="Bakery of Thornby"),
    )
    service = service_with(*documents, reader=FakeReader(), minimum_confidence=0.0)
    return lambda text: service.ask(Question(text))


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("What needs to improve in Millford?", TASKS),
        ("What did the visitors recommend for Oxmarsh?", TASKS[:2]),
        ("What were the bakers told to do in Eastham?", TASKS[:2]),
        ("Why was Stowe judged poor?", TASKS),
    ],
)
def test_the_whole_list_is_quoted_with_its_heading(ask, question, items) -> None:
    quotes = [citation.quote for citation in ask(question).citations]
    (listed,) = [quote for quote in quotes if items[0] in quote]
    assert all(item in listed for item in items)
    assert listed.endswith(items[-1])


def test_who_asks_what_was_recommended_gets_the_list_whatever_it_is_called(ask) -> None:
    answer = ask("What was recommended for Millford?")
    assert all(item in answer.citations[0].quote for item in TASKS)
    assert answer.confidence == SURE


def test_what_stands_beside_the_list_is_not_quoted_from_its_passage(ask) -> None:
    answer = ask("What needs to improve in Millford?")
    assert "The shop" not in answer.citations[0].quote


def test_a_question_for_something_else_gets_no_list(ask) -> None:
    answer = ask("When did the bakery in Millford open?")
    assert all(TASKS[2] not in citation.quote for citation in answer.citations)


@pytest.fixture
def compare(service_with):
    """Asks over two reports on one town, and one each on others."""
    documents = (
        replace(bakery("Millford", "Recommendations", TASKS[:2]), date="2019"),
        replace(
            bakery("Millford", "What needs to improve"), id="later", source="later.txt", date="2023"
        ),
        replace(bakery("Oxmarsh", "Areas for improvement", TASKS[1:]), date="2023"),
        *(replace(bakery(town, "The staff"), date="2022") for town in ("Eastham", "Stowe")),
    )
    service = service_with(*documents, reader=FakeReader(), minimum_confidence=0.0)
    return lambda text: [citation.quote for citation in service.ask(Question(text)).citations]


@pytest.mark.parametrize(
    "question",
    [
        "Compare what needs to improve in Millford over time",
        "How have the recommendations for Millford changed?",
        "How have areas for improvement in Millford changed since 2019?",
    ],
)
def test_a_comparison_of_what_is_to_be_done_quotes_the_list_of_each_date(compare, question) -> None:
    older, newer = compare(question)
    assert older.startswith("Recommendations")
    assert all(item in older for item in TASKS[:2])
    assert newer.startswith("What needs to improve")
    assert all(item in newer for item in TASKS)


def test_a_comparison_of_places_quotes_the_newest_list_of_each(compare) -> None:
    first, second = compare("Compare Millford and Oxmarsh: what needs to improve?")
    assert first.startswith("What needs to improve")
    assert second.startswith("Areas for improvement")
