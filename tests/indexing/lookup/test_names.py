"""Names of places and bodies lead to the documents that bear them."""

from __future__ import annotations

import pytest
from fakes import make_document


def place(name: str, document_id: str, title: str = "Inspection of {}", **members: object):
    text = f"We went to {name} and saw {name}, where {name} is. " * 3
    return make_document(text, document_id, title=title.format(name), **members)


@pytest.fixture
def names(opened_with):
    return opened_with(
        place("Lincolnshire", "l"),
        place("North Lincolnshire", "n"),
        place("Kingston upon Hull", "h1"),
        place("Hull", "h2", title="Review of {}"),
        place("Bury", "b", title="{} in 2023"),
        make_document("All of Scotland is here.", "s1", title="Glossary of Scotland"),
        make_document("In Scotland, as Scotland is.", "s2"),
        make_document("In Scotland, too, is Scotland.", "s3"),
        make_document("Or in Scotland we say.", "s4"),
    ).names


def ids(names, text: str) -> list[list[str]]:
    return [sorted(item.document_ids) for item in names.named_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What about Lincolnshire?", [["l"]]),
        ("What about North Lincolnshire?", [["n"]]),
        ("What about Hull?", [["h1", "h2"]]),
        ("what about hull", [["h1", "h2"]]),
        ("What was found in Bury?", [["b"]]),
        ("Where did they bury him?", []),
        ("What about Lincolnshire and Bury?", [["l"], ["b"]]),
    ],
)
def test_a_name_leads_to_the_documents_that_bear_it(names, text, found) -> None:
    assert ids(names, text) == found


def test_the_stretch_of_the_question_is_told(names) -> None:
    (found,) = names.named_in("Who led the Kingston Upon Hull review?")
    assert found.words == "Kingston Upon Hull"


def test_what_most_documents_speak_of_names_none(names) -> None:
    assert ids(names, "Who inspects in Scotland?") == []


def test_a_keyword_and_a_file_name_are_names_too(opened_with) -> None:
    names = opened_with(
        place("Rochdale", "r", title="A report", metadata={"keywords": "care, Rochdale"}),
        place("Trafford", "trafford_2019", title="A report"),
        make_document("Nothing here.", "other"),
        make_document("Nothing there.", "another"),
    ).names
    assert ids(names, "Rochdale or Trafford?") == [["r"], ["trafford_2019"]]
