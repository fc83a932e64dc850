"""A matrix: cells are answers of one document alone, its table and its files cite each of them."""

import csv
import json
import re
from io import BytesIO, StringIO

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from fake_answer_service import QUESTION

from qa_service.web.export.sent_quotes import NOT_THERE

HILLSIDE = {"document_id": "hillside-2023", "title": "Hillside", "date": "2023-05-24"}
POLICY = {"document_id": "policies/attendance", "title": "=Attendance", "date": None}


@pytest.fixture
def cell(client):
    """One cell, asked of the service."""

    def asked(question=QUESTION, document="hillside-2023", row=0, column=0):
        form = {"q": question, "document": document, "row": row, "column": column}
        return client.post("/matrix/cell", data=form)

    return asked


@pytest.fixture
def matrix(cell):
    """Two documents and two questions, of which one cell is quoted and one is not found."""
    cells = [kept(cell()), kept(cell("zebra migration?", column=1))]
    return {"questions": [QUESTION, "zebra?"], "documents": [HILLSIDE, POLICY], "cells": cells}


def kept(response):
    return json.loads(re.search(r'class="kept">(.*?)</script>', response.text, re.DOTALL)[1])


def test_a_cell_is_asked_of_its_document_alone(cell, service):
    page = cell().text
    (asked,) = service.questions
    assert (asked.text, asked.filters.document_ids) == (QUESTION, ("hillside-2023",))
    assert 'href="/documents/hillside-2023?start=' in page


def test_the_quote_of_a_cell_is_the_text_at_its_offsets(cell, client):
    found = kept(cell())["found"]
    text = client.get("/api/documents/hillside-2023").get_json()["text"]
    assert text[found["start"] : found["end"]] == found["quote"]


def test_a_document_that_says_nothing_is_not_found(cell):
    response = cell("zebra migration?")
    assert kept(response)["found"] is None
    assert "Not found" in response.text


def test_a_document_that_is_not_there_is_told(cell):
    assert cell(document="nowhere").status_code == 404


def test_a_kept_matrix_is_shown_again_with_what_is_still_to_ask(client, matrix):
    page = client.post("/matrix/table", json=matrix).text
    assert page.count("<blockquote") == 1
    assert page.count("Not found") == 1
    pending = re.findall(r'class="pending" data-row="(\d)" data-column="(\d)"', page)
    assert pending == [("1", "0"), ("1", "1")]


@pytest.mark.parametrize(
    "change",
    [
        {"questions": []},
        {"questions": ["a"] * 21},
        {"documents": []},
        {"cells": [{"question": 5, "document": 0, "found": None}]},
        {"cells": [{"question": 0, "document": 0, "found": {"quote": "x"}}]},
    ],
)
def test_what_is_no_matrix_is_refused(client, matrix, change):
    assert client.post("/matrix/table", json={**matrix, **change}).status_code == 422


def test_another_site_cannot_ask(client, matrix):
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/matrix/table", json=matrix, headers=headers).status_code == 403


def test_every_cell_of_the_table_file_has_its_address(client, matrix):
    response = client.post("/matrix/file?format=csv", json=matrix)
    text = StringIO(response.get_data().decode("utf-8-sig"), newline="")
    head, *rows = csv.reader(text)
    assert head == ["document", "date", QUESTION, "place", "address", "zebra?", "place", "address"]
    assert rows[0][2] == matrix["cells"][0]["found"]["quote"]
    assert "/documents/hillside-2023?start=" in rows[0][4]
    assert rows[0][5] == "Not found"
    assert rows[1][:3] == ["'=Attendance", "", "Not asked"]


def test_the_word_file_is_a_table_in_landscape_whose_quotes_are_links(client, matrix):
    response = client.post("/matrix/file?format=docx", json=matrix)
    document = Document(BytesIO(response.get_data()))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Document", QUESTION, "zebra?"]
    assert matrix["cells"][0]["found"]["quote"] in table.rows[1].cells[1].text
    links = [rel.target_ref for rel in document.part.rels.values() if "hyperlink" in rel.reltype]
    assert [link for link in links if "/documents/hillside-2023?start=" in link]


def test_the_page_file_shows_every_cell_and_loads_nothing(client, matrix):
    page = client.post("/matrix/file?format=html", json=matrix).text
    assert (page.count("Not found"), page.count("Not asked")) == (1, 2)
    assert "http://localhost/documents/hillside-2023?start=" in page
    assert not re.search(r"<(script|link|img)", page)


@pytest.mark.parametrize("form", ["csv", "html", "docx"])
def test_words_that_the_document_does_not_hold_are_marked_in_every_file(client, matrix, form):
    assert "Not verified" not in said_in(
        form, client.post(f"/matrix/file?format={form}", json=matrix)
    )
    matrix["cells"][0]["found"]["quote"] = "Made up."
    said = said_in(form, client.post(f"/matrix/file?format={form}", json=matrix))
    assert f"Not verified. {NOT_THERE}" in said


@pytest.mark.parametrize("form", ["csv", "html", "docx"])
def test_every_file_says_of_a_doubtful_quote_what_the_page_says(client, matrix, form):
    matrix["cells"][0]["found"]["confidence"] = 0.4
    said = said_in(form, client.post(f"/matrix/file?format={form}", json=matrix))
    assert "Perhaps the answer" in said
    matrix["cells"][0]["found"]["confidence"] = 0.9
    said = said_in(form, client.post(f"/matrix/file?format={form}", json=matrix))
    assert "Perhaps the answer" not in said


def said_in(form, response):
    if form != "docx":
        return response.text
    (table,) = Document(BytesIO(response.get_data())).tables
    return "".join(table._tbl.itertext())


def test_the_page_lists_the_documents_to_choose_from(client):
    page = client.get("/matrix").text
    assert 'value="hillside-2023"' in page
    assert "20 at most" in page
