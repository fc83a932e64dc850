"""A question for every mention is answered by what mentions it; other answers offer to look up."""

from __future__ import annotations

import pytest
from fakes import make_document

from qa_service.nouns.questions import Filters, Question

LEEDS = make_document(
    "The harbour of Leeds was dredged. Boats use the harbour.", "leeds", date="2016-02"
)
YORK = make_document("The harbour in York is closed. The café is open.", "york", date="2023-05")


@pytest.mark.parametrize(
    "asked",
    [
        "Show every mention of harbours",
        "List all places that mention the harbour",
        "Find every place where harbours are mentioned",
        "Where is the harbour mentioned?",
        "every reference to the word “harbour”",
    ],
)
def test_a_question_for_every_mention_counts_places_and_documents(service_with, asked) -> None:
    answer = service_with(LEEDS, YORK).ask(Question(asked))
    assert answer.kind == "documents"
    assert "3 places of 2 documents" in answer.catalogue.text
    assert [document.id for document in answer.catalogue.documents] == ["york", "leeds"]
    assert answer.mentions.words.rstrip("s").endswith("harbour")


def test_the_filters_of_a_question_hold_for_its_mentions(service_with) -> None:
    limits = Filters(document_ids=("york",))
    answer = service_with(LEEDS, YORK).ask(Question("every mention of harbours", filters=limits))
    assert "1 place of 1 document" in answer.catalogue.text
    assert answer.mentions.filters == limits


def test_a_period_in_the_question_limits_its_mentions(service_with) -> None:
    answer = service_with(LEEDS, YORK).ask(Question("Show every mention of harbours since 2020"))
    assert "1 place of 1 document since 2020" in answer.catalogue.text
    assert answer.mentions.words == "harbours"
    assert answer.mentions.filters.date_from == "2020-01-01"


def test_what_stands_nowhere_is_said_to_be_mentioned_by_no_document(service_with) -> None:
    answer = service_with(LEEDS).ask(Question("Show every mention of zebras"))
    assert (answer.catalogue.total, answer.mentions) == (0, None)
    assert "No document mentions “zebras”" in answer.catalogue.text


def test_an_answer_offers_every_mention_of_its_subject(service_with) -> None:
    answer = service_with(LEEDS, YORK).ask(Question("What is said about the harbour?"))
    assert answer.mentions.words == "harbour"


def test_a_subject_without_its_accents_is_offered_too(service_with) -> None:
    answer = service_with(LEEDS, YORK).ask(Question("What is said about the cafe?"))
    assert answer.mentions.words == "cafe"


def test_a_subject_that_stands_nowhere_is_not_offered(service_with) -> None:
    answer = service_with(LEEDS, YORK).ask(Question("What is said about zebras?"))
    assert answer.mentions is None
