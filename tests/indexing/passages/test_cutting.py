"""Passages: exact, gap-free, of a size, and true to headings, sentences and pages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from fakes import FakeEmbedder, make_document
from made_texts import prose, random_document, uncovered

from qa_service.indexing.passages.cutting import (
    CONTEXT_TOKENS,
    MAXIMUM_WORDS,
    MINIMUM_WORDS,
    search_context,
    search_text,
    split_document,
)
from qa_service.indexing.passages.sentences import sentence_spans
from qa_service.nouns.documents import Document, Passage


def split(document: Document, max_tokens: int = 256) -> list[Passage]:
    return split_document(document, FakeEmbedder().count_tokens, max_tokens)


def sections(*parts: tuple[int, str, str], title: str = "") -> Document:
    """A document of sections: level of the heading, the heading, what stands below it."""
    text = "\n\n".join(f"{heading}\n\n{body}" for _, heading, body in parts)
    return make_document(text, title=title, headings=[(part[0], part[1]) for part in parts])


@pytest.mark.parametrize("seed", range(150))
def test_passages_of_any_document_are_exact_and_leave_nothing_out(seed: int) -> None:
    document = random_document(seed)
    passages = split(document, max_tokens=(96, 256)[seed % 2])
    spans = [(passage.start, passage.end) for passage in passages]
    assert [document.text[start:end] for start, end in spans] == [p.text for p in passages]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert uncovered(document.text, spans) == ""


@pytest.mark.parametrize("seed", range(50))
def test_sentences_of_a_passage_stand_inside_it_in_order(seed: int) -> None:
    for passage in split(random_document(seed)):
        places = [place for sentence in passage.sentences for place in sentence]
        assert places
        assert places == sorted(places)
        assert passage.start <= places[0]
        assert places[-1] <= passage.end


def test_rows_count_from_zero_and_ids_are_unique() -> None:
    passages = split(make_document(prose(2000)))
    assert [passage.row for passage in passages] == list(range(len(passages)))
    assert len({passage.id for passage in passages}) == len(passages)


@pytest.mark.parametrize("words", [300, 1000, 5000])
def test_long_prose_becomes_passages_of_a_size(words: int) -> None:
    lengths = [len(passage.text.split()) for passage in split(make_document(prose(words)))]
    assert max(lengths) <= MAXIMUM_WORDS
    assert min(lengths) >= 100


def test_a_passage_and_its_context_fit_into_the_model() -> None:
    passages = split(make_document(prose(1000)), max_tokens=100)
    assert max(len(passage.text.split()) for passage in passages) <= 100 - CONTEXT_TOKENS


@pytest.mark.parametrize("seed", range(20))
def test_no_sentence_is_cut(seed: int) -> None:
    document = make_document(prose(900, seed))
    kept = [sentence for passage in split(document) for sentence in passage.sentences]
    assert kept == sentence_spans(document.text)


def test_a_sentence_longer_than_the_model_reads_is_cut_between_words() -> None:
    text = "word " * 299 + "end."
    passages = split(make_document(text), max_tokens=100)
    assert " ".join(passage.text for passage in passages) == text
    assert max(len(passage.text.split()) for passage in passages) <= 100 - CONTEXT_TOKENS


def test_a_word_longer_than_the_model_reads_is_cut_too() -> None:
    text = "x" * 500
    passages = split_document(make_document(text), lambda texts: [len(t) for t in texts], 100)
    assert "".join(passage.text for passage in passages) == text
    assert max(len(passage.text) for passage in passages) <= 100 - CONTEXT_TOKENS


def test_a_heading_begins_a_passage() -> None:
    document = sections((1, "Aims", prose(60)), (1, "Methods", prose(60, 1)))
    assert [passage.text.split("\n")[0] for passage in split(document)] == ["Aims", "Methods"]


def test_a_section_too_short_to_stand_alone_takes_the_next_one_in() -> None:
    document = sections((1, "Aims", prose(MINIMUM_WORDS - 20)), (1, "Methods", prose(60, 1)))
    assert len(split(document)) == 1


def test_a_heading_is_searched_but_not_quoted() -> None:
    document = sections((1, "Aims", "Children come first. Families too."))
    (passage,) = split(document)
    quotable = [document.text[start:end] for start, end in passage.sentences]
    assert passage.text.startswith("Aims")
    assert quotable == ["Children come first.", "Families too."]


@pytest.mark.parametrize(
    "heading",
    [
        "The mill is open to all",
        "The care of the ovens: good",
        "Boats must carry a lamp",
        "We will mend the quay",
        "Smoking is forbidden",
        "3. Music stops at 11 pm",
        "The hall holds 120 people",
        "Deposit: £40",
        "Opening hours: 9 am to 5 pm",
        "No refunds after sailing",
        "The care of children who need help and protection is good",
    ],
)
def test_a_heading_that_says_something_is_quoted_too(heading: str) -> None:
    document = sections((1, heading, "Children come first."))
    (passage,) = split(document)
    quotable = [document.text[start:end] for start, end in passage.sentences]
    assert quotable == [heading, "Children come first."]


@pytest.mark.parametrize(
    "heading",
    [
        "What you must do",
        "Things you must bring",
        "Boats that may be hired",
        "Monday 4 May 2020",
        "Who can hire a boat?",
        "Oil can",
        "5. What was done at once",
        "How the decision was made",
        "If you are not happy",
        "Staff costs in 2022",
        "Schedule 1: Appliances",
        "No. 5 Quay Street",
    ],
)
def test_a_heading_that_names_its_subject_is_no_sentence(heading: str) -> None:
    document = sections((1, heading, "Children come first."))
    (passage,) = split(document)
    quotable = [document.text[start:end] for start, end in passage.sentences]
    assert quotable == ["Children come first."]


def test_a_passage_that_is_nothing_but_a_heading_can_be_quoted() -> None:
    (passage,) = split(make_document("Aims", headings=[(1, "Aims")]))
    assert passage.sentences == ((0, 4),)


def test_a_passage_knows_the_headings_above_it_but_not_the_title() -> None:
    document = sections(
        (1, "Annual report", prose(60)),
        (2, "Schools", prose(60, 1)),
        (3, "Harbour", prose(60, 2)),
        (2, "Libraries", prose(60, 3)),
        title="Annual report",
    )
    assert [passage.heading_path for passage in split(document)] == [
        (),
        ("Schools",),
        ("Schools", "Harbour"),
        ("Libraries",),
    ]


def test_a_passage_over_two_headings_has_only_what_stands_above_both() -> None:
    document = sections(
        (1, "Schools", prose(45)), (2, "Harbour", "It is good."), (2, "Hill", "It is fair.")
    )
    assert [passage.heading_path for passage in split(document)] == [("Schools",), ("Schools",)]


def test_list_items_are_kept_whole() -> None:
    items = [f"• {prose(20, seed)}" for seed in range(20)]
    passages = split(make_document("\n".join(items)))
    assert [line for passage in passages for line in passage.text.split("\n")] == items
    assert len(passages) > 1


def test_a_passage_is_cut_between_paragraphs_rather_than_inside_one() -> None:
    paragraphs = [prose(110, seed) for seed in range(4)]
    passages = split(make_document("\n\n".join(paragraphs)))
    assert [passage.text for passage in passages] == paragraphs


def test_ids_stay_while_the_text_before_is_unchanged() -> None:
    start = "\n\n".join(prose(130, seed) for seed in range(3))
    before = split(make_document(f"{start}\n\n{prose(130, 8)}"))
    after = split(make_document(f"{start}\n\n{prose(130, 9)}"))
    assert [p.id for p in before[:3]] == [p.id for p in after[:3]]
    assert before[3].id != after[3].id


def test_the_same_words_elsewhere_are_another_passage() -> None:
    one, other = prose(130), prose(130, 1)
    (first, _), (_, second) = (
        split(make_document("\n\n".join(order))) for order in ([one, other], [other, one])
    )
    assert first.text == second.text
    assert first.id != second.id


def test_a_passage_has_the_page_it_begins_on() -> None:
    paragraphs = [prose(130, seed) for seed in range(3)]
    lengths = [len(paragraph) + 2 for paragraph in paragraphs]
    text = "\n\n".join(paragraphs)
    assert [p.page for p in split(make_document(text, page_lengths=lengths))] == [1, 2, 3]
    assert [p.page for p in split(make_document(text))] == [None, None, None]


def test_the_context_is_title_with_date_and_the_two_nearest_headings() -> None:
    document = make_document("Text.", title="Borders report", date="2016-02-10")
    context = search_context(document, ("Part one", "Schools", "Harbour"))
    assert context == "Borders report, 10 February 2016\nSchools\nHarbour\n"


def test_the_context_is_bounded() -> None:
    document = make_document("Text.", title="long " * 30)
    assert len(search_context(document, ("very " * 30,)).split()) == 24


def test_the_context_is_searched_and_not_quoted() -> None:
    document = make_document("It is good.", title="Borders report", date="2016")
    (passage,) = split(document)
    assert search_text(document, passage) == "Borders report, 2016\nIt is good."
    assert passage.text == "It is good."


@pytest.mark.parametrize("text", ["", " \n "])
def test_a_document_without_text_has_no_passages(text: str) -> None:
    assert split(make_document(text)) == []


def test_a_run_of_letters_without_a_blank_is_cut_though_a_tokenizer_sees_one_word() -> None:
    document = make_document("x" * 50_000)
    passages = split_document(document, lambda texts: [1] * len(texts), 256)
    assert max(len(passage.text) for passage in passages) < 6_000
    assert "".join(passage.text for passage in passages) == document.text
