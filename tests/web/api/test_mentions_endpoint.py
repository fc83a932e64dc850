"""GET /api/mentions and /api/facts: complete, by pages and as a table."""

import csv

import pytest
from fake_answer_service import FakeAnswerService

from qa_service.contract.mentions import mentions_table


def test_places_are_grouped_by_document_with_citations(client):
    found = client.get("/api/mentions?q=governors").get_json()
    assert found["total_places"] == sum(document["count"] for document in found["documents"])
    assert found["total_documents"] == len(found["documents"])
    for document in found["documents"]:
        for citation in document["citations"]:
            assert citation["document_id"] == document["document_id"]
            text = client.get(f"/api/documents/{document['document_id']}").get_json()["text"]
            assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_cursor_leads_to_the_places_that_are_left(client):
    whole = client.get("/api/mentions?q=the").get_json()
    cursor, numbers = None, []
    for _ in range(whole["total_places"]):
        asked = {"q": "the", "limit": 1, **({"cursor": cursor} if cursor else {})}
        page = client.get("/api/mentions", query_string=asked).get_json()
        numbers += [c["number"] for held in page["documents"] for c in held["citations"]]
        cursor = page["cursor"]
    assert cursor is None
    assert numbers == list(range(1, whole["total_places"] + 1))


def test_a_table_holds_a_line_for_each_place(client):
    response = client.get("/api/mentions?q=the&format=csv")
    rows = list(csv.DictReader(response.get_data(as_text=True).splitlines()))
    total = client.get("/api/mentions?q=the").get_json()["total_places"]
    assert (response.mimetype, len(rows)) == ("text/csv", total)
    assert all(row["permalink"].startswith("/documents/") for row in rows)


def test_a_cell_of_a_table_is_never_a_formula():
    service = FakeAnswerService()
    found = service.mentions("the")
    titled = found.citations[0].document
    object.__setattr__(titled, "title", "=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in mentions_table(found)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("q=%20", "q"),
        ("q=a&limit=0", "limit"),
        ("q=a&limit=1001", "limit"),
        ("q=a&format=pdf", "format"),
        ("q=a&cursor=soon", "cursor"),
    ],
)
def test_a_member_out_of_range_is_named(client, query, field):
    response = client.get(f"/api/mentions?{query}")
    assert (response.status_code, response.get_json()["field"]) == (422, field)


def test_facts_come_with_their_citations(client):
    found = client.get("/api/facts?label=governors&limit=1").get_json()
    (fact,) = found["facts"]
    assert (fact["label"], fact["citation"]["quote"]) == ("governors", fact["value"])
    assert found["total"] >= 1


def test_facts_may_be_a_table(client):
    response = client.get("/api/facts?label=governors&format=csv")
    rows = list(csv.DictReader(response.get_data(as_text=True).splitlines()))
    assert len(rows) == client.get("/api/facts?label=governors").get_json()["total"]


@pytest.mark.parametrize(("query", "field"), [("", "label"), ("label=a&cursor=soon", "cursor")])
def test_a_member_of_facts_out_of_range_is_named(client, query, field):
    response = client.get(f"/api/facts?{query}")
    assert (response.status_code, response.get_json()["field"]) == (422, field)
