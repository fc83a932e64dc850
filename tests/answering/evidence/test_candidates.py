"""Evidence: the sentence that answers, perhaps with the one beside it, and how well it fits."""

from __future__ import annotations

import pytest
from fakes import hashed, make_document

from qa_service.answering.ranking.retrieval import term_weights
from qa_service.nouns.documents import Document

FILLER = "The library opens at nine on every weekday of the year."


def quoted(document: Document, evidence) -> str:
    (best, *_) = evidence
    return document.text[best.start : best.end]


def quote_of(evidence_for, question: str, text: str, **members) -> str:
    document = make_document(text, **members)
    return quoted(document, evidence_for(question, document))


def test_the_sentence_that_answers_is_quoted(evidence_for) -> None:
    answer = "The harbour school keeps records of every sailing lesson."
    text = f"{FILLER} {answer} {FILLER}"
    assert quote_of(evidence_for, "Which records does the harbour school keep?", text) == answer


def test_a_question_is_not_quoted_for_an_answer(evidence_for) -> None:
    question = "Which records does the harbour school keep?"
    answer = "The school keeps records of lessons at the harbour."
    assert quote_of(evidence_for, question, f"{question}\n\n{answer}") == answer


def test_a_fragment_is_not_quoted_for_an_answer(evidence_for) -> None:
    text = "Harbour school records\n\nThe harbour school keeps its records for ten years."
    quote = quote_of(evidence_for, "harbour school records", text)
    assert quote.endswith("for ten years.")


def test_a_heading_is_not_quoted(evidence_for) -> None:
    heading = "Which records the harbour school keeps"
    answer = "Lessons are noted in the records."
    quote = quote_of(
        evidence_for,
        "Which records does the harbour school keep?",
        f"{heading}\n\n{answer}",
        headings=[(1, heading)],
    )
    assert quote == answer


def test_a_neighbour_that_answers_too_is_quoted_with_it(evidence_for) -> None:
    text = (
        "The harbour school keeps records of every lesson. "
        "The records of the harbour school are kept for years."
    )
    assert quote_of(evidence_for, "Which records does the harbour school keep?", text) == text


def test_a_neighbour_in_another_line_is_not_quoted_with_it(evidence_for) -> None:
    lines = (
        "The harbour school keeps records of every lesson.",
        "The records of the harbour school are kept for years.",
    )
    question = "Which records does the harbour school keep?"
    assert quote_of(evidence_for, question, "\n".join(lines)) in lines


def test_a_neighbour_that_says_something_else_is_not_quoted(evidence_for) -> None:
    answer = "The harbour school keeps records of every lesson."
    question = "Which records does the harbour school keep?"
    for other in (FILLER, "Pupils of the school go home by bus at four in the afternoon."):
        assert quote_of(evidence_for, question, f"{answer} {other}") == answer


def test_stems_that_neither_passage_nor_title_holds_are_absent(evidence_for) -> None:
    document = make_document("It was found to be good overall.", title="Harbour school")
    (best,) = evidence_for("Is the harbour school good for zebras?", document)
    assert best.absent == {"zebra"}


def test_a_title_counts_for_the_fit_and_is_not_quoted(evidence_for) -> None:
    titled = make_document("It was found to be good overall.", title="Harbour school")
    plain = make_document("It was found to be good overall.")
    (best,), (other,) = (evidence_for("harbour school", each) for each in (titled, plain))
    assert best.fit > other.fit
    assert quoted(titled, [best]) == titled.text


def test_the_cosine_is_that_of_the_sentence_and_the_question(evidence_for) -> None:
    question = "Which boats does the harbour keep?"
    (best,) = evidence_for(question, make_document("The harbour keeps seven old boats."))
    expected = hashed(question) @ hashed("The harbour keeps seven old boats.")
    assert best.cosine == pytest.approx(expected, abs=1e-3)


def test_evidence_comes_best_first_with_a_place_for_every_hit(evidence_for, reports) -> None:
    found = evidence_for("What did inspectors recommend about quality assurance?", *reports)
    assert found[0].hit.document.id == "borders"
    assert len(found) == 3
    assert sorted(found, key=lambda item: -item.score) == found


def test_weights_of_a_question_add_up_to_1_and_rare_words_weigh_more(opened_with, reports) -> None:
    opened = opened_with(*reports, make_document("The inspectors came.", "visit"))
    weights = term_weights(opened, ["inspector", "harbour", "zebra"])
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["inspector"] < weights["harbour"] < weights["zebra"]
    assert term_weights(opened, []) == {}
