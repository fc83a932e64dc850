"""Files, pictures of pages and boxes, as the page and programs get them."""

from dataclasses import replace
from unittest.mock import Mock

import pytest
from fake_answer_service import FakeAnswerService
from fake_documents import HARBOUR_SENTENCE

from qa_service.config import Settings
from qa_service.web import create_app
from qa_service.web.documents.picture_cache import PictureCache
from qa_service.web.serving.waiting_room import WaitingRoom


@pytest.fixture
def place(report):
    start = report.text.index(HARBOUR_SENTENCE)
    return {"start": start, "end": start + len(HARBOUR_SENTENCE)}


@pytest.fixture
def page(client, report):
    """The document's page with these members in its address."""
    return lambda **address: client.get(f"/documents/{report.id}", query_string=address).text


def changed(tmp_path):
    (tmp_path / "corpus" / "reports" / "harbour.pdf").write_bytes(b"%PDF-1.4 another")


def test_the_original_is_saved_and_never_shown(client, report, tmp_path):
    with client.get(f"/documents/{report.id}/original") as response:
        assert response.data == (tmp_path / "corpus/reports/harbour.pdf").read_bytes()
    assert response.headers["Content-Disposition"] == "attachment; filename=harbour.pdf"
    assert response.mimetype == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_page_is_a_picture_that_may_be_kept(client, report):
    address = f"/documents/{report.id}/pages/2.png?width=600&version={report.version}"
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, "image/png")
    assert "immutable" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/pages/4.png", 404),
        ("/pages/0.png", 404),
        ("/pages/1.png?width=601", 422),
        ("/pages/1.png?version=old", 404),
        ("/pages/one.png", 404),
    ],
)
def test_no_other_picture_can_be_asked_for(client, report, address, status):
    assert client.get(f"/documents/{report.id}{address}").status_code == status


def test_a_text_has_no_picture(client):
    assert client.get("/documents/hillside-2023/pages/1.png").status_code == 404


def test_a_file_that_changed_is_refused_and_the_page_says_so(client, report, page, tmp_path):
    changed(tmp_path)
    for address in ("original", "pages/1.png"):
        assert client.get(f"/documents/{report.id}/{address}").status_code == 409
    assert "The file has changed since the index was built" in page()
    assert "<img" not in page()
    assert "Download" not in page()


def test_the_page_shows_pictures_with_the_quote_boxed(page, place, report):
    shown = page(**place, version=report.version)
    assert shown.count("<img") == 3
    assert shown.count("<rect") == 1
    assert (
        shown.index('id="page-2"') < shown.index('id="quote-on-page"') < shown.index('id="page-3"')
    )


def test_pages_are_named_as_counted_and_as_printed(client, service, report):
    first, *others = report.pages
    service.add(replace(report, id="printed", pages=(replace(first, label="iv"), *others)))
    shown = client.get("/documents/printed").text
    assert "Page 1 of 3 · printed “iv”" in shown
    assert "Page 2 of 3</p>" in shown


def test_contents_lead_to_parts_and_pages(page):
    shown = page()
    for words in ("<summary>Contents</summary>", 'href="#page-2"', ">Safety</a>"):
        assert words in shown


def test_the_boxes_of_a_quote_are_shares_of_its_page(client, report, place):
    found = client.get(f"/api/documents/{report.id}/boxes", query_string=place).get_json()
    (box,) = found["boxes"]
    assert box["page"] == 2
    assert 0 < box["left"] < box["right"] < 1
    assert 0 < box["top"] < box["bottom"] < 0.2
    assert found["document_version"] == report.version


@pytest.mark.parametrize(
    ("place", "field"),
    [({}, "start"), ({"start": "x", "end": 3}, "start"), ({"start": 5, "end": 2}, "end")],
)
def test_boxes_of_no_stretch_are_an_error(client, report, place, field):
    response = client.get(f"/api/documents/{report.id}/boxes", query_string=place)
    assert (response.status_code, response.get_json()["field"]) == (422, field)


@pytest.mark.parametrize(("megabytes", "times_drawn"), [(1, 1), (0, 2)])
def test_pictures_are_kept_as_far_as_the_setting_has_room(tmp_path, megabytes, times_drawn):
    settings = Settings(index_dir=tmp_path, max_picture_megabytes=megabytes)
    app, draw = create_app(settings, FakeAnswerService()), Mock(return_value=b"a picture")
    for _ in range(2):
        assert app.extensions["pictures"].get(("v", 1, 600), draw) == b"a picture"
    assert draw.call_count == times_drawn


def test_pictures_are_drawn_once_and_the_oldest_make_way():
    cache, drawn = PictureCache(10, WaitingRoom(1, 0)), []

    def ask(number):
        return cache.get(("v", number, 600), lambda: drawn.append(number) or b"four")

    for number in (1, 2, 1, 3, 1, 2):
        assert ask(number) == b"four"
    assert drawn == [1, 2, 3, 2]
