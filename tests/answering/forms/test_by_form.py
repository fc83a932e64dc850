"""Parts asked for by number, terms by their meaning, and what nobody counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import make_document

from qa_service.nouns.questions import Question
from qa_service.reading.files import read_document

LEASE = """# Lease of flats at Brook Court

## 1 Rent

The rent is paid each month to the agent.

### 1.1 Late rent

Who pays late owes two pounds a day.

## 2 Repairs

Tenants mend what they break.

# Definitions

## Service charge

The yearly cost of cleaning and lighting, shared by all tenants.

## Common parts

The hall, the stairs and the garden.

# Moving in

1. Fetch the key from the agent.
2. Read the meters.
3. Sign the list of things.

# Words of the club

| Term | Meaning |
|---|---|
| Cox | The member who steers the boat. |
| Guest | Somebody who rows twice a year. |

Annual fee – the sum that each member pays before April.
"""
TALLY = "School,Pupils\nAshdown,60\nBirkett,73\n"
VISITS = (
    "# Branches\n\n## Visits in 2021\n\nThere were 4100 visits to the branches.\n\n"
    "## Visits in 2022\n\nThere were 5300 visits to the branches.\n"
)


@pytest.fixture
def ask(service_with, tmp_path: Path):
    def asking(text: str, **settings: object):
        files = {"lease.md": LEASE, "tally.csv": TALLY, "visits.md": VISITS}
        for name, content in files.items():
            (tmp_path / name).write_text(content)
        documents = [read_document(tmp_path / name, tmp_path, 10**6) for name in files]
        return service_with(*documents, **settings).ask(Question(text))

    return asking


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What does section 1.1 say?", "1.1 Late rent\n\nWho pays late owes two pounds a day."),
        ("What does clause 2 of the lease say?", "2 Repairs\n\nTenants mend what they break."),
        ("What is step 3?", "3. Sign the list of things."),
    ],
)
def test_a_part_is_quoted_by_its_number_with_all_that_belongs_to_it(ask, question, quote) -> None:
    assert [citation.quote for citation in ask(question).citations] == [quote]


def test_a_part_holds_the_parts_within_it_and_no_other(ask) -> None:
    (citation,) = ask("What does section 1 say?").citations
    assert citation.quote.endswith("two pounds a day.")


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        ("What did they say about fresh flour in Millford?", ["All of us want fresh flour."]),
        ("What did they say about old flour in Millford?", []),
    ],
)
def test_what_is_said_of_a_topic_names_it(service_with, question, quotes) -> None:
    said = "All of us want fresh flour. The old mill grinds it, and we sell the bread."
    documents = [
        make_document(said, town, title=f"Bakery of {town}") for town in ("Millford", "Stowe")
    ]
    answer = service_with(*documents, minimum_confidence=0.4).ask(Question(question))
    assert [citation.quote for citation in answer.citations] == quotes


def test_a_number_that_no_part_has_leads_nowhere(ask) -> None:
    assert not ask("What does section 7.4 say?", minimum_confidence=0.9).answered


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        (
            "What does service charge mean?",
            "Service charge\n\nThe yearly cost of cleaning and lighting, shared by all tenants.",
        ),
        ("Define common parts", "Common parts\n\nThe hall, the stairs and the garden."),
        ("What is meant by cox?", "Term: Cox; Meaning: The member who steers the boat."),
        (
            "What is the annual fee?",
            "Annual fee – the sum that each member pays before April.",
        ),
    ],
)
def test_a_meaning_is_quoted_with_its_term(ask, question: str, quote: str) -> None:
    answer = ask(question, minimum_confidence=0.9)
    assert [citation.quote for citation in answer.citations] == [quote]


@pytest.mark.parametrize("question", ["What does rent mean?", "What is the key?"])
def test_a_word_that_is_only_used_has_no_meaning_to_quote(ask, question: str) -> None:
    assert not ask(question, minimum_confidence=0.9).answered


@pytest.mark.parametrize(
    "question", ["Which school has the most pupils?", "How many times is the garden mentioned?"]
)
def test_where_counting_would_answer_the_reply_says_that_nothing_is_counted(ask, question) -> None:
    answer = ask(question, minimum_confidence=0.99)
    assert not answer.answered
    assert "nothing is counted" in answer.hint


def test_a_thing_that_documents_are_called_after_is_looked_for_in_the_text(ask) -> None:
    answer = ask("How many visits were there in 2022?", minimum_confidence=0.0)
    assert answer.kind == "quotes"
    assert answer.citations[0].quote == (
        "Visits in 2022\n\nThere were 5300 visits to the branches."
    )


def test_the_names_of_columns_are_no_meaning(ask) -> None:
    quotes = [citation.quote for citation in ask("What does term mean?").citations]
    assert "Term | Meaning" not in quotes
