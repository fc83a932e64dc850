"""The lists of a document that stand under a heading."""

from __future__ import annotations

from qa_service.indexing.lookup.lists import HeadedList, headed_lists
from qa_service.nouns.documents import Block
from qa_service.stems import stem_set

ITEMS = [("list_item", "Fresh flour each morning."), ("list_item", "A second oven for rye.")]
PROSE = ("paragraph", "The bakery opened in spring and sells bread and cake to all of the town.")


def lists_of(*parts: tuple[str, str]) -> tuple[str, tuple[HeadedList, ...]]:
    """The text of a document of these blocks, and its lists."""
    text, blocks = "", []
    for kind, said in parts:
        blocks.append(Block(kind, len(text), len(text) + len(said)))
        text += f"{said}\n\n"
    return text, headed_lists(text, blocks)


def test_a_list_goes_from_its_heading_to_the_next() -> None:
    text, (found,) = lists_of(PROSE, ("heading", "The risks"), *ITEMS, ("heading", "Shop"), PROSE)
    assert text[found.start : found.end] == "The risks\n\n" + "\n\n".join(said for _, said in ITEMS)
    assert text[found.first :].startswith("Fresh flour")
    assert (found.heading, found.mostly) == ("The risks", True)


def test_one_item_is_no_list_and_a_sentence_no_heading() -> None:
    assert lists_of(("heading", "The risks"), ITEMS[0])[1] == ()
    assert (
        lists_of(("heading", "All that the owners want to do next year or later"), *ITEMS)[1] == ()
    )


def test_a_heading_with_a_colon_opens_the_lists_whose_headings_follow_it() -> None:
    opening, below = ("heading", "It is poor because:"), ("heading", "Ovens")
    text, found = lists_of(opening, below, *ITEMS, ("heading", "Flour"), *ITEMS, below, PROSE)
    assert [each.heading for each in found] == ["It is poor because:", "Ovens", "Flour"]
    assert text[found[0].start : found[0].end].count("Fresh flour") == 2
    assert [each.heading for each in lists_of(("heading", "Shop"), below, *ITEMS)[1]] == ["Ovens"]


def test_among_prose_it_is_asked_for_by_its_whole_name_alone() -> None:
    _, (found,) = lists_of(("heading", "Ovens and flour"), PROSE, *ITEMS, PROSE)
    assert not found.mostly
    assert found.may_be_named(stem_set("Which ovens and what flour?"))
    assert not found.may_be_named(stem_set("Which ovens?"))
