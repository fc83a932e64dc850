"""A report that is titled by a year is of that year, whenever it was signed."""

from __future__ import annotations

import pytest
from fakes import make_document

from qa_service.nouns.questions import Question


@pytest.mark.parametrize("year", ["2021", "2022"])
def test_a_year_in_a_title_comes_before_that_of_the_signing(service_with, year: str) -> None:
    service = service_with(
        *(
            make_document(
                f"The river Isen was restocked with {fish}.",
                name,
                title=f"River Isen: report {name}",
                date=signed,
            )
            for name, signed, fish in (
                ("2021", "2022-02", "trout"),
                ("2022", "2023-02", "grayling"),
            )
        ),
        make_document("Boats are let by the hour.", "boats", title="Boats"),
        minimum_confidence=0.1,
    )
    answer = service.ask(Question(f"What was the river Isen restocked with in {year}?"))
    assert [citation.document.id for citation in answer.citations] == [year]
