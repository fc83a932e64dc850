"""Dates a document states of itself, and those it must not be dated by."""

from __future__ import annotations

import pytest

from qa_service.reading import parse_date
from qa_service.reading.metadata.stated_dates import find_date


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Published: 24th May 2023", "2023-05-24"),
        ("Report published: 27 March 2015", "2015-03-27"),
        ("Date published – 3 Jan. 2020", "2020-01-03"),
        ("Publication date: 2021-11-30", "2021-11-30"),
        ("This guidance was published on 1 June 2018.", "2018-06-01"),
        ("Inspection dates: 17 March to 21 March 2025", "2025-03-21"),
        ("Inspection dates: 17 to 21 March 2025", "2025-03-21"),
        ("Inspection date: 20 January 2015 – 11 February 2015", "2015-02-11"),
        ("Inspection dates: 9–24 November 2017", "2017-11-24"),
        ("This inspection took place from 4 to 8 March 2024.", "2024-03-08"),
        ("Inspectors visited the area between December 2015 and February 2016.", "2016-02"),
        ("Between 21 and 25 January 2019, we carried out a joint inspection.", "2019-01-25"),
        ("Last updated on May 22, 2015", "2015-05-22"),
        ("Approved: 3 June 2022", "2022-06-03"),
        ("This policy was adopted by the committee on 4 May 2021.", "2021-05-04"),
        ("Minutes of the meeting held on Tuesday 4th May 2021 at 7 pm", "2021-05-04"),
        ("Minutes of the harbour board\n\nheld on 4 March 2023", "2023-03-04"),
        ("Approved by the board on 4 March 2023.", "2023-03-04"),
        ("A letter\n\n5 December 2016\n\nDear all", "2016-12-05"),
        ("Signed on 3 May 2021", "2021-05-03"),
        ("Signed by the mayor on 3 May 2021.", "2021-05-03"),
        ("Signed this 3rd day of May 2021", "2021-05-03"),
        ("Made at 10.32 a.m. on 3rd May 2021", "2021-05-03"),
        ("Laid before Parliament 4th May 2021\nMade - - - 3rd May 2021", "2021-05-03"),
        ("This deed is made on 3 May 2021 between the two boards.", "2021-05-03"),
        ("Date of decision: 3 May 2021", "2021-05-03"),
        ("Adopted by Full Council: 3 May 2021", "2021-05-03"),
        ("Issue date: 3 May 2021", "2021-05-03"),
        ("Version 2.1, 3 May 2021", "2021-05-03"),
        ("By Ann Lee, 3 May 2021", "2021-05-03"),
        ("MINUTES OF THE MEETING OF 3 MAY 2021", "2021-05-03"),
        ("London, 3 May 2021", "2021-05-03"),
        ("Newcastle upon Tyne\n\nDate of meeting: 3 May 2021", "2021-05-03"),
    ],
)
def test_a_document_is_dated_by_what_it_says_of_itself(said: str, expected: str) -> None:
    found = find_date(f"Harbour schools\n\n{said}\n\nThe text begins.")
    assert found is not None
    assert found.date == expected


@pytest.mark.parametrize(
    "said",
    [
        "Date of previous inspection: 3 to 7 October 2016",
        "Previous inspection dates: 3 to 7 October 2016",
        "The last inspection took place from 4 to 8 March 2014.",
        "The standards were published in March 2013 by the council.",
        "Numbers rose between March 2014 and March 2015.",
        "Next review date: 1 May 2030",
        "Review date: 1 May 2030",
        "Published: 31 February 2015",
        "It will be reviewed on 4 May 2024.",
        "This guidance should be updated on 4 May 2024.",
        "The plan approved on 3 June 2022 is no more.",
        "He was born on 3 May 1960.",
        "To be signed on 3 May 2021",
        "Signed by 3 May 2021",
        "Agreed by Friday 3 May 2021",
        "By Monday, 3 May 2021",
        "The lease signed on 3 May 2021 ends in 2031.",
        "Minutes of the meeting held on 3 May 2021 were approved",
        "Template last revised 3 May 2021",
        "Deadline, 3 May 2021",
        "Date of next meeting: 3 May 2021",
    ],
)
def test_other_dates_do_not_date_a_document(said: str) -> None:
    assert find_date(f"Harbour schools\n\n{said}") is None


def test_publication_counts_before_inspection_and_that_before_update() -> None:
    text = "Updated: 1 May 2020\nInspection dates: 3 to 7 March 2020\nPublished: 9 April 2020"
    found = find_date(text)
    assert found is not None
    assert (found.date, found.source) == (
        "2020-04-09",
        'says of itself: "Published: 9 April 2020"',
    )


def test_only_the_opening_of_a_text_dates_it() -> None:
    assert find_date("words " * 1000 + "\nPublished: 9 April 2020") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2016", "2016"),
        ("2016-02", "2016-02"),
        ("2023-05-24T10:00:00+01:00", "2023-05-24"),
        ("D:20150326123932+00'00'", "2015-03-26"),
        ("20230524", "2023-05-24"),
        ("Wed, 24 May 2023 10:00:00 GMT", "2023-05-24"),
        ("February 2016", "2016-02"),
        ("24/05/2023", "2023-05-24"),
        ("03/04/2023", "2023"),
        ("soon", None),
    ],
)
def test_a_declared_date_is_as_precise_as_it_is_certain(value: str, expected: str | None) -> None:
    assert parse_date(value) == expected


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Rules\n\nNext review\n\n3 May 2026\n\nWords.", None),
        ("Fees\n\nPayment due\n3 May 2026", None),
        ("Ann\n\nBorn\n\n3 May 1950", None),
        ("Fair\n\n9 October 2027\n\nThis is the day the fair opens.", None),
        ("Report\n\nDate of publication\n\n3 April 2019", "2019-04-03"),
        ("Note\n\n3 April 2019\nThis is the date of publication.", "2019-04-03"),
        ("Inspection report\n\n24 May 2023\n\nThe home is good.", "2023-05-24"),
        ("Concert\n\nDate: 3 May 2027\n\nVenue: Village hall", None),
        ("Minutes\n\nDate: 3 May 2021\n\nVenue: Village hall", "2021-05-03"),
        ("Letter\n\nDate: 3 May 2021\n\nTo: Ann Lee", "2021-05-03"),
        ("Ann and Rob\n\nWedding on\n\n3 May 2027", None),
    ],
)
def test_a_date_alone_is_what_the_lines_beside_it_say(text: str, date: str | None) -> None:
    found = find_date(text)
    assert (found.date if found else None) == date


@pytest.mark.parametrize(
    "label", ["Apply by", "These rules come into force on", "Save the date", "Exam day", "From"]
)
def test_a_label_above_a_day_says_what_else_it_is_of(label: str) -> None:
    assert find_date(f"Notice\n\n{label}\n3 May 2026\n\nWords.") is None


def test_a_letter_is_dated_by_its_own_line() -> None:
    found = find_date("Letter\n\nDated 3 May 2024\n\nReport by Ann Lee")
    assert found is not None
    assert found.date == "2024-05-03"


@pytest.mark.parametrize(
    ("end", "date"),
    [
        ("Signed on 3 May 2021", "2021-05-03"),
        ("Signed for the club by Ann Lee, clerk, on 3 May 2021.", "2021-05-03"),
        ("Signed: Ann Lee\n\nClerk\n\nDate: 3 May 2021", "2021-05-03"),
        ("Dated this 3rd day of May 2021", "2021-05-03"),
        ("Signed forms must reach us by 3 May 2021.", None),
        ("Next review: 3 May 2021", None),
    ],
)
def test_a_document_may_be_dated_where_it_is_signed(end: str, date: str | None) -> None:
    found = find_date(f"Rules\n\n{'Boats lie here. ' * 300}\n\n{end}")
    assert (found.date if found else None) == date
