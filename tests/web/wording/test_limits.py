"""What limits a search, as chips, and the fields that ask a question in another way."""

import pytest

from qa_service.web.wording.limits import (
    as_typed,
    asked_fields,
    leading_on,
    lifted_words,
    limit_chips,
    other_ways,
    range_words,
)

REPORT = {"document_id": "report", "title": "Report on Hillside"}
SCOPE = {
    "date_from": "2023-01-01",
    "date_to": "2023-12-31",
    "collections": [],
    "documents": [REPORT],
    "words": ["2023", "Hillside"],
    "lifted": [],
}


def pairs(fields):
    return [(field["name"], field["value"]) for field in fields]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2023-01-01", "2023-12-31", "2023"),
        ("2016-01-01", "2023-12-31", "2016 to 2023"),
        ("2023-05-01", "2023-05-31", "May 2023"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2023-05-24", "2023-05-24", "24 May 2023"),
        ("2023-01-01", "2023-05-24", "1 January 2023 to 24 May 2023"),
        ("2020-01-01", None, "from 2020"),
        ("2020-03-05", None, "from 5 March 2020"),
        (None, "2019-12-31", "until 2019"),
        (None, "2019-06-15", "until 15 June 2019"),
    ],
)
def test_a_range_of_dates_is_as_short_as_it_can_be(first, last, words):
    assert range_words(first, last) == words


def test_what_the_question_named_is_shown_in_its_own_words():
    assert [chip["label"] for chip in limit_chips({"scope": SCOPE})] == ["2023", "Hillside"]


def test_a_time_that_limits_with_a_name_is_shown_with_it():
    scope = {**SCOPE, "date_from": None, "date_to": None, "words": ["Hillside", "2023"]}
    assert [chip["label"] for chip in limit_chips({"scope": scope})] == ["Hillside · 2023"]


def test_one_limit_taken_away_leaves_the_others_as_filters():
    year, _ = limit_chips({"question": "Who led it?", "scope": SCOPE})
    assert pairs(year["fields"]) == [
        ("q", "Who led it?"),
        ("scope", "false"),
        ("document", "report"),
    ]


def test_filters_of_ones_own_are_chips_as_well():
    limits = {"date_from": "2020-01-01", "collections": ["news"], "documents": [REPORT, REPORT]}
    chips = limit_chips({"question": "Why?", "asked": {"limits": limits}})
    assert [chip["label"] for chip in chips] == ["from 2020", "news", "2 documents"]
    assert ("date_from", "2020-01-01") not in pairs(chips[0]["fields"])
    assert ("collection", "news") in pairs(chips[0]["fields"])


def test_a_limit_that_was_given_up_is_said():
    assert lifted_words({"answered": True, "scope": {"lifted": ["2016"]}}).startswith(
        "Nothing found for “2016” alone"
    )
    assert lifted_words({"scope": SCOPE}) == lifted_words({}) == ""


def test_a_limit_is_not_said_to_be_given_up_where_what_is_quoted_is_of_it():
    cited = [{"title": "Inspection of Leeds", "date": "2019-05-03"}]
    answer = {"answered": True, "citations": cited, "scope": {"lifted": ["leeds", "2019"]}}
    assert lifted_words(answer) == ""
    cited.append({"title": "Inspection of Leeds", "date": "2021-05-03"})
    assert lifted_words(answer) == "Nothing found for “2019” alone, so the search went beyond."


def test_only_what_is_not_at_its_default_is_in_the_fields():
    asked = {"spelling": True, "follow_up": False, "compare": True, "earlier": ["First?"]}
    assert pairs(asked_fields(asked)) == [
        ("earlier", "First?"),
        ("follow_up", "false"),
        ("compare", "true"),
    ]


def test_a_question_is_asked_as_typed_with_all_else_as_it_was():
    answer = {"question": "And then?", "understood": {"text": "…"}, "asked": {"compare": True}}
    assert pairs(as_typed(answer)) == [
        ("q", "And then?"),
        ("follow_up", "false"),
        ("compare", "true"),
    ]


def test_a_question_is_asked_as_typed_in_all_that_was_taken_otherwise():
    answer = {"question": "Qualtiy?", "understood": {}, "corrections": [{}]}
    assert pairs(as_typed(answer)) == [("q", "Qualtiy?"), ("spelling", "false")]
    both = {**answer, "understood": {"text": "Quality?"}}
    assert ("follow_up", "false") in pairs(as_typed(both))


def test_what_there_is_instead_is_asked_by_name_or_within_its_document():
    answer = {"question": "Who led leeds?", "missing": ["Leeds"]}
    named, within = other_ways(
        {**answer, "nearest": [{"text": "Hull"}, {"text": "Report", "document": REPORT}]}
    )
    assert pairs(named["fields"]) == [("q", "Who led Hull?")]
    assert pairs(within["fields"]) == [
        ("q", "Who led leeds?"),
        ("scope", "false"),
        ("document", "report"),
    ]


def test_what_there_is_instead_is_only_named_where_it_fits_nowhere():
    answer = {"question": "Who led it?", "missing": ["Leeds"], "nearest": [{"text": "Hull"}]}
    [named] = other_ways(answer)
    assert (named["label"], named["fields"]) == ("Hull", [])


def test_a_question_that_leads_on_knows_what_was_asked():
    answer = {"question": "Second?", "asked": {"earlier": ["First?"], "compare": True}}
    assert pairs(leading_on(answer)) == [("earlier", "First?"), ("earlier", "Second?")]
