"""Labels of several documents that mean the same are one, with what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import make_summary

from qa_service.indexing.lookup.fact_labels import FactLabel, fact_labels
from qa_service.indexing.lookup.titles import title_stems
from qa_service.nouns.documents import Fact, StoredFact
from qa_service.stems import terms

TITLES = {
    "lynn 2015": "Lynn: Visit to bakeries",
    "lynn 2019": "Visit to bakeries of Lynn",
    "stowe 2019": "Visit to bakeries of Stowe",
}
SUMMARIES = [replace(make_summary("text"), id=name, title=title) for name, title in TITLES.items()]


def stated(document: str, label: str, value: str) -> StoredFact:
    return StoredFact(document, 0, 0, Fact(label, value, 0, 9, 5, 9))


def whole(*facts: StoredFact) -> FactLabel:
    (label,) = (
        each for each in fact_labels(facts, SUMMARIES, title_stems(SUMMARIES)) if each.of_whole
    )
    return label


def test_a_label_that_only_names_its_document_speaks_of_the_whole() -> None:
    label = whole(
        stated("lynn 2015", "Bakeries in Lynn", "good"),
        stated("lynn 2019", "Overall effectiveness", "good"),
        stated("stowe 2019", "Overall effectiveness", "poor"),
    )
    assert set(label.facts) == set(TITLES)


def test_a_label_that_names_a_part_does_not() -> None:
    label = whole(
        stated("lynn 2015", "Ovens in Lynn", "good"),
        stated("lynn 2019", "Overall effectiveness", "good"),
        stated("stowe 2019", "Overall effectiveness", "poor"),
    )
    assert set(label.facts) == {"lynn 2019", "stowe 2019"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("good", True),
        ("outstanding", False),
        ("requires", True),
        ("good outstanding", True),
        ("requires improvement", True),
        ("improvement good", False),
        ("goods", True),
    ],
)
def test_a_value_begins_with_one_stem_or_holds_several_side_by_side(words, says) -> None:
    said = ("Requires improvement", "Good", "Good to outstanding")
    facts = tuple(stated("lynn 2015", "Grade", value) for value in said)
    label = FactLabel("Grade", (frozenset(terms("grade")),), frozenset(), {"lynn 2015": facts})
    assert label.says(terms(words)) is says
