"""A document is of every date that it bears, and a question of now rather means the newest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import make_document
from no_names import NO_NAMES

from qa_service.answering.collection_names import NamesOfBuild
from qa_service.answering.scope.document_dates import bearing_date, newest_dates
from qa_service.nouns.documents import Document, Fact
from qa_service.understanding.parsing import parse
from qa_service.understanding.times import named_periods

LINES = ("Visited: 3 May 2017", "Date of previous visit: 9 June 2014")
DATES = ("2017-05-03", "2014-06-09")


def mill(name: str, date: str, *, source: str = "", lines: tuple[str, ...] = ()) -> Document:
    text = "\n\n".join([*lines, f"The mill of {name} grinds oats, as mills do."])
    facts = tuple(
        Fact(*line.split(": "), text.index(line), text.index(line) + len(line), 0, 1, date=dated)
        for line, dated in zip(lines, DATES, strict=False)
    )
    document = make_document(text, name, title=f"Inspection of {name}", date=date)
    return replace(document, facts=facts, source=source or document.source)


@pytest.fixture
def opened(opened_with):
    return opened_with(
        mill("stated", "2018-01-04", lines=LINES),
        mill("named", "2015-12-01", source="mill_2016-01-08.pdf"),
        mill("neither", "2012"),
    )


@pytest.mark.parametrize(
    ("period", "of_it"),
    [
        ("in 2018", ["stated"]),
        ("in 2017", ["stated"]),
        ("in January 2016", ["named"]),
        ("in 2015", ["named"]),
        ("in 2014", []),
        ("in 2012", ["neither"]),
    ],
)
def test_a_document_is_of_its_date_its_name_and_its_first_facts(opened, period, of_it) -> None:
    found = bearing_date(opened, opened.catalogue, named_periods(period, NO_NAMES)[0])
    assert [document.id for document in found] == of_it


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("what is the mill like?", ("2020", "2020-03")),
        ("what does the survey say of the mill?", ("2019", "2019-05")),
    ],
)
def test_the_newest_is_one_of_the_kind_that_is_named(opened_with, text, dates) -> None:
    documents = [
        make_document("Oats are ground.", "i", title="Inspection of a mill", date="2020-03-01"),
        make_document("Oats are ground.", "s", title="Survey of a mill", date="2019-05-01"),
    ]
    opened = opened_with(*documents)
    parsed = parse(text, (), NamesOfBuild(opened))
    assert newest_dates(opened, parsed, opened.catalogue) == dates
