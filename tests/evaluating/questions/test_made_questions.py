"""Questions made of the documents have their place; foreign ones have none."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from fakes import make_document, make_hit, make_passage

from qa_service.evaluating.questions.datasets import EvaluationQuestion
from qa_service.evaluating.questions.foreign_questions import (
    Swapper,
    foreign_questions,
    may_be_answered,
)
from qa_service.evaluating.questions.made_questions import make_questions, sources_of
from qa_service.evaluating.questions.sentence_questions import (
    Asking,
    SourceSentence,
    inflected,
    questions_from,
)
from qa_service.nouns.results import MatchExplanation
from qa_service.stems import terms

GUIDE = """Opening

The lighthouse was restored in 1987 by volunteers from the harbour association.
Visitors must register with the keeper before climbing the narrow staircase.
The museum holds forty paintings of ships that were lost near the island.

Repairs

A foghorn is a device that warns ships of rocks when visibility is poor.
Engineers inspect the lantern twice a year and replace every damaged mirror."""


@pytest.fixture
def guides():
    """Six documents with headings, each about the same things."""
    headings = [(1, "Opening"), (1, "Repairs")]
    return [
        make_document(GUIDE, f"guide-{at}", title=f"Guide {at} to the island", headings=headings)
        for at in range(6)
    ]


def forms(text: str, heading: str = "") -> dict[str, str]:
    asking = Asking(len, random.Random(1))
    return questions_from(SourceSentence(text, "Island guide", heading), asking)


def test_every_made_question_has_its_sentence_or_section_as_its_place(opened_with, guides) -> None:
    questions = make_questions(opened_with(*guides), 25)
    assert len(questions) == 25
    for question in questions:
        (span,) = question.spans
        held = GUIDE[span.start : span.end]
        assert question.grades == {span.document_id: 1}
        whole = held.startswith(("Opening", "Repairs"))
        assert whole if question.note == "heading" else re.fullmatch(r"[A-Z][^\n]+\.", held)


def test_made_questions_are_always_the_same_and_never_twice(opened_with, guides) -> None:
    opened = opened_with(*guides)
    first, again = make_questions(opened, 25), make_questions(opened, 25)
    assert first == again != make_questions(opened, 25, seed=5)
    assert len({question.text.lower() for question in first}) == 25


def test_made_questions_are_of_many_forms_and_documents(opened_with, guides) -> None:
    questions = make_questions(opened_with(*guides), 25)
    assert len(sources_of(questions)) >= 5
    assert len({name for question in questions for name in question.grades}) == 6


def test_no_made_question_repeats_its_sentence(opened_with, guides) -> None:
    for question in make_questions(opened_with(*guides), 25):
        (span,) = question.spans
        asked, said = question.text.lower().rstrip("?"), GUIDE[span.start : span.end].lower()
        assert asked not in said
        assert said.rstrip(".") not in asked


def test_an_index_without_sentences_gives_no_questions(opened_with) -> None:
    assert make_questions(opened_with(make_document("Too short to ask about.")), 10) == []


def test_a_date_is_asked_for_and_not_told() -> None:
    question = forms("The lighthouse was restored in May 1987 by volunteers of the harbour.")[
        "when"
    ]
    assert question.lower().startswith("when was the lighthouse")
    assert "1987" not in question
    assert "May" not in question


def test_a_number_is_asked_for_and_not_told() -> None:
    question = forms("The museum holds forty paintings of ships that were lost there.")["how_many"]
    assert question.lower().startswith("how many paintings")
    assert "forty" not in question


def test_persons_are_asked_for_by_who_and_duties_by_what() -> None:
    found = forms("Visitors must register with the keeper before climbing the narrow staircase.")
    assert found["who_or_what"].lower().startswith("who must ")
    assert found["duty"].lower().startswith("what must visitors do about ")


def test_a_definition_is_asked_for_by_its_subject() -> None:
    found = forms("A foghorn is a device that warns ships of rocks.")["definition"]
    assert found.lower().rstrip("?") == "what is foghorn in island guide"


def test_a_sentence_without_a_subject_of_its_own_is_asked_by_its_words_alone() -> None:
    assert set(forms("They were asked to read the files of every family.")) == {"keywords"}


def test_a_heading_is_asked_for_unless_it_is_the_title() -> None:
    assert "storm damage" in forms("It hit.", "2.1 Storm damage")["heading"].lower()
    assert "heading" not in forms("It hit.", "Island guide")


@pytest.mark.parametrize(
    ("word", "other"),
    [("records", "record"), ("families", "family"), ("boat", "boat"), ("report", "reports")],
)
def test_words_take_another_form_that_is_english(word, other) -> None:
    assert inflected(word) == other


@pytest.mark.parametrize("word", ["Borders", "GIRFEC", "x-ray", "qwzyxk"])
def test_names_and_unknown_words_keep_their_form(word) -> None:
    assert inflected(word) == word


def test_the_foreign_questions_are_two_hundred_without_a_double() -> None:
    questions = foreign_questions()
    subjects = {question.subject for question in questions}
    assert (len(questions), len(subjects)) == (200, 20)
    assert len({" ".join(sorted(terms(question.text))) for question in questions}) == 200
    assert all(len(terms(item.text)) >= 1 and item.text.endswith("?") for item in questions)


def test_a_question_whose_terms_stand_in_one_passage_may_be_answered() -> None:
    hit = make_hit(make_passage("Custard curdles."))
    lacking, holding = (
        MatchExplanation(("custard",), ("curdles",), None),
        MatchExplanation(("custard",), (), None),
    )
    assert not may_be_answered([hit, replace(hit, why=lacking)])
    assert may_be_answered([hit, replace(hit, why=holding)])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("When did 1987 see a lighthouse?", "lighthouse"),
        ("Which rocks lie near Opening?", "rocks"),
        ("who warns of rocks", "who"),
    ],
)
def test_a_swapped_question_has_one_word_that_the_documents_lack(
    opened_with, guides, text, kept
) -> None:
    opened = opened_with(*guides)
    question = EvaluationQuestion("q", text, grades={"guide-1": 1})
    swapped = Swapper(opened, random.Random(2)).swapped(question)
    assert swapped is not None
    assert (swapped.grades, swapped.spans, swapped.id) == ({}, (), "q-swapped")
    new = [stem for stem in terms(swapped.text) if stem not in terms(text)]
    assert new
    assert not opened.keyword.held(new)
    assert kept in swapped.text


def test_a_question_of_none_of_the_documents_words_cannot_be_swapped(opened_with, guides) -> None:
    question = EvaluationQuestion("q", "Why do zebras migrate?")
    assert Swapper(opened_with(*guides), random.Random(2)).swapped(question) is None


def test_a_heading_is_asked_for_where_its_text_takes_it_up(opened_with) -> None:
    text = "Storm damage\n\nA storm did great damage to the wooden landing stage of the island."
    vague = text.replace("Storm damage", "Three remarks")
    asked = {}
    for name, said in (("storm", text), ("vague", vague)):
        heading = [(1, said.split("\n")[0])]
        opened = opened_with(make_document(said, name, title="Island guide", headings=heading))
        questions = [item for seed in range(20) for item in make_questions(opened, 5, seed)]
        asked[name] = [item for item in questions if item.note == "heading"]
    assert {span.start for item in asked["storm"] for span in item.spans} == {0}
    assert {span.end for item in asked["storm"] for span in item.spans} == {len(text)}
    assert not asked["vague"]


def test_every_second_question_gets_a_word_that_the_documents_hold_elsewhere(
    opened_with, guides
) -> None:
    opened = opened_with(*guides)
    swapper = Swapper(opened, random.Random(2), ["who repairs the mirror?", "a foghorn"])
    question = EvaluationQuestion("q", "who paints the staircase?", grades={"guide-1": 1})
    swapped = [swapper.swapped(question) for _ in range(6)]
    new = [set(terms(item.text)) - set(terms(question.text)) for item in swapped if item]
    held = [opened.keyword.held(stems) == {*stems} for stems in new]
    assert held == [False, True] * 3
