"""A mistyped word is matched to the one the documents hold; a right one never is."""

from __future__ import annotations

import pytest
from fakes import make_document

from qa_service.answering.spelling import Spelled, correct
from qa_service.nouns.questions import Correction
from qa_service.reading.language.known_words import english_words

TEXT = (
    "Inspectors made recommendations about quality assurance and shared information early. "
    "In the harbour at Zero Point the school of Debra Melville was visited, and Melville said so. "
    "The harbour master reads the recommendations. The crofting grants of Debra were paid in full."
)


@pytest.fixture
def read(opened_with):
    """What a question is read as, over one text or another."""
    opened = {}

    def correct_over(question: str, text: str = TEXT) -> Spelled:
        if text not in opened:
            opened[text] = opened_with(make_document(text))
        return correct(opened[text], question)

    return correct_over


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("What infomration was shared?", "What information was shared?"),
        ("recomendations on qualtiy assurnace", "recommendations on quality assurance"),
        ("Which harbuor?", "Which harbour?"),
        ("Inpsectors of the harbour", "Inspectors of the harbour"),
        ("when was it viisted?", "when was it visited?"),
    ],
)
def test_a_mistyped_word_is_matched_to_the_corpus(read, typed: str, meant: str) -> None:
    assert read(typed).text == meant


def test_a_correction_says_what_was_typed_and_where(read) -> None:
    spelled = read("about qualtiy?")
    assert spelled.corrections == (Correction("qualtiy", "quality", 6, 13),)


@pytest.mark.parametrize(
    "question",
    [
        "What did inspectors recommend about the quality of information?",
        "Did a zebra visit the harbour?",  # a right word that the documents lack
        "Did the ZERA or McQualty visit?",  # abbreviations, capitals inside
        "Is the qua1ity-asurance of the hbr's fine?",  # digits, hyphens, apostrophes
        "Was the tarbour visited?",  # another first letter
        "Was the hrbr visited?",  # two edits in a short word
        "Who is Harbuor of Leith?",  # a name, but the word near it is none
        "Which xqvwzkj?",
        "",
    ],
)
def test_other_questions_stay_as_they_are(read, question: str) -> None:
    assert read(question) == Spelled(question)


def test_a_mistyped_name_is_matched_to_a_name_one_edit_away(read) -> None:
    assert read("Where does Melvile live?").text == "Where does Melville live?"
    assert read("Where does Melvilelle live?").corrections == ()


def test_a_word_that_may_mean_two_stays(read) -> None:
    assert read("the boak", "A boat and a book. The boat, the book.").corrections == ()
    assert read("the boak", "A book. " + "The boat came. " * 9).text == "the boat"


def test_two_swapped_letters_are_likelier_than_another_letter(read) -> None:
    assert read("the wrods", "Many words. " + "The woods are old. " * 3).text == "the words"


def test_an_unknown_word_of_the_corpus_counts_from_its_second_time(read) -> None:
    assert read("the crofwick", "The crofwicks pay.").corrections == ()
    once, twice = "The grelbit pays.", "The grelbit pays. A grelbit is paid."
    assert read("the grelbti", once).corrections == ()
    assert read("the grelbti", twice).text == "the grelbit"


def test_a_question_in_another_language_stays(read) -> None:
    assert read("Welche Infomration teilten Inspektroen des Hafens damals?").corrections == ()


def test_the_word_list_knows_american_and_british_words() -> None:
    assert {"colour", "color", "organisation", "zebra"} <= english_words()
    assert not {"qualtiy", "recieve"} & english_words()
