"""Questions about the collection are answered from what is known of its documents."""

from __future__ import annotations

import pytest
from fakes import make_document
from no_names import NO_NAMES

from qa_service.answering.collection.catalogue import answer_from_catalogue
from qa_service.answering.collection_names import NamesOfBuild
from qa_service.nouns.questions import NO_FILTERS, Filters, Question
from qa_service.understanding.documents.collection_questions import collection_question


@pytest.fixture
def opened(opened_with):
    text = "The port of {0} was inspected. Boats and harbours in {0} were seen."
    return opened_with(
        make_document(text.format("Doncaster"), "d16", title="Doncaster report", date="2016-02"),
        make_document(text.format("Doncaster"), "d23", title="Doncaster report", date="2023-05-24"),
        make_document(text.format("Leeds"), "leeds", title="Inspection of Leeds", date="2023"),
        make_document("Foster carers care.", "policy", title="Fostering policy"),
    )


def listed(opened, text, filters=NO_FILTERS):
    return answer_from_catalogue(opened, collection_question(text, NamesOfBuild(opened)), filters)


def ids_of(opened, text, filters=None):
    catalogue = listed(opened, text, filters or NO_FILTERS)
    return catalogue and [document.id for document in catalogue.documents]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Which documents do you have?", ["d23", "leeds", "d16", "policy"]),
        ("list the reports on Doncaster", ["d23", "d16"]),
        ("Which reports are from 2023?", ["d23", "leeds"]),
        ("Which reports were published in 2016?", ["d16"]),
        ("show me all documents about Doncaster since 2020, please", ["d23"]),
        ("How many inspections are there?", ["leeds"]),
        ("What is the newest report on Doncaster?", ["d23"]),
        ("the latest report on Doncaster", ["d23"]),
        ("what is the oldest document?", ["d16"]),
        ("what reports do you have about boats", ["d23", "leeds", "d16"]),
        ("How many policies are there?", ["policy"]),
        ("Which reports are from 1999?", []),
    ],
)
def test_the_documents_meant_are_listed_newest_first(opened, text, ids) -> None:
    assert ids_of(opened, text) == ids


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("how many documents are there?", "There are 4 documents in the index."),
        ("how many reports on Leeds do you have?", "There is 1 document on Leeds."),
        (
            "How many inspections are there?",
            "There is 1 document with “inspections” in the title or keywords.",
        ),
        (
            "When was the latest report on Doncaster?",
            "The newest document on Doncaster is “Doncaster report”, 24 May 2023.",
        ),
    ],
)
def test_one_plain_sentence_says_it(opened, text, said) -> None:
    assert listed(opened, text).text == said


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Which reports mention boats?", ["d23", "leeds", "d16"]),
        ("list all documents that talk about foster carers", ["policy"]),
        ("which of the reports refer to boats in Doncaster since 2020?", ["d23"]),
        ("What is the newest report that mentions harbours of Doncaster?", ["d23"]),
        ("What is the oldest report mentioning boats?", ["d16"]),
        ("which reports mention Leeds?", ["leeds"]),
        ("Which documents mention 'foster carers'?", ["policy"]),
        ('Which documents mention "carers"?', ["policy"]),
        ("Which reports mention “boats” in Leeds?", ["leeds"]),
    ],
)
def test_documents_are_listed_whose_text_mentions_all_words(opened, text, ids) -> None:
    assert ids_of(opened, text) == ids


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "How many documents mention “boats”?",
            "There are 3 documents mentioning “boats”, in any form of its words.",
        ),
        (
            "how many Doncaster reports mention boats since 2020?",
            "There is 1 document of Doncaster since 2020 mentioning “boats”, in any form of its "
            "words.",
        ),
        (
            "how many reports mention whales?",
            "There is no document mentioning “whales”, in any form of its words.",
        ),
        (
            "the latest report that mentions boats",
            "The newest document mentioning “boats” is “Doncaster report”, 24 May 2023.",
        ),
    ],
)
def test_how_many_documents_mention_something_is_counted(opened, text, said) -> None:
    assert listed(opened, text).text == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("seen boats", "There are 3 documents mentioning “seen boats”, its words apart and in any"),
        (
            "port of Leeds",
            "There is 1 document mentioning “port of Leeds”, in any form of its words",
        ),
        ("harbour in Leeds", "There is 1 document in Leeds mentioning “harbour”, in any form of"),
        ("care cared", "There is 1 document mentioning “care cared”, its words apart"),
    ],
)
def test_words_that_stand_side_by_side_come_before_those_apart(opened, words, said) -> None:
    text = listed(opened, f"How many documents mention {words}?").text
    assert text.startswith(said)


def test_of_documents_that_hold_the_words_apart_it_is_told_how_many(opened_with) -> None:
    texts = ("County lines were cut.", "The county has lines.", "A line, and many counties.")
    opened = opened_with(*(make_document(text, text[:3]) for text in texts))
    answer = listed(opened, "how many documents mention county lines?")
    assert answer.text.endswith("in any form of its words; 1 more holds them apart.")
    assert answer.total == 2


@pytest.mark.parametrize(
    "text",
    [
        "Which reports mention whales?",
        "Which reports mention it?",
        "Which reports mention boats or harbours?",
        "How many reports mention boats but not harbours?",
        "Which report mentions boats most?",
        "How many reports mention boats more than once?",
        "How many reports mention boats on page 3?",
        "Which report mentions that the boats of the port were inspected?",
        "which reports mention boats, harbours, ports, foster carers and care?",
    ],
)
def test_a_list_of_what_no_text_holds_in_these_words_is_left_to_the_passages(opened, text) -> None:
    assert ids_of(opened, text) is None


def test_the_filters_of_the_question_hold(opened) -> None:
    filters = Filters(date_from="2023-01-01")
    assert ids_of(opened, "which documents do you have?", filters) == ["d23", "leeds"]


@pytest.mark.parametrize("text", ["list the reports on Atlantis", "which files cover whales?"])
def test_where_no_document_is_on_the_topic_the_passages_are_asked(opened, text) -> None:
    assert ids_of(opened, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "How many children are there in care?",
        "Which documents does a parent need for an application?",
        "What documents do I need to get a card?",
        "What documents can I use?",
        "Are there any publications concerning benefits?",
        "How many sources of European Union law are there?",
        "What is the first article of the treaty?",
        "Which report led to the new policy?",
        "What did the latest report on Doncaster find?",
        "How many inspections were carried out by the team in 2016?",
        "Which documents do you have to bring?",
        "What reports must a carer write?",
    ],
)
def test_other_questions_are_not_about_the_collection(text) -> None:
    assert collection_question(text, NO_NAMES) is None


def test_such_an_answer_lists_documents_and_quotes_nothing(service_with, reports) -> None:
    answer = service_with(*reports).ask(Question("Which documents do you have?"))
    assert (answer.kind, answer.answered, answer.reason) == ("documents", True, None)
    assert (answer.hint, answer.catalogue.total) == ("There are 3 documents in the index.", 3)
