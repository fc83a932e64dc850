"""The page of all documents: looked for, narrowed by facets, put in order."""

import re
from dataclasses import replace

import pytest
from fake_documents import attendance_policy, inspection_report, summary_of
from werkzeug.datastructures import MultiDict

from qa_service.errors import InputError
from qa_service.indexing.lookup.short_titles import short_titles
from qa_service.nouns.documents import Document
from qa_service.web.documents import listing as module
from qa_service.web.documents.listing import listing
from qa_service.web.wording.display import date_meaning

REPORT, POLICY = summary_of(inspection_report()), summary_of(attendance_policy())
DOCUMENTS = (
    REPORT,
    replace(REPORT, id="older", date="2016-03-01", title="Seaside School: inspection", pages=9),
    replace(POLICY, collection="policies"),
    replace(POLICY, id="undated", date=None, title="Bus routes"),
)
PLACES = {REPORT.id: "Hillside", "older": "Seaside"}


def listed(**fields):
    return listing(DOCUMENTS, PLACES, short_titles(DOCUMENTS), MultiDict(fields))


def ids(**fields):
    return [document.id for document in listed(**fields).rows]


def choices(facet, **fields):
    return [(item.value, item.count) for item in listed(**fields).facets[facet]]


def test_words_of_title_file_and_date_are_looked_for_together():
    assert ids(find="INSPECTION hillside") == [REPORT.id, "older"]
    assert ids(find="inspection 2016") == ["older"]


def test_facets_narrow_and_join():
    assert ids(year=["2016"]) == [POLICY.id, "older"]
    assert ids(year=["2016", "2023"], place="Seaside") == ["older"]
    assert ids(collection="policies") == [POLICY.id]


def test_a_facet_counts_what_the_others_leave():
    assert choices("year") == [("2023", 1), ("2016", 2), ("unknown", 1)]
    assert choices("year", place="Seaside") == [("2016", 1)]
    assert choices("place", place="Seaside") == [("Hillside", 1), ("Seaside", 1), ("unknown", 2)]


def test_a_facet_in_which_all_are_alike_is_not_offered():
    alike = listing(DOCUMENTS[:1], PLACES, {}, MultiDict())
    assert alike.facets == {}


@pytest.mark.parametrize(
    ("sort", "first"),
    [("title", POLICY.id), ("newest", REPORT.id), ("oldest", POLICY.id), ("pages", "older")],
)
def test_the_order_is_chosen(sort, first):
    assert ids(sort=sort)[0] == first


def test_an_order_or_a_page_that_is_none_is_passed_over():
    assert (listed(sort="sideways").sort, len(ids(page="last"))) == ("title", 4)


def test_many_documents_are_shown_a_page_at_a_time(monkeypatch):
    monkeypatch.setattr(module, "ROWS_OF_A_PAGE", 3)
    assert (len(ids()), ids(page="1")) == (3, ["older"])
    assert listed(find="").next_page == "find=&page=1"
    assert listed(page="1").next_page == ""


@pytest.mark.parametrize(
    ("source", "meaning"),
    [
        ('says of itself: "Report published: 19 November 2014"', "Report published"),
        ('says of itself: "Minutes of the meeting held on Tuesday 8 April 2025"', ""),
        ("metadata.csv", ""),
    ],
)
def test_a_date_is_told_with_what_the_document_calls_it(source, meaning):
    assert date_meaning({"date_source": source}) == meaning


def test_a_facet_without_a_choice_is_not_shown(client):
    assert 'class="facet"' in client.get("/documents").text
    assert 'class="facet"' not in client.get("/documents?find=zebra").text


def test_the_page_shows_what_was_found_with_facets_and_a_way_back(client):
    page = client.get("/documents", query_string={"find": "hillside", "year": "2023"}).text
    assert "1 of 3 documents" in page
    assert re.search(r'name="year" value="2023" checked', page)
    assert "Attendance policy" not in page


def test_a_year_is_a_filter_that_stands_for_its_days(client, service):
    client.get("/", query_string={"q": "What did inspectors recommend?", "year": "2023"})
    filters = service.questions[-1].filters
    assert (filters.date_from, filters.date_to) == ("2023-01-01", "2023-12-31")


def test_a_year_that_is_none_limits_nothing(client, service):
    client.get("/", query_string={"q": "What did inspectors recommend?", "year": "lately"})
    assert service.questions[-1].filters.date_from is None


def test_nothing_found_says_what_to_do(client):
    assert "Take a word or a tick away" in client.get("/documents?find=zebra").text


def test_more_words_than_anybody_types_are_not_looked_for():
    with pytest.raises(InputError, match="find"):
        listed(find="a " * 101)


def test_titles_are_short_with_their_year_and_whole_for_who_asks_or_listens(client, service):
    for town in ("Ashby", "Carrow", "Dunmere"):
        title = f"{town}: Survey of the harbours and quays of the county"
        service.add(Document(town, town[0] * 64, title, f"{town}.md", "2021", "Boats."))
    row = client.get("/documents").text.split('title="Carrow: Survey')[1].split("</th>")[0]
    assert "Carrow, 2021<" in row
    assert ": Carrow: Survey of the harbours and quays of the county</span></a>" in row
    assert ">Survey of the harbours and quays of the county</span>" in row


def test_a_title_of_another_build_than_its_documents_is_shown_whole():
    assert listing(DOCUMENTS[:1], {}, {}, MultiDict()).titles[REPORT.id].text == REPORT.title
