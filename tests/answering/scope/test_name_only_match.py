"""A place that a question names does not by itself make a sentence its answer."""

from __future__ import annotations

import pytest
from fakes import make_document, make_hit, make_passage

from qa_service.answering.evidence.candidates import Evidence
from qa_service.answering.evidence.confidence import confidence
from qa_service.nouns.questions import Question

LEEDS = "Leeds is good, and Leeds is good. The harbour in Leeds was quiet. Boats lay in Leeds."


@pytest.fixture
def ask(service_with):
    service = service_with(
        make_document(LEEDS, "leeds", title="Report on Leeds"),
        make_document("The library of Hull opens at nine.", "hull", title="Report on Hull"),
        make_document("Readers may borrow twelve books.", "library"),
    )
    return lambda text: service.ask(Question(text))


def test_a_sentence_that_shares_only_the_place_is_no_answer(ask) -> None:
    answer = ask("How good is the crocodile zoo menagerie in Leeds?")
    assert (answer.answered, answer.reason, answer.hits[0].document.id) == (
        False,
        "no_evidence",
        "leeds",
    )


def test_a_sentence_that_shares_more_than_the_place_is_one(ask) -> None:
    assert "harbour" in ask("How quiet is the harbour in Leeds?").quotes[0].text


def test_a_question_that_is_a_name_alone_is_answered_as_ever(ask) -> None:
    assert ask("What of Leeds?").answered


def test_names_alone_make_a_quote_less_certain() -> None:
    evidence = Evidence(make_hit(make_passage("Text.")), 0, 5, 1.0, 0.5, 0.5)
    assert confidence(evidence, names_alone=True) < confidence(evidence)
