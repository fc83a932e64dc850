"""A question for the words of an abbreviation is answered by the sentence that has them."""

from __future__ import annotations

import pytest
from fakes import make_document

from qa_service.answering.forms.abbreviations import words_of
from qa_service.nouns.questions import Question

SPELLED = "Orders go through the bakery help and advice hub (BHAH) in the market."
TEXT = f"The BHAH is busy on Fridays, and the BHAH is loud. {SPELLED} Bread is sold there too."


@pytest.mark.parametrize(
    ("letters", "text", "words"),
    [
        ("EHH", "Ask the early help hub (EHH) first.", "early help hub"),
        ("FST", "Families meet the family support teams (FSTs).", "family support teams"),
        ("EHASH", "the Early Help and Safeguarding Hub (EHASH)", "Early Help and Safeguarding Hub"),
        ("MASH", "a multi-agency safeguarding hub (MASH)", "multi-agency safeguarding hub"),
        ("SO2", "Levels of sulphur dioxide 2 (SO2) fell.", "sulphur dioxide 2"),
        ("EHH", "EHH (early help hub) is new.", "early help hub"),
    ],
)
def test_the_words_stand_beside_the_letters_in_brackets(letters, text, words) -> None:
    start, end = words_of(letters, text)
    assert text[start:end] == words


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("EHH", "The EHH opened in May."),
        ("EHH", "It opened in spring (EHH)."),
        ("EHH", "EHH (see page 4) is new."),
    ],
)
def test_letters_that_are_not_spelled_out_have_no_words(letters, text) -> None:
    assert words_of(letters, text) is None


@pytest.mark.parametrize(
    "question",
    ["What does BHAH stand for?", "BHAH - what does that stand for?", "BHAH abbreviation"],
)
def test_the_sentence_that_spells_it_out_is_quoted(service_with, question) -> None:
    service = service_with(make_document(TEXT, "hub"), make_document("Flour is white.", "flour"))
    (citation,) = service.ask(Question(question)).citations
    assert citation.quote == SPELLED
    first, last = citation.exact
    words = citation.quote[first - citation.start : last - citation.start]
    assert words == "bakery help and advice hub"


def test_letters_that_no_document_spells_out_are_answered_as_any_question(service_with) -> None:
    service = service_with(make_document("The BHAH is busy on Fridays.", "hub"))
    answer = service.ask(Question("What does BHAH stand for?"))
    assert all(citation.exact is None for citation in answer.citations)


@pytest.mark.parametrize("letters", ["IT", "US", "WHO"])
def test_letters_that_are_a_common_word_are_answered_as_any_question(service_with, letters) -> None:
    service = service_with(make_document("The bakery buys its flour in May.", "hub"))
    assert service.ask(Question(f"What does {letters} stand for?")).question
